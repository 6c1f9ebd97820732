from typing import Any

import numpy as np
import pytest

from tests.method_inputs import figure
from zhirong.core.figure import Figure
from zhirong.core.sheet import Sheet
from zhirong.valuation import projection


def on_sheet(**given: Any) -> tuple[Sheet, dict[str, Figure]]:
    sheet = Sheet("test")
    return sheet, {key: figure(sheet, key, values) for key, values in given.items()}


class TestRevenuePath:
    def test_grows_from_the_first_forecast_year(self) -> None:
        sheet, given = on_sheet(base_sales=[100.0], growth=[0.10, 0.20], mapped_share=[0.5])

        revenue = projection.revenue_path(sheet, **given)

        assert revenue.values == pytest.approx(np.array([[55.0, 66.0]]))
        assert sheet.lines["sales"].figure.values == pytest.approx(np.array([[110.0, 132.0]]))


class TestInLife:
    def test_ends_with_the_fraction_of_the_last_year(self) -> None:
        sheet, given = on_sheet(life=[2.25, 0.0])

        kept = projection.in_life(given["life"], sheet.years(4))

        assert kept.values == pytest.approx(np.array([[1, 1, 0.25, 0], [0, 0, 0, 0]]))


class TestAged:
    def test_leaves_the_first_year_whole(self) -> None:
        sheet, given = on_sheet(rate=0.02448, decay=0.1)

        rates = projection.aged(given["rate"], decay=given["decay"], year=sheet.years(3))

        assert rates.values == pytest.approx([0.02448, 0.022032, 0.0198288])


class TestDiscountFactor:
    @pytest.mark.parametrize(("timing", "first"), [(0.5, 1.16**-0.5), (1.0, 1 / 1.16)])
    def test_counts_from_mid_year_or_year_end(self, timing: float, first: float) -> None:
        sheet, given = on_sheet(rate=0.16, timing=timing)

        factor = projection.discount_factor(
            given["rate"], year=sheet.years(2), timing=given["timing"]
        )

        assert factor.values == pytest.approx([first, first / 1.16])


class TestPrintedFactor:
    def test_rounds_to_four_decimals_only_where_asked(self) -> None:
        _, given = on_sheet(factor=[0.82644628, 0.75131480], printed=[1.0, 0.0])

        shown = projection.printed_factor(given["factor"], printed=given["printed"])

        assert shown.values.tolist() == [0.8264, 0.75131480]


class TestAbandonableValue:
    def worth(self, flows: list[float]) -> Figure:
        sheet, given = on_sheet(upkeep=[flows], factor=[1.0])
        return projection.abandonable_value(sheet, given["upkeep"], factor=given["factor"])

    def test_adds_flows_that_are_never_negative(self) -> None:
        assert self.worth([3.0, 0.0, 2.0]).values.tolist() == [5.0]

    def test_ends_before_years_that_lose(self) -> None:
        assert self.worth([3.0, -1.0, -2.0]).values.tolist() == [3.0]

    def test_bears_a_loss_that_later_years_repay(self) -> None:
        assert self.worth([-1.0, 4.0, -2.0]).values.tolist() == [3.0]

    def test_is_floored_at_zero(self) -> None:
        assert self.worth([-1.0, -2.0]).values.tolist() == [0.0]


class TestTabFactor:
    def factor(self, rate: float) -> Figure:
        _, given = on_sheet(rate=rate, tax_rate=0.15, amortization_years=10.0)
        return projection.tab_factor(**given)

    def test_meets_the_golden_vector(self) -> None:
        # rules.md 1.3: N = 10, T = 15 %, r = 16 %.
        assert float(self.factor(0.16)) == pytest.approx(1.084697, abs=5e-7)

    def test_gives_the_whole_tax_back_at_rate_zero(self) -> None:
        assert float(self.factor(0.0)) == pytest.approx(1 / (1 - 0.15))
