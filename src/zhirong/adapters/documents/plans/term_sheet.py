"""The term sheet: what is issued, who does what, how cash is shared, what the pool is."""

from collections.abc import Iterator

from zhirong.adapters.documents.blocks import (
    Block,
    Bullets,
    Disclaimer,
    Heading,
    Pair,
    Pairs,
    Severity,
    Table,
)
from zhirong.adapters.documents.document import Document, Flag, Result
from zhirong.adapters.documents.plans.condition_words import condition_text
from zhirong.adapters.documents.plans.paper import Front, Paper, paper_of, row, total
from zhirong.adapters.documents.plans.pool_tables import pool_blocks
from zhirong.application.plans.loss_results import ViewResults
from zhirong.application.plans.structure import Structure
from zhirong.core.messages import Catalog, Language
from zhirong.securitization.plan.fees import Fee, FeeKind
from zhirong.securitization.plan.records import STAGES
from zhirong.securitization.pool.rules import Standing

CODE = "term_sheet"


def term_sheet(found: Structure, *, words: Catalog, lang: Language) -> Document:
    """The term sheet in one language."""
    paper = paper_of(found.inputs.plan, words=words, lang=lang)
    front = Front(
        kind=paper.say("kind.offer"),
        number=f"{paper.plan.key.upper()}-T-{paper.plan.dates.cut_off:%Y%m%d}",
        dates=plan_dates(paper),
        result=_result(paper, found),
        reasons=_reasons(paper, found),
        flags=offer_flags(paper, found),
    )
    return paper.document(CODE, front, tuple(_body(paper, found)), on=paper.plan.dates.cut_off)


def plan_dates(paper: Paper) -> tuple[Pair, ...]:
    """Cut-off, closing, first and last payment date."""
    dates = paper.plan.dates
    days = (
        ("cut_off", dates.cut_off),
        ("closing", dates.closing),
        ("first", dates.payments[0]),
        ("last", dates.payments[-1]),
    )
    return tuple(Pair(paper.say(f"date.{key}"), paper.prose_day(day)) for key, day in days)


def issued(found: Structure) -> int:
    """All tranches, in fen."""
    return sum(each.balance_fen for each in found.inputs.plan.tranches)


def _result(paper: Paper, found: Structure) -> Result:
    pool, base = found.inputs.pool, found.scenarios[0]
    parts = tuple(
        paper.say(
            "term_sheet.part",
            name=paper.label(each.key),
            amount=paper.money(each.balance_fen),
            rate=paper.rate(each.rate),
        )
        for each in base.tranches
    )
    return Result(
        label=paper.say("term_sheet.result"),
        headline=paper.headline(issued(found)),
        interval=paper.say("term_sheet.parts", parts=parts),
        beside=(
            Pair(
                paper.say("pool.fact.obligors"),
                paper.say("count.obligors", count=len(pool.obligors)),
            ),
            Pair(
                paper.say("pool.fact.rights"),
                paper.say("count.rights", count=sum(len(each.rights) for each in pool.collateral)),
            ),
            Pair(paper.say("term_sheet.cost"), paper.rate(found.plan_cost)),
        ),
    )


def _reasons(paper: Paper, found: Structure) -> tuple[str, ...]:
    plan, base = found.inputs.plan, found.scenarios[0]
    largest = max(found.inputs.pool.claims, key=lambda each: each.balance_fen)
    supports = tuple(paper.label(each.key) for each in plan.supports) or (paper.say("none"),)
    return (
        paper.say(
            "term_sheet.reason.pool",
            count=len(found.inputs.pool.obligors),
            largest=largest.balance_fen / found.inputs.pool.balance_fen,
            top_five=found.pool.top_five,
        ),
        paper.say(
            "term_sheet.reason.support",
            share=found.retained,
            least=found.cover_tests.retention_min,
            supports=supports,
        ),
        paper.say(
            "term_sheet.reason.cover",
            cover=paper.times(base.cover[-1].interest),
            level=paper.times(found.cover_tests.interest_cover_min),
        ),
    )


