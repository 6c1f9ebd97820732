"""The workbook of each example: recalculated by LibreOffice it gives the engine's figures."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests import examples
from tests.libreoffice import recalculated, values
from zhirong.adapters.documents.workbook.layout import plan
from zhirong.adapters.documents.workbook.writer import WorkbookHead, workings_workbook
from zhirong.application.case.case_file import CaseFile
from zhirong.application.result import Appraisal
from zhirong.core.sources import AssumptionOrigin
from zhirong.core.units import dimension
from zhirong.parameters.reader import catalog

HEAD = WorkbookHead(title="t", lines=(), notices=(), report_date=examples.VALUATION_DATE)
FEN = 0.01
PURE = 1e-8
CHANGED_TO = Decimal("0.0205")


def _write(appraisal: Appraisal, folder: Path) -> Path:
    path = folder / "workings.xlsx"
    path.write_bytes(workings_workbook(appraisal.sheets, head=HEAD, words=catalog(), lang="zh"))
    return path


def _differences(book: openpyxl.Workbook, appraisal: Appraisal) -> list[str]:
    """Every line's cell that is not what the engine says."""
    words = catalog()
    found: list[str] = []
    for sheet in appraisal.sheets:
        page = book[words.label(f"method.{sheet.name}", "zh")]
        layout = plan(sheet)
        for line in sheet.lines:
            block = layout.blocks[line.key]
            tolerance = PURE if dimension(line.unit).is_pure else FEN
            for place, position in enumerate(block.positions()):
                value = page[block.cell(position).replace("$", "")].value
                expected = line.values[place]
                if value is None or abs(float(value) - expected) > tolerance:
                    found.append(f"{sheet.name}.{line.key}{position}: {value} != {expected}")
    return found


def _with_other_royalty(case: CaseFile) -> CaseFile:
    first = next(item for item in case.assumptions if item.key == "royalty_rate")
    other = replace(first, central=CHANGED_TO, low=CHANGED_TO, high=CHANGED_TO)
    return replace(
        case, assumptions=tuple(other if item is first else item for item in case.assumptions)
    )


@pytest.mark.slow
class TestLiveWorkbook:
    @pytest.mark.parametrize("name", examples.ALL)
    def test_gives_the_engines_figures_when_recalculated(self, name: str, tmp_path: Path) -> None:
        appraisal = examples.appraisal(name)

        book = values(recalculated(_write(appraisal, tmp_path), tmp_path))

        assert _differences(book, appraisal) == []

    @pytest.mark.parametrize("name", examples.ALL)
    def test_follows_a_changed_assumption_like_a_fresh_run(self, name: str, tmp_path: Path) -> None:
        before = examples.appraisal(name)
        fresh = examples.changed(name, _with_other_royalty)
        path = _write(before, tmp_path)
        _type_royalty(path, before)

        book = values(recalculated(path, tmp_path))

        assert _differences(book, fresh) == []
        assert _differences(book, before) != []


def _type_royalty(path: Path, appraisal: Appraisal) -> None:
    """Types the other royalty into the first pale yellow cell of the method, as a person would."""
    sheet = next(item for item in appraisal.sheets if item.name == "relief_from_royalty")
    entry = sheet.entry("royalty_rate")
    assert entry is not None
    assert isinstance(entry.origins[0], AssumptionOrigin)  # type: ignore[union-attr]
    cell = plan(sheet).blocks["royalty_rate"].cell({"asset": 0}).replace("$", "")
    book = openpyxl.load_workbook(path)
    book[catalog().label("method.relief_from_royalty", "zh")][cell] = float(CHANGED_TO)
    book.save(path)
