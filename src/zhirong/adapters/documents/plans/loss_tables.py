"""What may be lost: estimates with intervals, scenarios, stress with and without supports."""

from collections.abc import Iterator, Sequence

from zhirong.adapters.documents.blocks import Block, Prose, Row, Table
from zhirong.adapters.documents.plans.paper import Paper, row
from zhirong.application.plans.loss_results import LossResults, TrancheLosses
from zhirong.application.plans.stress import StressCell
from zhirong.application.plans.structure import ScenarioResult, Structure
from zhirong.securitization.analytics.loss_estimates import Estimate

_CASH = ("interest", "principal", "prepaid", "recovered")


def view_name(paper: Paper, found: Structure, key: str) -> str:
    """A view in words: with all supports, or without which."""
    views = {} if found.losses is None else {each.key: each.without for each in found.losses.views}
    without = views.get(key, ())
    if not without:
        return paper.say("view.all")
    return paper.say("view.without", names=tuple(paper.label(each) for each in without))


def _interval(paper: Paper, found: Estimate) -> str:
    return f"{paper.basis(found.low)} – {paper.basis(found.high)}"


def losses(paper: Paper, found: Structure, results: LossResults) -> Iterator[Block]:
    """Expected loss and probability by view and tranche; quantiles of the pool."""
    rows: list[Row] = []
    for view in results.views:
        rows.append(Row(cells=(view_name(paper, found, view.key),), style="group"))
        rows += [_loss_row(paper, each) for each in view.tranches]
    heads = (
        ("tranche", "wide"),
        ("expected_loss", "bp"),
        ("loss_interval", "bp"),
        ("chance", "plain"),
        ("chance_interval", "plain"),
        ("later", "bp"),
        ("grade", "plain"),
    )
    yield paper.table(
        heads,
        rows,
        title=paper.say("pack.loss_table"),
        note=paper.say(
            "pack.loss_note",
            paths=results.paths,
            seed=str(results.seed),
            confidence=results.confidence,
        ),
    )
    yield _pool(paper, results)


def _loss_row(paper: Paper, each: TrancheLosses) -> Row:
    loss, chance = each.at_end.expected_loss, each.at_end.probability_of_loss
    return row(
        paper.label(each.key),
        paper.basis(loss.value),
        _interval(paper, loss),
        paper.rate(chance.value),
        f"{paper.rate(chance.low)} – {paper.rate(chance.high)}",
        paper.basis(each.later.expected_loss.value),
        each.grade.grade,
    )


def who(paper: Paper, found: Structure, keys: Sequence[str]) -> tuple[str, ...]:
    """Names of obligors, and of supporters, who may be among those that fail."""
    names = {each.obligor_id: each.name for each in found.inputs.pool.obligors}
    return tuple(names.get(key) or paper.label(key) for key in keys)


def _pool(paper: Paper, results: LossResults) -> Table:
    shortfalls = dict(results.pool.shortfalls)
    rows = [
        row(f"P{chance * 100:g}", paper.percent(loss), paper.percent(shortfalls[chance]))
        for chance, loss in results.pool.quantiles
    ]
    mean = results.pool.estimates.expected_loss
    return paper.table(
        (("quantile", "wide"), ("pool_loss", "plain"), ("shortfall", "plain")),
        rows,
        title=paper.say("pack.pool_table"),
        note=paper.say(
            "pack.pool_note",
            mean=mean.value,
            none=results.pool.defaults[0],
            one=results.pool.defaults[1] if len(results.pool.defaults) > 1 else 0.0,
        ),
    )


def scenarios(paper: Paper, found: Structure) -> Table:
    """Every named scenario: cash, supports drawn, losses of the first and last tranche, cover."""
    rows = [
        row(
            scenario_name(paper, each),
            *map(paper.amount, scenario_amounts(each)),
            paper.times(each.cover[-1].service),
        )
        for each in found.scenarios
    ]
    heads = (
        ("scenario", "wide"),
        ("collected", "amount"),
        ("supports_paid", "amount"),
        ("senior_loss", "amount"),
        ("junior_loss", "amount"),
        ("service_cover", "plain"),
    )
    note = paper.say("pack.scenario_note")
    return paper.table(heads, rows, title=paper.say("pack.scenario_table"), note=note)


def scenario_name(paper: Paper, found: ScenarioResult) -> str:
    """What a scenario is called."""
    scenario = found.found.scenario
    if paper.lang == "zh" or scenario.label.isascii():
        return scenario.label
    return scenario.key.replace("_", " ").capitalize()