def offer_flags(paper: Paper, found: Structure) -> tuple[Flag, ...]:
    """What a reader must know before anything else."""
    flags = []
    kinds: tuple[tuple[Standing, Severity], ...]
    kinds = ((Standing.BROKEN, "block"), (Standing.DISCLOSE, "medium"))
    for standing, severity in kinds:
        count = sum(each.standing is standing for each in found.pool.findings)
        if count:
            word, text = paper.say(f"word.{standing}"), paper.say(f"flag.{standing}", count=count)
            flags.append(Flag(severity=severity, word=word, text=text))
    cover, level = found.scenarios[0].cover[-1].interest, found.cover_tests.interest_cover_min
    if cover is not None and cover < level:
        text = paper.say("flag.cover", cover=paper.times(cover), level=paper.times(level))
        flags.append(Flag(severity="high", word=paper.say("word.cover"), text=text))
    least = found.cover_tests.retention_min
    if found.retained < least:
        text = paper.say("flag.retention", share=found.retained, least=least)
        flags.append(Flag(severity="block", word=paper.say("word.retention"), text=text))
    bare = bare_view(found)
    if bare is not None:
        senior = bare.tranches[0].at_end
        text = paper.say(
            "flag.bare",
            chance=senior.probability_of_loss.value,
            loss=paper.basis(senior.expected_loss.value),
        )
        flags.append(Flag(severity="high", word=paper.say("word.supports"), text=text))
    flags.append(
        Flag(severity="note", word=paper.say("word.assumed"), text=paper.say("flag.offer"))
    )
    return tuple(flags)


def bare_view(found: Structure) -> ViewResults | None:
    """Losses without any support; None where none was simulated."""
    if found.losses is None:
        return None
    return max(found.losses.views, key=lambda each: len(each.without))


def _body(paper: Paper, found: Structure) -> Iterator[Block]:
    yield Heading(paper.say("term_sheet.securities"))
    yield tranche_table(paper, found)
    yield Heading(paper.say("term_sheet.conventions"))
    yield _conventions(paper, found)
    if found.inputs.parties:
        yield Heading(paper.say("term_sheet.parties"))
        yield _parties(paper, found)
    yield Heading(paper.say("term_sheet.waterfall"))
    yield from _waterfalls(paper)
    yield Heading(paper.say("term_sheet.supports"))
    yield _supports(paper)
    yield Heading(paper.say("term_sheet.triggers"))
    yield _triggers(paper)
    yield Heading(paper.say("term_sheet.fees"))
    yield _fees(paper, found)
    yield from pool_blocks(paper, found)
    if found.inputs.steps:
        yield Heading(paper.say("term_sheet.steps"))
        yield step_table(paper, found)
    yield Disclaimer(
        title=paper.say("limits"),
        paragraphs=(paper.say("term_sheet.limits"), paper.say("term_sheet.not_an_offer")),
    )


def tranche_table(paper: Paper, found: Structure) -> Table:
    """Every tranche: size, share, where it attaches, coupon, life, return in the base case."""
    kinds = {each.key: each.principal.kind.value for each in found.inputs.plan.tranches}
    number = paper.wording.number
    rows = [
        row(
            paper.label(each.key),
            paper.amount(each.balance_fen),
            paper.percent(each.share),
            f"{paper.percent(each.attach)} – {paper.percent(each.detach)}",
            paper.rate(each.rate),
            paper.label(kinds[each.key]),
            number(each.average_life, 2),
            paper.rate(each.return_),
        )
        for each in found.scenarios[0].tranches
    ]
    rows.append(
        total(paper.say("sum"), paper.amount(issued(found)), paper.percent(1.0), "", "", "", "", "")
    )
    heads = (
        ("tranche", "text"),
        ("size", "amount"),
        ("share", "plain"),
        ("attachment", "plain"),
        ("coupon", "plain"),
        ("repayment", "wide"),
        ("life", "plain"),
        ("return", "plain"),
    )
    return paper.table(heads, rows, note=paper.say("term_sheet.tranche_note"))


