"""What all cost, market and option methods owe: words, a page, and formulas that recalculate."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.libreoffice import recalculated, values
from tests.market_inputs import entered
from tests.unit.valuation.methods.test_cost_multiplier import V7
from tests.unit.valuation.methods.test_cost_replacement import GIVEN as REPLACEMENT
from tests.unit.valuation.methods.test_cost_reproduction import GIVEN as REPRODUCTION
from tests.unit.valuation.methods.test_market_comparables import GIVEN as DEALS
from tests.unit.valuation.methods.test_market_comparables import RATES
from tests.unit.valuation.methods.test_real_option import G8
from tests.unit.valuation.methods.test_renewal_option import GIVEN as RENEWAL
from tests.unit.valuation.methods.test_stock_signal import published
from zhirong.adapters.documents.workbook.layout import plan
from zhirong.adapters.documents.workbook.writer import WorkbookHead, workings_workbook
from zhirong.application.workings import SheetRecord, freeze
from zhirong.core.figure import Figure
from zhirong.core.sheet import Sheet
from zhirong.parameters.reader import catalog
from zhirong.valuation.ageing import CARRIERS
from zhirong.valuation.methods import (
    cost_multiplier,
    cost_replacement,
    cost_reproduction,
    market_comparables,
    real_option,
    renewal_option,
    stock_signal,
)

HEAD = WorkbookHead(title="t", lines=(), notices=(), report_date=date(2026, 6, 30))


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A method's form with inputs."""

    module: Any
    value: Callable[..., Figure]
    inputs: type[Any]
    given: dict[str, Any]


def example(module: Any, given: dict[str, Any]) -> Example:
    return Example(module=module, value=module.value, inputs=module.Inputs, given=given)


SCORES: dict[str, Any] = {
    "price": [100.0, 200.0],
    "weight": [1.0, 1.0],
    "comparable_score": [50.0, 80.0],
    "score": [60.0],
    "asset_of": (0, 0),
}
EXAMPLES = {
    "cost_multiplier": example(cost_multiplier, V7),
    "cost_replacement": example(cost_replacement, REPLACEMENT),
    "cost_reproduction": example(cost_reproduction, REPRODUCTION),
    "market_comparables": example(market_comparables, DEALS),
    "market_comparables by score": Example(
        module=market_comparables,
        value=market_comparables.value_by_score,
        inputs=market_comparables.ScoreInputs,
        given=SCORES,
    ),
    "market_comparables by rate": Example(
        module=market_comparables,
        value=market_comparables.value_by_rate,
        inputs=market_comparables.RateInputs,
        given=RATES,
    ),
    "real_option": example(real_option, G8),
    "real_option at its end": example(real_option, G8 | {"life": 0.0, "underlying_value": 0.0}),
    "renewal_option": example(renewal_option, RENEWAL),
    "renewal_option without returns": example(renewal_option, RENEWAL | {"median_return": 0.0}),
    "stock_signal": example(stock_signal, published()),
}
NAMES = sorted(EXAMPLES)


def sheet_of(name: str) -> SheetRecord:
    one = EXAMPLES[name]
    sheet = Sheet(one.module.KEY)
    one.value(sheet, a=entered(sheet, one.inputs, one.given))
    return freeze(sheet)


@pytest.mark.parametrize("name", NAMES)
class TestMethod:
    def test_has_words_for_all_it_shows(self, name: str) -> None:
        sheet = sheet_of(name)

        codes = [f"method.{sheet.name}"]
        codes += [f"input.{entry.key}" for entry in sheet.inputs]
        codes += [f"line.{line.key}" for line in sheet.lines]
        assert [code for code in codes if not catalog().has(code)] == []

    def test_names_one_carrier_and_a_page(self, name: str, checkout: Path) -> None:
        module = EXAMPLES[name].module
        page = checkout / "docs" / "methods" / f"{module.KEY}.md"

        assert module.AGEING in CARRIERS
        assert module.TAX_BASIS in {"after_tax", "none"}
        text = page.read_text(encoding="utf-8")
        inputs = [item.name for item in fields(EXAMPLES[name].inputs)]
        assert [key for key in inputs if f"`{key}`" not in text] == []

    @pytest.mark.slow
    def test_recalculates_to_the_engine(self, name: str, tmp_path: Path) -> None:
        sheet = sheet_of(name)
        path = tmp_path / "workings.xlsx"
        path.write_bytes(workings_workbook((sheet,), head=HEAD, words=catalog(), lang="en"))

        book = values(recalculated(path, tmp_path))

        page = book[book.sheetnames[-1]]
        for line in sheet.lines:
            block = plan(sheet).blocks[line.key]
            cells = [block.cell(place).replace("$", "") for place in block.positions()]
            found = [page[cell].value for cell in cells]
            assert found == pytest.approx(list(line.values), rel=1e-9, abs=0.005), line.key
