"""Live formulas give the engine's figures when LibreOffice recalculates them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook

from tests.libreoffice import recalculated, values
from zhirong.adapters.documents.workbook.layout import plan
from zhirong.adapters.documents.workbook.writer import WorkbookHead, workings_workbook
from zhirong.application.workings import SheetRecord, freeze
from zhirong.core import figure as fig
from zhirong.core.figure import Figure
from zhirong.core.messages import Catalog
from zhirong.core.operations import TABLE
from zhirong.core.sheet import Sheet
from zhirong.core.sources import AssumptionOrigin
from zhirong.parameters.reader import catalog

ORIGIN = AssumptionOrigin(author="tester", reason="grid")
HEAD = WorkbookHead(title="t", lines=(), notices=(), report_date=date(2026, 6, 30))
ELEMENTWISE = sorted(name for name, row in TABLE.items() if row.shape == "each")
GRID = np.array([-2.5, -1.0, -0.005, 0.0, 0.005, 0.3, 1.0, 2.675, 1e9 + 0.005])


class Words(Catalog):
    """The real words, and keys as themselves where a test sheet has none."""

    def label(self, code: str, lang: str) -> str:
        return super().label(code, lang) if self.has(code) else code  # type: ignore[arg-type]


def _bytes(*sheets: SheetRecord) -> bytes:
    return workings_workbook(sheets, head=HEAD, words=Words(catalog().texts), lang="en")


def _recalculated_line(sheet: SheetRecord, key: str, folder: Path) -> list[float]:
    path = folder / f"{sheet.name}.xlsx"
    path.write_bytes(_bytes(sheet))
    page = values(recalculated(path, folder))[f"method.{sheet.name}"]
    block = plan(sheet).blocks[key]
    found = [page[block.cell(position).replace("$", "")].value for position in block.positions()]
    assert all(value is not None for value in found), f"{key} was not recalculated"
    return [float(value) for value in found]


def _operation_sheet() -> SheetRecord:
    sheet = Sheet("operations")
    left = sheet.assumption("left", GRID, "1", origins=ORIGIN, axes=("year",))
    right = sheet.assumption("right", np.roll(GRID, 3), "1", origins=ORIGIN, axes=("year",))
    positive = fig.absolute(right) + 0.25
    domain = {
        "log": (fig.absolute(left) + 0.25,),
        "sqrt": (fig.absolute(left),),
        "exp": (fig.minimum(left, 20.0),),
        "power": (fig.minimum(positive, 40.0), fig.minimum(left, 3.0)),
        "divide": (left, positive),
        "where": (left, right, left),
        "normal_cdf": (left,),
        "normal_density": (left,),
    }
    for name in ELEMENTWISE:
        count = 1 if "{1}" not in TABLE[name].excel else 2
        arguments = domain.get(name, (left, right)[:count])
        sheet.line(name, fig.apply(name, *arguments), "1")
    return freeze(sheet)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> tuple[SheetRecord, object]:
    sheet = _operation_sheet()
    folder = tmp_path_factory.mktemp("operations")
    path = folder / "operations.xlsx"
    path.write_bytes(_bytes(sheet))
    return sheet, values(recalculated(path, folder))["method.operations"]


@pytest.mark.slow
class TestOperationTable:
    @pytest.mark.parametrize("name", ELEMENTWISE)
    def test_means_the_same_in_a_spreadsheet(self, name: str, page: tuple[SheetRecord, object]):
        sheet, cells = page
        entry = sheet.entry(name)
        block = plan(sheet).blocks[name]

        found = [cells[block.cell(p).replace("$", "")].value for p in block.positions()]

        assert entry is not None
        assert found == pytest.approx(list(entry.values), rel=1e-9, abs=1e-8)


def _method(sheet: Sheet, growth: float) -> Figure:
    base = sheet.assumption("base", [100.0, 250.0], "CNY", origins=ORIGIN, axes=("asset",))
    rate = sheet.assumption("rate", 0.15, "share", origins=ORIGIN)
    grown = sheet.assumption("growth", [growth] * 4, "share", origins=ORIGIN, axes=("year",))
    year = sheet.years(4)
    revenue = sheet.line("revenue", base * fig.running_product(1 + grown, over="year"), "CNY")
    change = revenue - fig.previous(revenue, over="year", first=base)
    factor = sheet.line("discount_factor", (1 + rate) ** -(year + 0.5), "1")
    value = sheet.line("value", fig.total((revenue + change) * factor, over="year"), "CNY")
    owner = (0, 1, 1)
    share = sheet.assumption("share", [1.0, 0.4, 0.6], "share", origins=ORIGIN, axes=("right",))
    rights = sheet.line("rights", fig.gather(value, index=owner) * share, "CNY")
    sheet.line("back", fig.total_by(rights * 1.0, index=owner, assets=2), "CNY")
    return sheet.line("all", fig.total(rights, over="right"), "CNY")


@pytest.mark.slow
class TestWorkingsWorkbook:
    @pytest.mark.parametrize("growth", [0.1, -0.05])
    def test_recalculates_to_the_engine(self, growth: float, tmp_path: Path):
        sheet = Sheet("projection", labels={"asset": ("A", "B"), "right": ("a", "b", "c")})
        _method(sheet, growth)
        record = freeze(sheet)

        for line in record.lines:
            found = _recalculated_line(record, line.key, tmp_path)
            assert found == pytest.approx(list(line.values), abs=0.005)

    def test_a_changed_assumption_moves_every_line_that_reads_it(self, tmp_path: Path):
        first, second = Sheet("one"), Sheet("one")
        _method(first, 0.1)
        _method(second, 0.2)
        record, other = freeze(first), freeze(second)
        changed = replace(record, inputs=other.inputs)

        found = _recalculated_line(changed, "all", tmp_path)

        entry = other.entry("all")
        assert entry is not None
        assert found == pytest.approx(list(entry.values), abs=0.005)
        assert found != pytest.approx(list(record.lines[-1].values), abs=0.005)

    def test_names_an_item_of_spending_as_the_input_that_it_feeds(self, tmp_path: Path):
        rows = ("G1 / labor", "G1 / filing_fees / 2022")
        sheet = Sheet("spending", labels={"asset": rows})
        sheet.assumption("amount", np.array([1.0, 2.0]), "CNY", origins=ORIGIN, axes=("asset",))
        path = tmp_path / "spending.xlsx"
        path.write_bytes(_bytes(freeze(sheet)))

        told = {str(row[0]) for page in load_workbook(path) for row in page.values if row}

        assert any(text.endswith(" / Development pay") for text in told)
        assert any("Filing and agents' fees / 2022" in text for text in told)

    def test_writes_empty_cached_values_and_the_same_bytes(self, tmp_path: Path):
        sheet = Sheet("projection")
        _method(sheet, 0.1)
        record = freeze(sheet)
        path = tmp_path / "book.xlsx"
        path.write_bytes(_bytes(record))

        page = values(path)["method.projection"]
        cell = plan(record).blocks["all"].cell({}).replace("$", "")

        assert page[cell].value in (None, "")
        assert _bytes(record) == _bytes(record)

    def test_makes_room_for_notices_of_two_lines(self, tmp_path: Path):
        """A notice ran into the next one, as rows do not grow by themselves."""
        sheet = Sheet("projection")
        _method(sheet, 0.1)
        path = tmp_path / "book.xlsx"
        long = replace(HEAD, notices=("Word " * 40, "Short."))
        path.write_bytes(
            workings_workbook([freeze(sheet)], head=long, words=Words(catalog().texts), lang="en")
        )

        front = load_workbook(path).worksheets[0]
        heights = {
            str(row[1].value)[:5]: front.row_dimensions[row[1].row].height
            for row in front.iter_rows(min_col=1, max_col=2)
        }

        assert heights["Word "] > 1.5 * heights["Short"]