def _conventions(paper: Paper, found: Structure) -> Block:
    plan = found.inputs.plan
    rules = plan.conventions
    facts = (
        ("closing", paper.prose_day(plan.dates.closing)),
        ("payments", paper.say("names", names=tuple(map(paper.day, plan.dates.payments)))),
        ("collected", paper.say("names", names=tuple(map(paper.day, found.inputs.collected_on)))),
        ("day_count", rules.day_count.value),
        ("rounding", paper.label(rules.rounding.value)),
        ("unpaid", paper.label(rules.interest_on_unpaid.value)),
    )
    items = tuple(Pair(paper.say(f"convention.{key}"), text) for key, text in facts)
    return Pairs(items=items, columns=2)


def _parties(paper: Paper, found: Structure) -> Block:
    rows = [row(paper.say(f"party.{key}"), name) for key, name in found.inputs.parties.items()]
    return paper.table((("party", "text"), ("name", "wide")), rows)


def _waterfalls(paper: Paper) -> Iterator[Block]:
    given = dict(paper.plan.waterfalls)
    for stage in STAGES:
        if stage in given:
            yield Heading(paper.label(stage.value), level=2)
            steps = (paper.names.step(stage.value, each.key) for each in given[stage])
            yield Bullets(tuple(steps), ordered=True)


def _supports(paper: Paper) -> Block:
    rows = [
        row(
            paper.label(each.key),
            paper.label(each.kind.value),
            paper.say("no_limit") if each.limit_fen is None else paper.amount(each.limit_fen),
            paper.rate(float(each.rate)) if each.rate else "—",
        )
        for each in paper.plan.supports
    ]
    heads = (("support", "wide"), ("kind", "text"), ("limit", "amount"), ("rate", "plain"))
    return paper.table(heads, rows or [row(paper.say("none"), "", "", "")])


def _triggers(paper: Paper) -> Block:
    rows = [
        row(
            paper.label(each.key),
            condition_text(paper, each.condition),
            paper.label(each.tested.value),
            paper.label(each.stage.value) if each.stage else paper.say("none"),
            paper.yes(each.is_curable),
        )
        for each in paper.plan.triggers
    ]
    heads = (
        ("trigger", "text"),
        ("condition", "wide"),
        ("tested_when", "text"),
        ("effect", "text"),
        ("curable", "text"),
    )
    return paper.table(heads, rows or [row(paper.say("none"), "", "", "", "")])


def _fees(paper: Paper, found: Structure) -> Block:
    run = found.scenarios[0].found.run
    rows, whole = [], 0
    for each in paper.plan.fees:
        paid = sum(int(fen) for fen in run.fees[each.key].paid)
        whole += paid
        rows.append(row(paper.label(each.key), _basis(paper, each), paper.amount(paid)))
    rows.append(total(paper.say("sum"), "", paper.amount(whole)))
    heads = (("fee", "wide"), ("basis", "text"), ("paid_in_all", "amount"))
    return paper.table(heads, rows, note=paper.say("term_sheet.fee_note"))


def _basis(paper: Paper, fee: Fee) -> str:
    if fee.kind is FeeKind.ON_DATES:
        return paper.say("basis.on_dates", days=tuple(paper.day(day) for day, _ in fee.dues))
    return paper.say("basis.rate", what=paper.label(fee.kind.value), rate=float(fee.rate))


def step_table(paper: Paper, found: Structure) -> Table:
    """The steps of the issue with their documents and states."""
    rows = [
        row(
            paper.day(each.on),
            each.label,
            each.by,
            paper.say("names", names=each.documents),
            paper.say(f"state.{each.state}"),
        )
        for each in found.inputs.steps
    ]
    heads = (
        ("day", "text"),
        ("issue_step", "text"),
        ("by", "wide"),
        ("documents", "wide"),
        ("state", "text"),
    )
    return paper.table(heads, rows)
