"""What the value rests on: notes, comparables, sales, the cash check, values of others."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from zhirong.adapters.documents.blocks import (
    Block,
    Bullets,
    Chart,
    Column,
    Heading,
    Prose,
    Row,
    Table,
)
from zhirong.adapters.documents.charts import sales
from zhirong.adapters.documents.reports.valuation_assumptions import name_of
from zhirong.adapters.documents.reports.valuation_view import View
from zhirong.application.case.case_file import Comparable
from zhirong.application.result import ProductCheck, ThirdPartyGap
from zhirong.core.messages import Fact, Message

HISTORY_YEARS = 5
KINDS = {"running": "payment.running", "lump": "payment.lump", "sale": "deal.transfer"}


def rounded(message: Message) -> Message:
    """The message with figures as short as a reader wants them; amounts keep their fen."""
    facts = {
        key: round(fact, 2 if key == "ratio" else 9) if isinstance(fact, float) else fact
        for key, fact in message.facts.items()
    }
    return Message(message.code, facts)


def note_blocks(view: View) -> list[Block]:
    """What the methods say of their inputs; notes on several deals that say the same are one."""
    merged: dict[tuple[str, tuple[tuple[str, Fact], ...]], list[str]] = {}
    for note in view.valuation.notes:
        others = tuple(sorted((k, v) for k, v in rounded(note).facts.items() if k != "id"))
        deals = note.facts.get("id", "")
        own = deals if isinstance(deals, tuple) else (str(deals),)
        merged.setdefault((note.code, others), []).extend(own)
    if not merged:
        return []
    texts = tuple(
        view.wording.message(
            Message(code, {**_named(view, dict(others)), "id": tuple(dict.fromkeys(ids))})
        )
        for (code, others), ids in merged.items()
    )
    return [
        Heading(view.say("value.section.notes"), level=2),
        Bullets(tuple(dict.fromkeys(texts))),
    ]


def _named(view: View, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """The facts with words for what the file calls an assumption: its key and its scope."""
    stated = {
        (f"{item.key} ({item.scope})" if item.scope else item.key): item
        for item in view.appraisal.case.assumptions
    }

    def words(text: str) -> str:
        if text not in stated:
            return text
        item = stated[text]
        name = name_of(item.key, view.wording)
        if not item.scope:
            return name
        return view.say("value.of_scope", name=name, scope=view.wording.name(item.scope))

    return {
        key: tuple(map(words, fact)) if isinstance(fact, tuple) else fact
        for key, fact in facts.items()
    }


def comparable_blocks(view: View) -> list[Block]:
    """The deals of the comparables book."""
    book = view.appraisal.case.comparables
    say, unit = view.say, view.wording.amount_unit
    if not book:
        return []
    return [
        Table(
            title=say("value.comparables", count=len(book)),
            columns=(
                Column(head=say("value.deal")),
                Column(head=say("value.description"), width="1.4fr"),
                Column(head=say("value.deal_date")),
                Column(head=say("value.payment")),
                Column(head=say("value.deal_rate"), unit="%", align="decimal"),
                Column(head=say("value.amount"), unit=unit, align="decimal"),
                Column(head=say("value.recordal"), width="1fr"),
            ),
            rows=tuple(_comparable(view, deal) for deal in book),
            note=say("value.comparables_note"),
        )
    ]


def _comparable(view: View, deal: Comparable) -> Row:
    wording = view.wording
    rate = None if deal.royalty_rate is None else float(deal.royalty_rate) * 100
    amount = None if deal.amount is None else float(deal.amount)
    source = deal.recordal_number or deal.origin
    return Row(
        cells=(
            deal.comparable,
            deal.description,
            wording.day(deal.deal_date),
            wording.capital(KINDS.get(deal.kind, deal.kind), deal.kind),
            wording.number(rate, 2),
            wording.amount(amount),
            source or wording.mark("unverified"),
        )
    )


# Sales.


def sales_blocks(view: View) -> list[Block]:
    """Stated, filed and used sales; history and forecast."""
    say, wording = view.say, view.wording
    unit = wording.amount_unit
    table = Table(
        title=say("value.sales_table"),
        columns=(
            Column(head=say("value.product"), width="1fr"),
            Column(head=say("value.year"), align="center"),
            Column(head=say("value.stated"), unit=unit, align="decimal"),
            Column(head=say("value.filed"), unit=unit, align="decimal"),
            Column(head=say("value.gap"), align="decimal"),
            Column(head=say("value.used"), unit=unit, align="decimal"),
            Column(head=say("value.basis")),
        ),
        rows=tuple(
            Row(
                cells=(
                    row.name,
                    str(row.year),
                    wording.amount(row.stated),
                    wording.amount(row.filed),
                    _gap(view, row.stated, row.filed),
                    wording.amount(row.used),
                    _basis(view, row.filed, lowered=row.used < row.stated),
                )
            )
            for row in view.valuation.sales
        ),
        note=say("value.sales_note", limit=view.parameter("diligence.sales_gap_share_max") or 0),
    )
    return [Heading(say("value.section.sales"), level=2), table, *_sales_chart(view)]


def _gap(view: View, stated: float, filed: float | None) -> str:
    """The gap as due diligence finds it: a share of the larger amount, with a sign."""
    larger = max(stated, filed or 0.0)
    if filed is None or larger <= 0:
        return view.wording.percent(None)
    gap = (stated - filed) / larger
    return ("+" if round(gap, 3) > 0 else "") + view.wording.percent(gap)


def _basis(view: View, filed: float | None, *, lowered: bool) -> str:
    if filed is None:
        return view.say("value.basis_unfiled") + view.wording.mark("unverified")
    return view.say("value.basis_lowered" if lowered else "value.basis_stated")


def _sales_chart(view: View) -> list[Block]:
    """History and forecast of all products together, where every product has both."""
    years: dict[int, float] = {}
    start = view.appraisal.head.valuation_date.year
    for row in view.appraisal.case.sales:
        if start - HISTORY_YEARS <= row.year < start:
            years[row.year] = years.get(row.year, 0.0) + float(row.sales)
    forecast: dict[str, Sequence[float]] = {}
    for part in view.counted:
        line = part.line("sales")
        if line is not None:
            forecast.setdefault(part.group.product, line.tolist())
    if len(years) < 2 or not forecast:
        return []
    coming = [sum(values) for values in zip(*forecast.values(), strict=True)]
    shown = [
        *(sales.SalesYear(label=str(year), amount=years[year]) for year in sorted(years)),
        *(
            sales.SalesYear(label=view.say("value.year_number", year=n), amount=v, is_forecast=True)
            for n, v in enumerate(coming, start=1)
        ),
    ]
    unit = view.wording.chart_unit(max(year.amount for year in shown))
    drawn = sales.svg(
        sales.SalesChart(
            years=tuple(shown),
            unit=unit,
            sold_word=view.say("value.chart.sold"),
            expected_word=view.say("value.chart.expected"),
        )
    )
    past = sorted(years)
    grown = (years[past[-1]] / years[past[0]]) ** (1 / (past[-1] - past[0])) - 1
    base = sum(row.used for row in view.valuation.sales if row.product in forecast)
    first = coming[0] / base - 1 if base else 0.0
    title = view.say("value.chart.sales", past=round(grown, 9), first=round(first, 9))
    return [
        Chart(
            svg=drawn,
            title=title,
            subtitle=view.say(
                "value.chart.sales_sub", unit=unit.name, base=view.wording.headline(base)
            ),
            source=view.say("value.chart.source_sales"),
            alt=title,
        )
    ]


def check_blocks(view: View) -> list[Block]:
    """All claims on each product's cash against its profit."""
    say, wording = view.say, view.wording
    checks = [item for item in view.valuation.product_checks if item.claimed > 0]
    if not checks:
        return [Heading(say("value.section.check"), level=2), Prose(say("value.check_unknown"))]
    unit = wording.amount_unit
    within = all(item.share <= item.limit for item in checks)
    table = Table(
        title=say("value.check_within" if within else "value.check_above"),
        columns=(
            Column(head=say("value.forecast_year"), width="1fr"),
            Column(head=say("value.claimed"), unit=unit, align="decimal"),
            Column(head=say("value.profit"), unit=unit, align="decimal"),
            Column(head=say("value.share"), unit="%", align="decimal"),
            Column(head=say("value.limit"), unit="%", align="decimal"),
            Column(head=say("value.verdict")),
        ),
        rows=tuple(_check_rows(view, checks)),
        note=say("value.check_note"),
    )
    return [Heading(say("value.section.check"), level=2), table]


