import pytest

from zhirong.securitization.behavior import tranche_spreads
from zhirong.securitization.behavior.factor_models import CorrelationError, OneFactor
from zhirong.securitization.behavior.tranche_spreads import EqualNames

POOL = EqualNames(names=100, hazard=0.01, recovery=0.4, years=5.0, rate=0.05)
SLICES = ((0.0, 0.03), (0.03, 0.06), (0.06, 0.10), (0.10, 1.0))


class TestFairSpread:
    @pytest.mark.parametrize(
        ("model", "printed", "within"),
        [
            (OneFactor(correlation=0.1), (2279, 450, 89, 1), 0.03),
            (OneFactor(correlation=0.3), (1487, 472, 203, 7), 0.02),
            (OneFactor(correlation=0.3, own_degrees=5), (1766, 420, 161, 6), 0.02),
            (OneFactor(correlation=0.3, market_degrees=5), (1444, 408, 171, 10), 0.02),
            (
                OneFactor(correlation=0.3, market_degrees=5, own_degrees=5),
                (1713, 359, 136, 9),
                0.02,
            ),
        ],
    )
    def test_is_hull_and_whites(
        self, model: OneFactor, printed: tuple[int, ...], within: float
    ) -> None:
        # Spreads are printed in whole basis points.
        for (attach, detach), spread in zip(SLICES, printed, strict=True):
            fair = tranche_spreads.fair_spread(POOL, model, attach=attach, detach=detach) * 1e4
            assert fair == pytest.approx(spread, rel=within, abs=0.5)

    def test_of_the_whole_pool_is_its_credit_spread(self) -> None:
        # Premium stops at losses, not defaults, so the pool pays hazard x (1 - R) on what is left.
        fair = tranche_spreads.fair_spread(
            EqualNames(
                names=50, hazard=0.01, recovery=0.0, years=1.0, rate=0.0, payments_per_year=52
            ),
            OneFactor(correlation=0.2),
            attach=0.0,
            detach=1.0,
        )

        assert fair == pytest.approx(0.01, rel=1e-3)


class TestOneFactor:
    @pytest.mark.parametrize("degrees", [None, 5.0])
    def test_gives_back_the_probability_over_all_factors(self, degrees: float | None) -> None:
        model = OneFactor(correlation=0.25, market_degrees=degrees, own_degrees=degrees)
        factor, weight = model.factor_nodes()

        for pd in (0.001, 0.02, 0.3):
            assert weight @ model.conditional_pd(pd, factor) == pytest.approx(pd, rel=2e-3)

    @pytest.mark.parametrize(("correlation", "degrees"), [(1.0, None), (-0.1, None), (0.2, 2.0)])
    def test_refuses_what_is_no_model(self, correlation: float, degrees: float | None) -> None:
        with pytest.raises(CorrelationError):
            OneFactor(correlation=correlation, market_degrees=degrees)
