"""One sheet that sets many firms side by side: value, interval, collateral, red flags, failures."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from zhirong.adapters.documents.workbook.styles import Styles, styles
from zhirong.application.batch import FirmOutcome
from zhirong.core.messages import Catalog, Language

COLUMNS = (
    ("firm", 34),
    ("number", 24),
    ("rights", 10),
    ("registrable", 12),
    ("value", 18),
    ("low", 18),
    ("high", 18),
    ("collateral", 18),
    ("share", 12),
    ("liquidation", 18),
    ("blocks", 10),
    ("highs", 10),
    ("open", 12),
    ("refused_rows", 12),
    ("remark", 40),
)
Cell = str | int | float | None
UNITS = {
    "value": "CNY",
    "low": "CNY",
    "high": "CNY",
    "collateral": "CNY",
    "liquidation": "CNY",
    "share": "share",
}


def comparison_workbook(
    outcomes: Sequence[FirmOutcome], *, words: Catalog, lang: Language, report_date: date
) -> bytes:
    """The workbook as bytes; the same outcomes give the same bytes."""
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True})
    created = datetime(report_date.year, report_date.month, report_date.day)  # noqa: DTZ001 - xlsxwriter wants it without time zone
    title = words.label("comparison.title", lang)
    book.set_properties({"title": title, "created": created})
    formats = styles(book)
    page = book.add_worksheet(title)
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.write_string(0, 0, title, formats.title)
    for column, (name, width) in enumerate(COLUMNS):
        page.set_column(column, column, width)
        texts = {"firm": formats.head_left, "number": formats.head_left}
        style = {**texts, "remark": formats.head_apart}.get(name, formats.head)
        page.write_string(2, column, words.label(f"comparison.{name}", lang), style)
    for row, outcome in enumerate(outcomes, start=3):
        _write(page, row, _cells(outcome, words, lang), formats)
    _totals(page, outcomes, formats, words.label("comparison.total", lang))
    page.freeze_panes(3, 1)
    book.close()
    return buffer.getvalue()


def _write(page: Worksheet, row: int, cells: dict[str, Cell], formats: Styles) -> None:
    for column, (name, _) in enumerate(COLUMNS):
        value = cells.get(name)
        if value is None:
            page.write_blank(row, column, None, formats.text)
        elif isinstance(value, str):
            style = formats.apart if name == "remark" else formats.text
            page.write_string(row, column, value, style)
        else:
            page.write_number(row, column, value, formats.number(UNITS.get(name, "count")))


def _cells(outcome: FirmOutcome, words: Catalog, lang: Language) -> dict[str, Cell]:
    refused = outcome.intake.rows_refused if outcome.intake else None
    appraisal = outcome.appraisal
    if appraisal is None:
        remark = words.text(outcome.failure, lang) if outcome.failure else ""
        return {"firm": outcome.name, "refused_rows": refused, "remark": remark}
    found = appraisal.diligence
    cells: dict[str, Cell] = {
        "firm": appraisal.case.firm.name,
        "number": appraisal.head.number,
        "rights": len(appraisal.case.patents),
        "registrable": sum(row.register != "no" for row in found.registrability),
        "blocks": sum(f.state == "fail" and f.severity == "block" for f in found.findings),
        "highs": sum(f.state == "fail" and f.severity == "high" for f in found.findings),
        "open": len(appraisal.questions),
        "refused_rows": refused,
    }
    valuation = appraisal.valuation
    if valuation is None:
        return {**cells, "remark": words.label("comparison.not_valued", lang)}
    cells |= {
        "value": valuation.total.value,
        "low": valuation.total.low,
        "high": valuation.total.high,
    }
    if valuation.pledge is not None:
        amount = valuation.pledge.collateral_amount
        cells |= {
            "collateral": amount,
            "liquidation": valuation.pledge.liquidation_value,
            "share": amount / valuation.total.value if valuation.total.value else None,
        }
    return cells


def _totals(page: Worksheet, outcomes: Sequence[FirmOutcome], formats: Styles, title: str) -> None:
    """Sums of counts and points; intervals do not add up and are left empty."""
    last = 2 + len(outcomes)
    row = last + 1
    page.write_string(row, 0, title, formats.total)
    summed = ("rights", "registrable", "value", "collateral", "blocks", "highs", "refused_rows")
    for column, (name, _) in enumerate(COLUMNS):
        if name in summed:
            letter = chr(ord("A") + column)
            page.write_formula(
                row,
                column,
                f"=SUM({letter}4:{letter}{last + 1})",
                formats.number(UNITS.get(name, "count"), is_bold=True),
                "",
            )
