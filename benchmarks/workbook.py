"""The live workbook of 100 rights: formulas written a second."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from zipfile import ZipFile

from benchmarks.measuring import Measure, fastest, seconds
from benchmarks.simulation import NAMES, RIGHTS, YEARS, columns
from zhirong.adapters.documents.workbook.writer import WorkbookHead, workings_workbook
from zhirong.application.inputs.columns import InputBuilder
from zhirong.application.workings import SheetRecord, freeze
from zhirong.core.sheet import Sheet
from zhirong.parameters.reader import catalog
from zhirong.valuation.methods import relief_from_royalty as method

HEAD = WorkbookHead(title="benchmark", lines=(), notices=(), report_date=date(2026, 6, 30))


def _record() -> SheetRecord:
    labels = {
        "asset": [f"right {n + 1}" for n in range(RIGHTS)],
        "year": [str(2026 + n) for n in range(YEARS)],
    }
    sheet = Sheet(method.KEY, labels=labels)
    builder = InputBuilder(columns=columns(), years=YEARS)
    method.value(sheet, a=method.Inputs(**builder.enter(sheet, NAMES)))
    return freeze(sheet)


def _formulas(data: bytes) -> int:
    with ZipFile(BytesIO(data)) as book:
        pages = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
        return sum(book.read(page).count(b"<f>") for page in pages)


def run() -> Iterator[Measure]:
    """Workings first, then the workbook that shows them."""
    record = _record()
    words = catalog()

    def write() -> bytes:
        return workings_workbook([record], head=HEAD, words=words, lang="zh")

    yield Measure(what=f"workings of {RIGHTS} rights, kept", figure=seconds(fastest(_record)))
    count, spent = _formulas(write()), fastest(write, runs=3)
    yield Measure(what=f"workbook with {count:,} formulas", figure=seconds(spent))
    yield Measure(what="  formulas a second", figure=f"{count / spent:,.0f}")
