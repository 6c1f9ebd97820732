"""Sales of products and revenue beside what was declared or invoiced."""

from decimal import Decimal

from zhirong.adapters.documents.blocks import Block, Column, Heading, Prose, Row, Span, Table
from zhirong.adapters.documents.reports.diligence_view import View
from zhirong.diligence.sales import gap_share


def sales_section(view: View) -> tuple[Block, ...]:
    """Product by product and year by year, then the firm as a whole."""
    return (Heading(view.say("sales.heading")), *_products(view), *_accounts(view))


def _products(view: View) -> tuple[Block, ...]:
    sales = view.appraisal.case.sales
    if not sales:
        return (Prose(view.say("sales.none")),)
    shown: set[str] = set()
    rows: list[Row] = []
    for item in sales:
        name = "" if item.product in shown else view.wording.name(item.product)
        shown.add(item.product)
        rows.append(_row(view, name, item.year, item.sales, item.vat_sales))
    return (
        Table(
            title=view.say("sales.title"),
            columns=_columns(view, view.say("sales.product")),
            rows=tuple(rows),
            note=view.say("sales.note"),
        ),
    )


def _columns(view: View, first: str) -> tuple[Column, ...]:
    unit = view.wording.amount_unit
    return (
        Column(head=first, width="1fr"),
        Column(head=view.say("sales.year")),
        Column(head=view.say("sales.stated"), unit=unit, align="decimal"),
        Column(head=view.say("sales.filed"), unit=unit, align="decimal"),
        Column(head=view.say("sales.gap"), align="decimal"),
        Column(head=view.say("sales.used"), unit=unit, align="decimal"),
        Column(head=view.say("sales.verdict")),
    )


def _accounts(view: View) -> tuple[Block, ...]:
    stated = (item for item in view.appraisal.case.accounts if item.revenue is not None)
    years = sorted(stated, key=lambda item: item.year)
    name = view.say("accounts.revenue")
    rows = tuple(
        _row(view, "" if place else name, item.year, item.revenue, item.vat_revenue)
        for place, item in enumerate(years)
        if item.revenue is not None
    )
    if not rows:
        return ()
    columns = _columns(view, view.say("accounts.item"))
    return (Table(title=view.say("sales.accounts"), columns=columns, rows=rows),)


def _row(view: View, name: str, year: int, stated: Decimal, filed: Decimal | None) -> Row:
    wording = view.wording
    unknown = view.say("unknown")
    if filed is None:
        verdict = view.say("sales.unverified")
        told = wording.amount(float(stated))
        return Row(cells=(name, str(year), told, unknown, view.say("dash"), told, verdict))
    gap = gap_share(stated, filed)
    is_beyond = gap > Decimal(repr(view.result.sales_tolerance or 0.0))
    used = min(stated, filed) if is_beyond else stated
    beyond = Span(view.say("sales.beyond"), bold=True)
    return Row(
        cells=(
            name,
            str(year),
            wording.amount(float(stated)),
            wording.amount(float(filed)),
            wording.percent(float(gap)),
            wording.amount(float(used)),
            beyond if is_beyond else view.say("sales.agrees"),
        )
    )
