"""What falls due and what ends: the fee calendar and the expiry wall."""

from collections import Counter
from datetime import date
from itertools import groupby

from zhirong.adapters.documents.blocks import (
    Block,
    Chart,
    Column,
    Heading,
    Inline,
    Pair,
    Pairs,
    Prose,
    Row,
    Span,
    Table,
)
from zhirong.adapters.documents.charts import expiry_wall
from zhirong.adapters.documents.charts.expiry_wall import ExpiryWallChart, Kind, Maturity
from zhirong.adapters.documents.reports.diligence_view import View
from zhirong.application.diligence_result import FeeDue
from zhirong.rights.records import PatentKind

MONTH_DIGITS = 7
MONTHS_FROM = 20
DAYS_OF_YEAR = 365.25
PEAKS_MAX = 3


def fees_section(view: View) -> tuple[Block, ...]:
    """The years in which the rights end, then the fees of the coming months."""
    if not view.patents:
        return ()
    return (
        Heading(view.say("fees.heading")),
        Heading(view.say("wall.heading"), level=2),
        _wall(view),
        Heading(view.say("fees.calendar"), level=2),
        *_calendar(view),
    )


def _calendar(view: View) -> tuple[Block, ...]:
    result = view.result
    blocks: list[Block] = []
    if result.fees_due:
        blocks.append(_table(view))
    else:
        blocks.append(Prose(view.say("fees.none", until=result.fees_until)))
    if result.fees_unknown:
        names = view.joined(view.wording.name(right) for right in result.fees_unknown)
        count = len(result.fees_unknown)
        told = Pair(view.say("fees.unknown", count=count), names)
        blocks.append(Pairs(items=(told,), columns=1))
    return tuple(blocks)


def _sum(fees: tuple[FeeDue, ...]) -> float:
    return round(sum(fee.payable for fee in fees), 2)


def _table(view: View) -> Table:
    fees = view.result.fees_due
    rows: list[Row] = []
    for month, group in groupby(fees, key=lambda fee: fee.due_on.isoformat()[:MONTH_DIGITS]):
        own = tuple(group)
        if len(fees) > MONTHS_FROM:
            told = view.say("fees.month_line", month=month, count=len(own), amount=_sum(own))
            rows.append(Row(cells=(told,), style="group"))
        rows += [_row(view, fee) for fee in own]
    total = view.wording.number(_sum(fees), 2)
    rows.append(Row(cells=(view.say("fees.total"), "", "", total, ""), style="total"))
    return Table(
        title=view.say(
            "fees.title", until=view.result.fees_until, count=len(fees), amount=_sum(fees)
        ),
        columns=(
            Column(head=view.say("fees.due")),
            Column(head=view.say("fees.right"), width="1fr"),
            Column(head=view.say("fees.year"), align="right"),
            Column(head=view.say("fees.amount"), unit=view.say("fees.unit"), align="decimal"),
            Column(head=view.say("fees.grace")),
        ),
        rows=tuple(rows),
        note=view.say("fees.note"),
    )


def _row(view: View, fee: FeeDue) -> Row:
    wording = view.wording
    right: Inline = view.one_line(fee.right)
    if fee.is_overdue:
        right = (view.one_line(fee.right), Span("\n" + view.say("fees.overdue"), bold=True))
    return Row(
        cells=(
            wording.day(fee.due_on),
            right,
            str(fee.patent_year),
            wording.number(fee.payable, 2),
            wording.day(fee.grace_ends_on),
        )
    )


def _wall(view: View) -> Block:
    cells = view.result.expiry_wall
    if not cells:
        return Prose(view.say("wall.none"))
    counts: Counter[int] = Counter()
    for cell in cells:
        counts[cell.year] += cell.count
    debt, day = view.result.debt_term_end, view.appraisal.options.valuation_date
    first = min(day.year, *counts, debt.year if debt else day.year)
    last = max(*counts, debt.year if debt else day.year)
    years = tuple(range(first, last + 1))
    held = {(cell.year, cell.kind): cell.count for cell in cells}
    kinds = tuple(
        Kind(
            label=view.wording.kind(str(kind)),
            counts=tuple(held.get((year, str(kind)), 0) for year in years),
        )
        for kind in PatentKind
        if any(cell.kind == kind for cell in cells)
    )
    chart = ExpiryWallChart(
        years=years, kinds=kinds, count_word=view.say("wall.count"), maturity=_maturity(view, debt)
    )
    told = (view.say("wall.year", year=str(y), count=counts[y]) for y in sorted(counts))
    return Chart(
        svg=expiry_wall.svg(chart),
        title=_finding(view, counts, debt),
        subtitle=view.say("wall.subtitle", on=view.wording.day(day)),
        source=view.say("wall.source"),
        alt=view.say("wall.alt", years=view.joined(told)),
    )


def _maturity(view: View, debt: date | None) -> Maturity | None:
    if debt is None:
        return None
    share = (debt - date(debt.year, 1, 1)).days / DAYS_OF_YEAR
    return Maturity(year=debt.year + share, text=view.say("wall.maturity", on=debt.isoformat()))


def _finding(view: View, counts: Counter[int], debt: date | None) -> str:
    first, last = str(min(counts)), str(max(counts))
    told = [view.say("wall.year_only" if first == last else "wall.span", first=first, last=last)]
    if debt is not None:
        ended = sum(item.last_day < debt for item in view.living)
        code = "wall.ends" if ended else "wall.clear"
        told.insert(0, view.say(code, ended=ended))
    most = max(counts.values())
    peaks = [str(year) for year in sorted(counts) if counts[year] == most]
    if most > 1 and len(peaks) == 1:
        told.append(view.say("wall.peak", peak=peaks[0], count=most))
    elif most > 1 and len(peaks) <= PEAKS_MAX:
        told.append(view.say("wall.peaks", peaks=view.joined(peaks), count=most))
    text = view.say("separator").join(told)
    return text[:1].upper() + text[1:]
