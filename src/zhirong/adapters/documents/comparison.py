"""One sheet that sets many firms side by side: value, interval, the purpose, red flags."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from zhirong.adapters.documents.workbook.styles import Styles, styles
from zhirong.application.batch import FirmOutcome
from zhirong.application.purpose_figures import UNITS as PURPOSE_UNITS
from zhirong.application.purpose_figures import purpose_figures
from zhirong.core.messages import Catalog, Language

FIRST = (
    ("firm", 34),
    ("number", 24),
    ("rights", 10),
    ("registrable", 12),
    ("value", 18),
    ("low", 18),
    ("high", 18),
)
PLEDGE = (("collateral", 18), ("share", 12), ("liquidation", 18))
LAST = (
    ("blocks", 10),
    ("highs", 10),
    ("open", 12),
    ("refused_rows", 12),
    ("remark", 40),
)
WIDTHS = {"CNY": 18, "rate": 14, "count": 12}
Cell = str | int | float | None
CNY = ("value", "low", "high", "liquidation")
SUMMED = ("rights", "registrable", "value", "blocks", "highs", "refused_rows")
Columns = tuple[tuple[str, float], ...]


def columns_for(purpose: str) -> Columns:
    """The columns and their widths: what all purposes show and what this one asks for."""
    if purpose == "pledge":
        return (*FIRST, *PLEDGE, *LAST)
    asked = ((key, WIDTHS[unit]) for key, unit in PURPOSE_UNITS[purpose].items())
    first = (column for column in FIRST if column[0] != "registrable")
    return (*first, *asked, *LAST)


def _units(purpose: str) -> dict[str, str]:
    asked = PURPOSE_UNITS[purpose]
    shown = {key: "share" if unit == "rate" else unit for key, unit in asked.items()}
    return {**dict.fromkeys(CNY, "CNY"), "share": "share", **shown}


def comparison_workbook(
    outcomes: Sequence[FirmOutcome],
    *,
    words: Catalog,
    lang: Language,
    report_date: date,
    purpose: str = "pledge",
) -> bytes:
    """The workbook as bytes; the same outcomes give the same bytes."""
    columns = columns_for(purpose)
    units = _units(purpose)
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
    for column, (name, width) in enumerate(columns):
        page.set_column(column, column, width)
        texts = {"firm": formats.head_left, "number": formats.head_left}
        style = {**texts, "remark": formats.head_apart}.get(name, formats.head)
        page.write_string(2, column, words.label(f"comparison.{name}", lang), style)
    table = _Table(page=page, names=tuple(name for name, _ in columns), units=units)
    for row, outcome in enumerate(outcomes, start=3):
        table.write(row, _cells(outcome, words, lang), formats)
    table.total(len(outcomes), formats, words.label("comparison.total", lang))
    page.freeze_panes(3, 1)
    book.close()
    return buffer.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    page: Worksheet
    names: tuple[str, ...]
    units: Mapping[str, str]

    def write(self, row: int, cells: dict[str, Cell], formats: Styles) -> None:
        for column, name in enumerate(self.names):
            value = cells.get(name)
            if value is None:
                self.page.write_blank(row, column, None, formats.text)
            elif isinstance(value, str):
                style = formats.apart if name == "remark" else formats.text
                self.page.write_string(row, column, value, style)
            else:
                style = formats.number(self.units.get(name, "count"))
                self.page.write_number(row, column, value, style)

    def total(self, count: int, formats: Styles, title: str) -> None:
        """Sums of counts and points; intervals and rates do not add up and are left empty."""
        last = 2 + count
        self.page.write_string(last + 1, 0, title, formats.total)
        for column, name in enumerate(self.names):
            unit = self.units.get(name, "count")
            is_asked = name in self.units and name not in CNY and unit in ("CNY", "count")
            if name in SUMMED or is_asked:
                letter = chr(ord("A") + column)
                style = formats.number(unit, is_bold=True)
                formula = f"=SUM({letter}4:{letter}{last + 1})"
                self.page.write_formula(last + 1, column, formula, style, "")


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
    asked = purpose_figures(valuation, appraisal.options.purpose)
    cells |= {figure.key: figure.value for figure in asked}
    if valuation.pledge is not None:
        amount = valuation.pledge.collateral_amount
        cells |= {
            "liquidation": valuation.pledge.liquidation_value,
            "share": amount / valuation.total.value if valuation.total.value else None,
        }
    return cells
