import pytest

from tests.method_inputs import valued, worked
from zhirong.valuation.methods import investment_ratio_split, profit_split

GIVEN = {
    "base_sales": [50e6],
    "growth": [[0.10, 0.05]],
    "mapped_share": 0.8,
    "operating_margin": 0.12,
    "technology_cost": [4e6],
    "technology_margin": 4.0,
    "enterprise_cost": [50e6],
    "enterprise_margin": 0.2,
    "life": 2.0,
    "upkeep": 0.0,
    "tax_rate": 0.25,
    "discount_rate": 0.15,
    "timing": 0.5,
    "printed": 0.0,
}


class TestValue:
    def test_is_a_profit_split_at_the_share_of_investment(self) -> None:
        own = {"technology_cost", "technology_margin", "enterprise_cost", "enterprise_margin"}
        plain = {key: value for key, value in GIVEN.items() if key not in own}
        split = plain | {"split_rate": 20 / 80, "split_decay": 0.0}

        value = valued(investment_ratio_split, GIVEN, years=2).values

        assert value == pytest.approx(valued(profit_split, split, years=2).values, rel=1e-12)

    def test_is_all_of_the_profit_where_nothing_else_is_invested(self) -> None:
        sheet = worked(investment_ratio_split, GIVEN | {"enterprise_cost": [0.0]}, years=2)

        assert sheet.lines["split_rate"].figure.values.tolist() == [1.0]


class TestSplitRate:
    @pytest.mark.parametrize(
        ("technology", "enterprise", "printed"),
        [(600.0, 3300.0, 0.1539), (500.0, 4500.0, 0.1), (1001.0, 8999.0, 0.1001)],
    )
    def test_rounds_up_to_a_hundredth_of_a_per_cent_as_printed(
        self, technology: float, enterprise: float, printed: float
    ) -> None:
        given = GIVEN | {
            "technology_cost": [technology],
            "technology_margin": 0.0,
            "enterprise_cost": [enterprise],
            "enterprise_margin": 0.0,
            "printed": 1.0,
        }

        split = worked(investment_ratio_split, given, years=2).lines["split_rate"].figure

        assert split.values == pytest.approx([printed], abs=1e-12)
