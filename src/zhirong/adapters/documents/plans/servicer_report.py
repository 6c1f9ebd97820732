"""The servicer report of a payment date: who paid, who is late, what defaulted and came back."""

from collections.abc import Iterator

from zhirong.adapters.documents.blocks import Block, Disclaimer, Heading, Pair, Prose
from zhirong.adapters.documents.document import Document, Result
from zhirong.adapters.documents.plans.date_parts import date_blocks, date_flags
from zhirong.adapters.documents.plans.paper import Front, Paper, paper_of, row, total
from zhirong.adapters.documents.plans.payment_parts import (
    front_dates,
    scenario_flag,
    state_flags,
    trigger_table,
)
from zhirong.application.plans.payment_report import CASH, PaymentReport
from zhirong.core.messages import Catalog, Language

CODE = "servicer"


def servicer_report(report: PaymentReport, *, words: Catalog, lang: Language) -> Document:
    """The report in one language."""
    paper = paper_of(report.inputs.plan, words=words, lang=lang)
    on = report.told.on
    front = Front(
        kind=paper.say("kind.payment"),
        number=f"{paper.plan.key.upper()}-S-{on:%Y%m%d}",
        dates=front_dates(paper, report),
        result=_result(paper, report),
        reasons=_reasons(paper, report),
        flags=(
            *state_flags(paper, report),
            *date_flags(paper, report),
            scenario_flag(paper, report),
        ),
    )
    return paper.document(CODE, front, tuple(_body(paper, report)), on=on)


def _sum(report: PaymentReport, name: str) -> int:
    return sum(getattr(each, name) for each in report.obligors)


def _result(paper: Paper, report: PaymentReport) -> Result:
    came = sum(report.came[kind] for kind in CASH)
    balance, start = _sum(report, "balance"), report.inputs.pool.balance_fen
    return Result(
        label=paper.say("servicer.result"),
        headline=paper.headline(came),
        interval=paper.say("servicer.split", **{k: paper.money(report.came[k]) for k in CASH}),
        beside=(
            Pair(paper.say("servicer.pool"), paper.headline(balance)),
            Pair(
                paper.say("servicer.factor"),
                paper.wording.number(balance / start, 6) if start else paper.say("none"),
            ),
            Pair(
                paper.say("servicer.default_rate"),
                paper.rate(_sum(report, "all_defaulted") / start if start else None),
            ),
        ),
    )


def _reasons(paper: Paper, report: PaymentReport) -> tuple[str, ...]:
    due, late = _sum(report, "due"), _sum(report, "late")
    kept = [each for each in report.obligors if each.balance]
    balance = sum(each.balance for each in kept)
    largest = max((each.balance for each in kept), default=0)
    return (
        paper.say(
            "servicer.reason.due",
            due=paper.money(due),
            paid=paper.money(due - late),
            share=(due - late) / due if due else 1.0,
        ),
        paper.say(
            "servicer.reason.default",
            now=paper.money(_sum(report, "defaulted")),
            all=paper.money(_sum(report, "all_defaulted")),
            recovered=paper.money(_sum(report, "all_recovered")),
        ),
        paper.say(
            "servicer.reason.pool",
            count=len(kept),
            balance=paper.money(balance),
            largest=largest / balance if balance else 0.0,
        ),
    )


def _body(paper: Paper, report: PaymentReport) -> Iterator[Block]:
    yield Heading(paper.say("servicer.collections"))
    yield Prose(paper.say("servicer.collections_lead"))
    yield _collections(paper, report)
    yield _compared(paper, report)
    yield Heading(paper.say("servicer.late"))
    yield from _late(paper, report)
    yield Heading(paper.say("servicer.defaults"))
    yield from _defaults(paper, report)
    yield Heading(paper.say("servicer.concentration"))
    yield _concentration(paper, report)
    yield Heading(paper.say("servicer.cover"))
    yield _cover(paper, report)
    yield Heading(paper.say("distribution.triggers"))
    yield trigger_table(paper, report)
    yield from date_blocks(paper, report)
    yield Disclaimer(title=paper.say("limits"), paragraphs=(paper.say("servicer.limits"),))


def _collections(paper: Paper, report: PaymentReport) -> Block:
    names = ("due", "interest", "principal", "prepaid", "recovered", "late")
    rows = [
        row(each.name, *(paper.owed(getattr(each, name)) for name in names))
        for each in report.obligors
    ]
    rows.append(total(paper.say("sum"), *(paper.owed(_sum(report, name)) for name in names)))
    heads = (("obligor", "wide"), *((f"obligor_{name}", "yuan") for name in names))
    return paper.table(heads, rows)


