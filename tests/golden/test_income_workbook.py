"""The income methods' live workbook, recalculated by LibreOffice, gives the engine's figures."""

from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.libreoffice import recalculated, values
from tests.method_inputs import worked
from zhirong.adapters.documents.workbook.layout import plan
from zhirong.adapters.documents.workbook.writer import WorkbookHead, workings_workbook
from zhirong.application.workings import SheetRecord, freeze
from zhirong.parameters.reader import catalog
from zhirong.valuation.methods import (
    abandonment_option,
    goodwill_residual,
    income_stream,
    incremental_income,
    investment_ratio_split,
    license_floor,
    profit_split,
    relief_from_royalty,
    revenue_split,
    with_and_without,
)
from zhirong.valuation.rates import capm, wacc, wara

HEAD = WorkbookHead(title="t", lines=(), notices=(), report_date=date(2026, 6, 30))
YEARS = 3
PATH: dict[str, Any] = {
    "base_sales": [115_000_000.37, 62_000_000.0],
    "growth": [[0.12, 0.08, 0.03], [-0.05, 0.0, 0.02]],
    "mapped_share": [0.75, 0.6],
    "life": [3.0, 1.4],
    "upkeep": [[21_000.0, 24_000.0, 30_000.0], [900_000.0, 2e6, 2e6]],
    "tax_rate": [0.15, 0.21, 0.25],
    "discount_rate": [0.155, 0.17],
    "timing": 0.5,
}
MARGIN = {"operating_margin": [0.12, 0.09, 0.10], "printed": 0.0}
OWN: dict[ModuleType, dict[str, Any]] = {
    relief_from_royalty: PATH | {"royalty_rate": 0.028, "royalty_decay": 0.1},
    revenue_split: PATH
    | {"split_low": 0.015, "split_high": 0.03, "composite_score": [63.2, 40], "split_decay": 0.1},
    profit_split: PATH | MARGIN | {"split_rate": 0.25, "split_decay": 0.1},
    investment_ratio_split: PATH
    | {"operating_margin": [0.12, 0.09, 0.10], "printed": 1.0}
    | {"technology_cost": 3e6, "technology_margin": 4.0}
    | {"enterprise_cost": 6e7, "enterprise_margin": 0.1},
    incremental_income: PATH
    | {"price_premium": 0.05, "extra_volume": 0.1, "contribution_margin": 0.3}
    | {"cost_saving": 0.01, "increment_decay": 0.1},
    with_and_without: PATH
    | {"operating_margin": 0.12, "sales_lost": 0.2, "margin_lost": 0.03, "catch_up": 0.3},
    income_stream: {key: PATH[key] for key in ("upkeep", "tax_rate", "discount_rate", "timing")}
    | {"volume": [40.0, 45.0, 50.0], "unit_income": [150_000.0, 90_000.0], "income_share": 0.3}
    | {"life": [3.0, 2.5], "printed": 1.0, "goes_on": [1.0, 0.0], "terminal_growth": [0.02, 0.0]},
    license_floor: {"book_cost": [4e6], "price_index": 1.2, "used_years": 4.0}
    | {"remaining_years": 8.0, "licensee_capacity": 400.0, "all_capacity": 1000.0}
    | {"lost_income": 8e5, "added_cost": 2e5},
    abandonment_option: {"underlying_value": [4.8e6, 3e6], "abandonment_value": 4e6, "life": 5.0}
    | {"risk_free_rate": 0.03, "delay_cost": 0.04, "volatility": 0.35},
    goodwill_residual: {
        "earnings": [320.0],
        "capitalization_rate": 0.1,
        "net_assets": [1200.0],
        "normal_return": 0.08,
    },
    capm: {"risk_free": 0.025, "unlevered_beta": 0.9, "debt_to_equity": 0.4, "tax_rate": 0.25}
    | {"equity_premium": 0.065, "size_premium": 0.03, "specific_premium": 0.02},
    wacc: {"equity": 6e7, "debt": 4e7, "cost_of_equity": 0.15, "cost_of_debt": 0.05}
    | {"tax_rate": 0.25},
    wara: {"wacc": 0.11, "working_capital": 2e7, "fixed_assets": 3e7, "intangibles": 5e7}
    | {"working_capital_return": 0.035, "fixed_assets_return": 0.07},
}


@pytest.fixture(scope="module")
def recalculation(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, SheetRecord], Any]:
    records = {
        method.KEY: freeze(worked(method, inputs, years=YEARS)) for method, inputs in OWN.items()
    }
    folder = tmp_path_factory.mktemp("income")
    path: Path = folder / "workings.xlsx"
    book = workings_workbook(tuple(records.values()), head=HEAD, words=catalog(), lang="en")
    path.write_bytes(book)
    return records, values(recalculated(path, folder))


@pytest.mark.slow
@pytest.mark.parametrize("method", OWN, ids=lambda method: method.KEY)
def test_recalculates_to_the_engine(
    method: ModuleType, recalculation: tuple[dict[str, SheetRecord], Any]
) -> None:
    records, book = recalculation
    record = records[method.KEY]
    page = book[catalog().label(f"method.{method.KEY}", "en")[:31]]
    blocks = plan(record).blocks

    for line in record.lines:
        block = blocks[line.key]
        cells = [page[block.cell(place).replace("$", "")].value for place in block.positions()]
        # Stored figures are rounded: amounts to the fen, pure numbers to 1e-9.
        slack = 0.006 if line.unit == "CNY" else 2e-9
        assert cells == pytest.approx(list(line.values), rel=0, abs=slack), line.key
