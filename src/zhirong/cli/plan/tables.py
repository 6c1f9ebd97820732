"""What `zhirong plan` prints: short tables of the results, amounts in 10,000 or million CNY."""

from collections.abc import Iterator, Sequence

from zhirong.application.plans.cover import Cover
from zhirong.application.plans.loss_results import LossResults
from zhirong.application.plans.records import PlanInputs
from zhirong.application.plans.scenario_run import ScenarioRun
from zhirong.application.plans.structure import Structure
from zhirong.cli.plain_table import table_lines
from zhirong.core.messages import Catalog, Fact, Language, Message
from zhirong.securitization.plan.records import Plan
from zhirong.securitization.pool.rules import Standing

_FEN = 100


class Speaker:
    """Words and numbers in one language."""

    def __init__(self, words: Catalog, lang: Language) -> None:
        self.words, self.lang = words, lang

    def say(self, code: str, **facts: Fact) -> str:
        """The words of a code of the plan commands."""
        return self.words.text(Message(f"cli.plan.{code}", facts), self.lang)

    def label(self, plan: Plan, key: str) -> str:
        """What people call a part of the plan; a plan file names its parts in one language."""
        named = plan.label(key)
        if self.lang == "zh" or named.isascii():
            return named
        code = f"plan.word.{key}"
        return self.words.label(code, self.lang) if self.words.has(code) else key.replace("_", " ")

    def yuan(self, fen: float) -> str:
        """An amount in CNY with fen, for a column of such."""
        return f"{round(fen) / _FEN:,.2f}"

    def share(self, value: float | None) -> str:
        """A share or rate; a dash where there is none."""
        return "-" if value is None else self.say("share", share=value)

    def basis(self, value: float) -> str:
        """A small share in basis points."""
        return f"{value * 1e4:,.2f}"


def run_lines(
    inputs: PlanInputs,
    found: ScenarioRun,
    covers: Sequence[Cover],
    *,
    words: Catalog,
    lang: Language,
) -> list[str]:
    """The tranches by date, fees and supports in all, cover of the whole life."""
    to = Speaker(words, lang)
    rows: list[Sequence[str]] = [
        tuple(to.say(f"head.{name}") for name in ("on", "tranche", "interest", "principal"))
        + tuple(to.say(f"head.{name}") for name in ("rest", "balance"))
    ]
    for number, on in enumerate(found.run.on):
        for tranche in inputs.plan.tranches:
            each = found.run.tranches[tranche.key]
            amounts = (each.interest_paid, each.principal_paid, each.residual_paid, each.balance)
            rows.append(
                (
                    on.isoformat(),
                    to.label(inputs.plan, tranche.key),
                    *(to.yuan(float(column[number])) for column in amounts),
                )
            )
    paid = sum(float(fen) for fee in found.run.fees.values() for fen in fee.paid)
    lines = [
        to.say("title", name=inputs.plan.name, scenario=found.scenario.label),
        "",
        *table_lines(rows, right_aligned=frozenset(range(2, 6))),
        "",
        to.say("fees", amount=paid / _FEN),
    ]
    for key, support in found.run.supports.items():
        given = sum(float(fen) for fen in support.paid)
        lines.append(to.say("support", name=to.label(inputs.plan, key), amount=given / _FEN))
    whole = covers[-1].interest
    lines.append(to.say("cover", cover="-" if whole is None else f"{whole:.3f}"))
    return lines


def structure_lines(found: Structure, *, words: Catalog, lang: Language) -> list[str]:
    """What an arranger asks first: pool, tranches, losses, what breaks it, costs."""
    to = Speaker(words, lang)
    inputs = found.inputs
    return [
        to.say("title", name=inputs.plan.name, scenario=found.scenarios[0].found.scenario.label),
        "",
        *_pool(found, to),
        "",
        *_tranches(found, to),
        *_levels(found, to),
        "",
        *_scenarios(found, to),
        *(["", *_losses(inputs, found.losses, to)] if found.losses else []),
        *_breaking(found, to),
        *_costs(found, to),
        "",
    ]


def _pool(found: Structure, to: Speaker) -> Iterator[str]:
    pool = found.inputs.pool
    yield to.say(
        "pool",
        obligors=len(pool.obligors),
        rights=sum(len(each.rights) for each in pool.collateral),
        amount=pool.balance_fen / _FEN,
        top_five=found.pool.top_five,
        effective=round(found.pool.effective_number, 1),
    )
    for each in found.pool.findings:
        if each.standing is not Standing.MET:
            yield f"  {to.words.text(each.message, to.lang)}"
    proposal = found.proposal
    if proposal is not None:
        yield to.say(
            "proposal",
            count=len(proposal.obligors),
            amount=proposal.balance_fen / _FEN,
            left_out=proposal.left_out or "-",
        )


def _tranches(found: Structure, to: Speaker) -> list[str]:
    heads = (
        "tranche",
        "balance",
        "share",
        "attach",
        "rate",
        "return",
        "life",
        "duration",
        "spread",
    )
    rows: list[Sequence[str]] = [tuple(to.say(f"head.{name}") for name in heads)]
    rows += [
        (
            to.label(found.inputs.plan, each.key),
            to.yuan(each.balance_fen),
            to.share(each.share),
            to.share(each.attach),
            to.share(each.rate),
            to.share(each.return_),
            f"{each.average_life:.2f}",
            "-" if each.modified is None else f"{each.modified:.3f}",
            "-" if each.static_spread is None else f"{each.static_spread * 1e4:,.1f}",
        )
        for each in found.scenarios[0].tranches
    ]
    return table_lines(rows, right_aligned=frozenset(range(1, len(heads))))