def _compared(paper: Paper, report: PaymentReport) -> Block:
    """The period beside the one before and the base case."""
    before, planned = report.came_before, report.came_planned
    rows = [
        row(
            paper.say(f"cash.{kind}"),
            paper.owed(report.came[kind]),
            paper.owed(None if before is None else before[kind]),
            paper.owed(planned[kind]),
            paper.owed(report.came[kind] - planned[kind]),
        )
        for kind in CASH
    ]
    sums = (
        sum(report.came[kind] for kind in CASH),
        None if before is None else sum(before[kind] for kind in CASH),
        sum(planned[kind] for kind in CASH),
    )
    gap = (sums[0] or 0) - (sums[2] or 0)
    rows.append(total(paper.say("sum"), *map(paper.owed, (*sums, gap))))
    heads = (
        ("item", "wide"),
        ("this_period", "yuan"),
        ("period_before", "yuan"),
        ("planned", "yuan"),
        ("gap", "yuan"),
    )
    title, note = paper.say("servicer.compared"), paper.say("servicer.compared_note")
    return paper.table(heads, rows, title=title, note=note)


def _late(paper: Paper, report: PaymentReport) -> Iterator[Block]:
    late = [each for each in report.obligors if each.late and not each.all_defaulted]
    if not late:
        yield Prose(paper.say("servicer.no_late"))
        return
    rows = [
        row(
            each.name,
            paper.owed(each.due),
            paper.owed(each.due - each.late),
            paper.owed(each.late),
            paper.owed(each.balance),
        )
        for each in late
    ]
    heads = (
        ("obligor", "wide"),
        ("obligor_due", "yuan"),
        ("obligor_paid", "yuan"),
        ("obligor_late", "yuan"),
        ("obligor_balance", "yuan"),
    )
    yield paper.table(heads, rows, note=paper.say("servicer.late_note"))


def _defaults(paper: Paper, report: PaymentReport) -> Iterator[Block]:
    failed = [each for each in report.obligors if each.all_defaulted]
    if not failed:
        yield Prose(paper.say("servicer.no_default"))
        return
    rows = []
    for each in failed:
        share = each.all_recovered / each.all_defaulted
        amounts = (each.defaulted, each.all_defaulted, each.recovered, each.all_recovered)
        rows.append(row(each.name, *map(paper.owed, amounts), paper.percent(share)))
    heads = (
        ("obligor", "wide"),
        ("defaulted", "yuan"),
        ("all_defaulted", "yuan"),
        ("recovered", "yuan"),
        ("all_recovered", "yuan"),
        ("recovery_rate", "plain"),
    )
    yield paper.table(heads, rows)


def _concentration(paper: Paper, report: PaymentReport) -> Block:
    kept = sorted(report.obligors, key=lambda each: -each.balance)
    whole = sum(each.balance for each in kept)
    rows, running = [], 0
    for number, each in enumerate(kept, start=1):
        running += each.balance
        shares = (each.balance, running) if whole else (0, 0)
        share = each.balance / whole if whole else 0.0
        rows.append(
            row(
                str(number),
                each.name,
                paper.owed(each.balance),
                *(paper.percent(part / whole if whole else 0.0) for part in shares),
                paper.say("disclose") if share > report.rules.disclose_single_above else "",
            )
        )
    rows.append(total("", paper.say("sum"), paper.owed(whole), paper.percent(1.0), "", ""))
    heads = (
        ("number", "text"),
        ("obligor", "wide"),
        ("obligor_balance", "yuan"),
        ("share", "plain"),
        ("running_share", "plain"),
        ("line", "text"),
    )
    note = paper.say(
        "servicer.concentration_note",
        single=report.rules.disclose_single_above,
        group=report.rules.disclose_group_above,
    )
    return paper.table(heads, rows, note=note)


def _cover(paper: Paper, report: PaymentReport) -> Block:
    found, tests = report.cover, report.cover_tests
    rows = [
        row(
            paper.say(f"cover.{name}"),
            paper.say(f"cover.{name}.meaning"),
            paper.times(ratio),
            paper.times(least),
        )
        for name, ratio, least in (
            ("interest", found.interest, tests.interest_cover_min),
            ("principal", found.principal, tests.principal_cover_min),
            ("service", found.service, None),
        )
    ]
    heads = (("item", "text"), ("meaning", "wide"), ("times", "plain"), ("cover_min", "plain"))
    return paper.table(heads, rows, note=paper.say("servicer.cover_note"))
