import numpy as np
import pytest

from tests.method_inputs import growth_of, valued, worked
from zhirong.valuation.methods import income_stream, profit_split
from zhirong.valuation.methods.income_stream import TerminalGrowthError

GIVEN = {
    "volume": 1.0,
    "unit_income": [[100.0, 120.0, 150.0]],
    "income_share": 0.25,
    "life": 3,
    "upkeep": 2.0,
    "tax_rate": [0.15, 0.15, 0.25],
    "discount_rate": [0.12],
    "timing": 0.5,
    "printed": 0,
    "goes_on": 0,
    "terminal_growth": 0.0,
}


class TestValue:
    def test_is_that_of_the_profit_split_where_growth_tells_the_same_income(self) -> None:
        flows = [100.0, 120.0, 150.0]
        split = {
            "base_sales": [80.0],
            "growth": growth_of(flows, base=80.0),
            "mapped_share": 1.0,
            "operating_margin": 1.0,
            "split_rate": 0.25,
            "split_decay": 0.0,
        }
        shared = ("life", "upkeep", "tax_rate", "discount_rate", "timing", "printed")
        other = valued(profit_split, split | {key: GIVEN[key] for key in shared}, years=3)

        assert valued(income_stream, GIVEN, years=3).values == pytest.approx(other.values)

    def test_is_the_limit_of_ever_more_years_where_it_goes_on(self) -> None:
        years = 400
        grown = [150.0 * 1.03**t for t in range(1, years - 2)]
        long = GIVEN | {
            "unit_income": [[100.0, 120.0, 150.0, *grown]],
            "tax_rate": [0.15, 0.15, *[0.25] * (years - 2)],
            "upkeep": 0.0,
            "life": years,
        }
        ever = GIVEN | {"goes_on": 1, "terminal_growth": 0.03, "upkeep": 0.0}

        assert valued(income_stream, ever, years=3).values == pytest.approx(
            valued(income_stream, long, years=years).values, rel=1e-12
        )

    def test_ends_for_some_assets_and_goes_on_for_others(self) -> None:
        two = GIVEN | {
            "unit_income": [[100.0, 120.0, 150.0]] * 2,
            "discount_rate": [0.12, 0.12],
            "goes_on": [0.0, 1.0],
        }
        lines = worked(income_stream, two, years=3).lines
        ended, ongoing = lines["value"].figure.values
        tail = lines["last_present_value"].figure.values[1] / 0.12

        assert ongoing - ended == pytest.approx(tail)

    def test_is_not_below_zero(self) -> None:
        costly = GIVEN | {"upkeep": 1e6, "goes_on": 1}

        assert valued(income_stream, costly, years=3).values == pytest.approx([0.0])

    @pytest.mark.parametrize("growth", [0.12, 0.2])
    def test_refuses_growth_that_outruns_the_rate(self, growth: float) -> None:
        with pytest.raises(TerminalGrowthError):
            valued(income_stream, GIVEN | {"goes_on": 1, "terminal_growth": growth}, years=3)

    def test_does_not_ask_for_growth_where_income_ends(self) -> None:
        ending = valued(income_stream, GIVEN | {"terminal_growth": 0.2}, years=3)

        assert np.all(ending.values > 0)
