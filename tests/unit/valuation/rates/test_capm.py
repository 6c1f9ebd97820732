import pytest

from tests.method_inputs import worked
from zhirong.valuation.rates import capm

GIVEN = {
    "risk_free": 0.025,
    "unlevered_beta": 0.9,
    "debt_to_equity": 0.4,
    "tax_rate": 0.25,
    "equity_premium": 0.065,
    "size_premium": 0.03,
    "specific_premium": 0.02,
}


class TestValue:
    def test_levers_beta_and_adds_the_premiums(self) -> None:
        lines = worked(capm, GIVEN).lines

        assert float(lines["levered_beta"].figure) == pytest.approx(0.9 * 1.3)
        expected = 0.025 + 1.17 * 0.065 + 0.05
        assert float(lines["cost_of_equity"].figure) == pytest.approx(expected)

    def test_is_the_risk_free_rate_without_beta_and_premiums(self) -> None:
        none = GIVEN | {"unlevered_beta": 0.0, "size_premium": 0.0, "specific_premium": 0.0}

        assert float(worked(capm, none).lines["cost_of_equity"].figure) == 0.025
