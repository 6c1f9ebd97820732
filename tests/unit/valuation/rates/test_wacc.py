import pytest

from tests.method_inputs import worked
from zhirong.valuation.rates import wacc

GIVEN = {
    "equity": 60e6,
    "debt": 40e6,
    "cost_of_equity": 0.15,
    "cost_of_debt": 0.05,
    "tax_rate": 0.25,
}


class TestValue:
    def test_weighs_equity_and_debt_after_tax(self) -> None:
        lines = worked(wacc, GIVEN).lines

        assert float(lines["wacc"].figure) == pytest.approx(0.6 * 0.15 + 0.4 * 0.0375)
        assert float(lines["wacc_before_tax"].figure) == pytest.approx(0.14)

    def test_is_the_cost_of_equity_without_debt(self) -> None:
        assert float(worked(wacc, GIVEN | {"debt": 0.0}).lines["wacc"].figure) == 0.15

    def test_before_tax_gives_a_level_perpetuity_its_value_after_tax(self) -> None:
        lines = worked(wacc, GIVEN).lines

        after = 75.0 / float(lines["wacc"].figure)
        before = 100.0 / float(lines["wacc_before_tax"].figure)
        assert before == pytest.approx(after)
