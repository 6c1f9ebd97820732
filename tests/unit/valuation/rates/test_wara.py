import pytest

from tests.method_inputs import worked
from zhirong.valuation.profit_check import Holding, returns_reconcile
from zhirong.valuation.rates import wara

GIVEN = {
    "wacc": 0.11,
    "working_capital": 20e6,
    "fixed_assets": 30e6,
    "intangibles": 50e6,
    "working_capital_return": 0.035,
    "fixed_assets_return": 0.07,
}


class TestValue:
    def test_leaves_to_intangibles_what_wacc_still_needs(self) -> None:
        # rules.md 1.4: Ri = (WACC - Wc Rc - Wf Rf) / Wi.
        rate = float(worked(wara, GIVEN).lines["intangible_rate"].figure)

        assert rate == pytest.approx((0.11 - 0.2 * 0.035 - 0.3 * 0.07) / 0.5)

    def test_gives_the_rate_at_which_returns_reconcile(self) -> None:
        rate = float(worked(wara, GIVEN).lines["intangible_rate"].figure)
        holdings = (
            Holding(asset="working_capital", value=20e6, rate=0.035),
            Holding(asset="fixed_assets", value=30e6, rate=0.07),
            Holding(asset="intangibles", value=50e6, rate=rate),
        )

        assert returns_reconcile(holdings, wacc=0.11, tolerance=0.0, subject="firm") == ()