def scenario_amounts(found: ScenarioResult) -> tuple[int, int, int, int]:
    """Collected, paid by supports, lost by the first and by the last tranche; fen."""
    came, run = found.found.collections, found.found.run
    return (
        sum(int(fen) for kind in _CASH for fen in getattr(came, kind)),
        sum(int(fen) for each in run.supports.values() for fen in each.paid),
        found.tranches[0].loss_fen,
        found.tranches[-1].loss_fen,
    )


def stress(paper: Paper, found: Structure) -> Iterator[Block]:
    """The grid for the most senior tranche, with all supports and without any."""
    if not found.stress:
        return
    senior = found.inputs.plan.tranches[0].key
    rows: list[Row] = []
    for key in found.stress[0].views:
        rows.append(Row(cells=(view_name(paper, found, key),), style="group"))
        rows += [_stress_row(paper, cell, key, senior) for cell in found.stress]
    heads = (
        ("multiple", "text"),
        ("recovery", "wide"),
        ("expected_loss", "bp"),
        ("loss_interval", "bp"),
        ("later", "bp"),
        ("chance", "plain"),
    )
    yield paper.table(
        heads,
        rows,
        title=paper.say("pack.stress_table", name=paper.label(senior)),
        note=paper.say("pack.stress_note"),
    )


def short_view(paper: Paper, found: Structure, key: str) -> str:
    """A view in two words: with all supports, with none, or its long name."""
    views = {} if found.losses is None else {each.key: each.without for each in found.losses.views}
    without = len(views.get(key, ()))
    if without in (0, len(found.inputs.plan.supports)):
        return paper.say("view.none" if without else "view.supported")
    return view_name(paper, found, key)


def _stress_row(paper: Paper, cell: StressCell, view: str, tranche: str) -> Row:
    at_end, later = cell.views[view][tranche], cell.later[view][tranche]
    return row(
        f"× {paper.wording.number(cell.pd_multiple, 1)}",
        paper.say("pack.sets") if cell.recovery is None else paper.percent(cell.recovery),
        paper.basis(at_end.expected_loss.value),
        _interval(paper, at_end.expected_loss),
        paper.basis(later.expected_loss.value),
        paper.rate(at_end.probability_of_loss.value),
    )


def breaking(paper: Paper, found: Structure) -> Iterator[Block]:
    """What breaks the senior tranche: smallest sets, break-even rate, one firm out, sizes."""
    for each in found.breaking:
        view = view_name(paper, found, each.view)
        smallest, rate = each.reverse.smallest, each.break_even.first_loss_rate
        if smallest is None:
            yield Prose(paper.say("pack.reason.unbroken", view=view, tried=each.reverse.tried))
        else:
            names = who(paper, found, smallest.obligors)
            chance = paper.basis(smallest.joint_probability)
            yield Prose(paper.say("pack.breaking", view=view, names=names, chance=chance))
        if rate is not None:
            yield Prose(paper.say("pack.break_even", view=view, rate=rate))
    if found.breaking:
        yield _one_out(paper, found)
    if found.sizes:
        yield _sizes(paper, found)


def _one_out(paper: Paper, found: Structure) -> Table:
    """The senior's loss where each firm fails in the first period, by view."""
    senior = found.inputs.plan.tranches[0].key
    first = found.inputs.collected_on[0]
    by_view = [
        {each.obligor_id: dict(each.lost) for each in one.firm_out if each.on == first}
        for one in found.breaking
    ]
    missing = {
        each.obligor_id: each.missing_fen for each in found.breaking[0].firm_out if each.on == first
    }
    rows = [
        row(
            who(paper, found, (key,))[0],
            paper.amount(fen),
            *(paper.amount(lost[key].get(senior, 0)) for lost in by_view),
        )
        for key, fen in missing.items()
    ]
    heads = (
        ("firm_out", "wide"),
        ("missing", "amount"),
        *(("senior_loss", "amount") for _ in by_view),
    )
    table = paper.table(heads, rows, title=paper.say("pack.one_out", on=first))
    words = tuple(
        paper.say(
            "pack.of_view",
            what=paper.say("head.senior_loss"),
            view=short_view(paper, found, each.view),
        )
        for each in found.breaking
    )
    return paper.headed(table, words, width="auto")


def _sizes(paper: Paper, found: Structure) -> Table:
    rows = [
        row(
            view_name(paper, found, each.view),
            paper.label(each.tranche),
            paper.basis(each.target),
            paper.amount(each.issued_fen),
            paper.amount(None if each.largest is None else each.largest.fen),
        )
        for each in found.sizes
    ]
    heads = (
        ("view", "wide"),
        ("tranche", "text"),
        ("target_loss", "bp"),
        ("size", "amount"),
        ("largest", "amount"),
    )
    return paper.table(heads, rows, title=paper.say("pack.sizes"))