def _levels(found: Structure, to: Speaker) -> Iterator[str]:
    """Cover of the base case and what is retained, against the levels in force."""
    tests, whole = found.cover_tests, found.scenarios[0].cover[-1]
    first = found.scenarios[0].cover[0]
    rows = (
        ("cover_level", whole.interest, tests.interest_cover_min),
        ("principal_level", first.principal, tests.principal_cover_min),
    )
    for code, ratio, least in rows:
        if ratio is not None:
            stand = to.say("met" if ratio >= least else "below")
            yield to.say(code, ratio=f"{ratio:.3f}", least=f"{least:.2f}", stand=stand)
    stand = to.say("met" if found.retained >= tests.retention_min else "below")
    yield to.say("retained", share=found.retained, least=tests.retention_min, stand=stand)


def _scenarios(found: Structure, to: Speaker) -> list[str]:
    heads = ("scenario", "collected", "supports", "cover", "senior_loss", "junior_loss")
    rows: list[Sequence[str]] = [tuple(to.say(f"head.{name}") for name in heads)]
    for each in found.scenarios:
        run = each.found.run
        came = each.found.collections
        kinds = (came.interest, came.principal, came.prepaid, came.recovered)
        collected = sum(float(fen) for column in kinds for fen in column)
        given = sum(float(fen) for row in run.supports.values() for fen in row.paid)
        whole = each.cover[-1].interest
        rows.append(
            (
                each.found.scenario.label,
                to.yuan(collected),
                to.yuan(given),
                "-" if whole is None else f"{whole:.3f}",
                to.yuan(each.tranches[0].loss_fen),
                to.yuan(each.tranches[-1].loss_fen),
            )
        )
    return table_lines(rows, right_aligned=frozenset(range(1, len(heads))))


def _losses(inputs: PlanInputs, losses: LossResults, to: Speaker) -> Iterator[str]:
    yield to.say("losses", paths=losses.paths, seed=losses.seed, confidence=losses.confidence)
    heads = ("view", "tranche", "expected_loss", "interval", "chance", "later", "grade")
    rows: list[Sequence[str]] = [tuple(to.say(f"head.{name}") for name in heads)]
    for view in losses.views:
        names = ", ".join(to.label(inputs.plan, key) for key in view.without)
        label = to.say("without", names=names) if names else to.say("with_all")
        for each in view.tranches:
            mean = each.at_end.expected_loss
            rows.append(
                (
                    label,
                    to.label(inputs.plan, each.key),
                    to.basis(mean.value),
                    f"{to.basis(mean.low)}-{to.basis(mean.high)}",
                    to.share(each.at_end.probability_of_loss.value),
                    to.basis(each.later.expected_loss.value),
                    each.grade.grade,
                )
            )
    yield from table_lines(rows, right_aligned=frozenset(range(2, len(heads))))
    yield to.say("grade_note")


def _breaking(found: Structure, to: Speaker) -> Iterator[str]:
    names = {each.obligor_id: each.name for each in found.inputs.pool.obligors}
    for each in found.breaking:
        yield ""
        view = to.say(f"view.{each.view}")
        smallest = each.reverse.smallest
        if smallest is None:
            yield to.say("unbroken", view=view, tried=each.reverse.tried)
        else:
            plan = found.inputs.plan
            who = ", ".join(names.get(key) or to.label(plan, key) for key in smallest.obligors)
            chance = to.basis(smallest.joint_probability)
            yield to.say("broken_by", view=view, names=who, chance=chance)
        rate = each.break_even.rate
        if rate is not None and each.break_even.first_loss_rate is not None:
            yield to.say("break_even", view=view, share=rate)
    for size in found.sizes:
        view = to.say(f"view.{size.view}")
        name = to.label(found.inputs.plan, size.tranche)
        most = 0.0 if size.largest is None else size.largest.fen / _FEN
        yield to.say(
            "size",
            view=view,
            name=name,
            most=most,
            issued=size.issued_fen / _FEN,
            basis=to.basis(size.target),
        )


def _costs(found: Structure, to: Speaker) -> Iterator[str]:
    if found.costs is None:
        return
    yield ""
    heads = ("firm", "loan", "before", "after", "subsidy", "simple", "within")
    rows: list[Sequence[str]] = [tuple(to.say(f"head.{name}") for name in heads)]
    rows += [
        (
            each.name,
            to.yuan(each.balance_fen),
            to.share(each.cost.before_subsidy),
            to.share(each.cost.after_subsidy),
            to.yuan(each.cost.subsidy * _FEN),
            to.share(each.simple_sum),
            to.say("yes" if each.is_within else "no"),
        )
        for each in found.costs.firms
    ]
    yield from table_lines(rows, right_aligned=frozenset(range(1, len(heads) - 1)))
    yield to.say("cost_line", line=found.costs.line, payer=found.costs.payer)
    broken = [cell for cell in found.costs.table if not cell.is_within]
    if found.costs.table:
        yield to.say("table_note", cells=len(found.costs.table), broken=len(broken))
    yield to.say("plan_cost", share=found.plan_cost)