def _check_rows(view: View, checks: Sequence[ProductCheck]) -> Iterator[Row]:
    for _, own in groupby(checks, key=lambda item: item.product):
        rows = list(own)
        yield Row(cells=(rows[0].name,), style="group")
        yield from (_check_row(view, item) for item in rows)


def _check_row(view: View, item: ProductCheck) -> Row:
    wording = view.wording
    return Row(
        cells=(
            view.say("value.year_number", year=item.year),
            wording.amount(item.claimed),
            wording.amount(item.profit),
            wording.number(item.share * 100),
            wording.number(item.limit * 100),
            view.say("value.within" if item.share <= item.limit else "value.above"),
        )
    )


# Values of others.


def third_party_blocks(view: View) -> list[Block]:
    """Values that others gave beside ours: amounts beside our amounts, scores beside our scores."""
    gaps = [gap for gap in view.valuation.third_party if gap.exported is None]
    scores = [gap for gap in gaps if gap.score is not None and gap.amount is None]
    money = [gap for gap in gaps if gap not in scores]
    tables = [
        *([_money_gaps(view, money)] if money else []),
        *([_score_gaps(view, scores)] if scores else []),
    ]
    return [Heading(view.say("value.section.third_party"), level=2), *tables] if tables else []


def _money_gaps(view: View, gaps: list[ThirdPartyGap]) -> Table:
    say, unit = view.say, view.wording.amount_unit
    return Table(
        title=say("value.third_party_table"),
        columns=(
            Column(head=say("value.provider"), width="1.1fr"),
            Column(head=say("value.scope"), width="1fr"),
            Column(head=say("value.valued_on")),
            Column(head=say("value.theirs"), unit=unit, align="decimal"),
            Column(head=say("value.ours"), unit=unit, align="decimal"),
            Column(head=say("value.gap_reason"), width="1.5fr"),
        ),
        rows=tuple(
            _gap_row(view, gap, view.wording.amount(gap.amount), view.wording.amount(gap.ours))
            for gap in gaps
        ),
        note=say("value.third_party_note"),
    )


def _score_gaps(view: View, gaps: list[ThirdPartyGap]) -> Table:
    say = view.say
    return Table(
        title=say("value.third_party_scores"),
        columns=(
            Column(head=say("value.provider"), width="1.1fr"),
            Column(head=say("value.scope"), width="1fr"),
            Column(head=say("value.valued_on")),
            Column(head=say("value.their_score"), align="decimal"),
            Column(head=say("value.our_score"), unit="0\u2013100", align="decimal"),
            Column(head=say("value.gap_reason"), width="1.5fr"),
        ),
        rows=tuple(
            _gap_row(view, gap, view.wording.number(gap.score), view.wording.number(gap.our_score))
            for gap in gaps
        ),
    )


def _gap_row(view: View, gap: ThirdPartyGap, theirs: str, ours: str) -> Row:
    wording = view.wording
    return Row(
        cells=(
            gap.provider + "\n" + wording.capital(f"value.third_kind.{gap.kind}", gap.kind),
            wording.name(gap.scope) if gap.scope else view.say("value.scope_all"),
            wording.day(gap.valued_on),
            theirs,
            ours,
            wording.message(rounded(gap.note)),
        )
    )
