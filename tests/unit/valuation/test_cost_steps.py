import pytest

from tests.market_inputs import ORIGIN
from zhirong.core.sheet import Sheet
from zhirong.valuation import cost_steps
from zhirong.valuation.cost_steps import PriceIndexError, composite_index


class TestCompositeIndex:
    def test_weighs_each_year_by_what_was_spent(self) -> None:
        index = {2021: 100.0, 2022: 104.0, 2023: 110.0}

        lifted = composite_index({2021: 300.0, 2022: 100.0}, index=index, to_year=2023)

        assert lifted == pytest.approx((300 * 1.10 + 100 * 110 / 104) / 400)

    def test_is_one_where_prices_stand_still(self) -> None:
        index = {2020: 7.0, 2024: 7.0}

        assert composite_index({2020: 5.0}, index=index, to_year=2024) == 1.0

    @pytest.mark.parametrize(
        ("costs", "index"),
        [
            ({2021: 1.0}, {2023: 1.0}),
            ({2021: 1.0}, {2021: 1.0}),
            ({2021: 1.0}, {2021: 0.0, 2023: 1.0}),
            ({}, {2023: 1.0}),
            ({2021: 0.0}, {2021: 1.0, 2023: 1.0}),
        ],
    )
    def test_refuses_a_gap(self, costs: dict[int, float], index: dict[int, float]) -> None:
        with pytest.raises(PriceIndexError):
            composite_index(costs, index=index, to_year=2023)


class TestRemainingShare:
    @pytest.mark.parametrize(
        ("functional", "economic", "additive", "left"),
        [(0.3, 0.2, 0, 0.56), (0.3, 0.2, 1, 0.5), (0.7, 0.5, 1, 0.0), (0.7, 0.5, 0, 0.15)],
    )
    def test_follows_the_convention(
        self, functional: float, economic: float, additive: float, left: float
    ) -> None:
        sheet = Sheet("test")
        given = {"functional": functional, "economic": economic, "additive": additive}
        figures = {k: sheet.assumption(k, v, "1", origins=ORIGIN) for k, v in given.items()}

        assert float(cost_steps.remaining_share(**figures)) == pytest.approx(left)
