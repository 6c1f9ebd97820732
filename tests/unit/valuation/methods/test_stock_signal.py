from datetime import date
from typing import Any

import pytest

from tests.market_inputs import assert_draws_equal_central, worked
from zhirong.parameters.reader import Parameters
from zhirong.valuation.methods import stock_signal

ON = date(2026, 6, 30)


def published() -> dict[str, Any]:
    """Row V14: volatility 2 %, return 2 %, market value 1,000, one patent."""
    parameters = {
        key: float(Parameters().number(f"valuation.stock_signal.{key}", on=ON))
        for key in ("signal_exponent", "window_days", "grant_probability")
    }
    return parameters | {
        "announcement_return": 0.02,
        "daily_volatility": 0.02,
        "market_capitalization": 1000.0,
        "patents_announced": 1.0,
    }


def lines_of(**changes: float) -> dict[str, float]:
    _, sheet = worked(stock_signal.value, stock_signal.Inputs, published() | changes)
    return {key: float(line.figure.values[0]) for key, line in sheet.lines.items()}


class TestValue:
    def test_meets_the_published_formula(self) -> None:
        lines = lines_of()

        assert lines["signal_share"] == pytest.approx(0.0145224, abs=5e-8)
        assert lines["patent_return"] == pytest.approx(0.00343859, abs=5e-9)
        assert lines["value"] == pytest.approx(7.6413, abs=5e-5)

    def test_is_positive_though_the_share_fell(self) -> None:
        assert 0 < lines_of(announcement_return=-0.05)["value"] < lines_of()["value"]

    def test_shares_the_announcement_among_its_patents(self) -> None:
        assert lines_of(patents_announced=4.0)["value"] == pytest.approx(lines_of()["value"] / 4)

    def test_gives_each_equal_draw_the_central_value(self) -> None:
        assert_draws_equal_central(stock_signal.value, stock_signal.Inputs, published())
