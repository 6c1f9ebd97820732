from datetime import date

import numpy as np
import pytest

from zhirong.securitization.analytics import dated_returns, spreads, yields
from zhirong.securitization.analytics.dated_returns import DatedCash
from zhirong.securitization.analytics.spreads import Curve
from zhirong.securitization.analytics.yields import NoYieldError
from zhirong.securitization.behavior import curves, standard_cash_flow
from zhirong.securitization.behavior.standard_cash_flow import Terms

YEARS = np.arange(1, 6, dtype=float)
BULLET = np.array([5.0, 5.0, 5.0, 5.0, 105.0])


class TestPublishedPassThrough:
    """A 9 % pass-through of 360 months at 150 PSA, paid with a delay of 14 days, at par."""

    @pytest.fixture
    def flow(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        out = standard_cash_flow.cash_flow(
            Terms(balance=100.0, rate=0.095, term=360, lag_months=12, severity=0.0),
            prepayment=curves.psa(1.5, months=360),
            default=np.zeros(360),
        )
        principal = out.actual_amortization + out.prepayments
        before = np.concatenate([[100.0], out.performing[:-1]])
        return (np.arange(1, 361) * 30 + 14) / 360, principal, principal + before * 0.09 / 12

    def test_yields_what_is_printed(self, flow: tuple[np.ndarray, ...]) -> None:
        times, _, cash = flow

        monthly = yields.yield_of(times, cash, 100.0, frequency=12)

        assert monthly * 100 == pytest.approx(8.93863, abs=5e-6)
        half_yearly = yields.converted(monthly, frequency=12, into=2)
        assert half_yearly * 100 == pytest.approx(9.10675, abs=5e-6)

    def test_lives_and_bends_as_printed(self, flow: tuple[np.ndarray, ...]) -> None:
        times, principal, cash = flow

        measured = yields.sensitivity(times, cash, 0.0910674822, frequency=2)

        assert yields.weighted_average_life(times, principal) == pytest.approx(9.77844, abs=5e-6)
        assert measured.macaulay_years == pytest.approx(5.73147, abs=5e-6)
        assert measured.modified_years == pytest.approx(5.48186, abs=5e-6)
        assert measured.convexity / 100 == pytest.approx(0.544326, abs=5e-7)


class TestYieldOf:
    @pytest.mark.parametrize("frequency", [0, 1, 2, 12])
    @pytest.mark.parametrize("rate", [-0.03, 0.0001, 0.05, 0.9])
    def test_gives_back_the_yield_of_a_price(self, rate: float, frequency: int) -> None:
        paid = yields.price(YEARS, BULLET, rate, frequency=frequency)

        assert yields.yield_of(YEARS, BULLET, paid, frequency=frequency) == pytest.approx(rate)

    @pytest.mark.parametrize(("cash", "paid"), [(BULLET, 0.0), (-BULLET, 90.0), (BULLET * 0, 90.0)])
    def test_refuses_cash_without_a_yield(self, cash: np.ndarray, paid: float) -> None:
        with pytest.raises(NoYieldError):
            yields.yield_of(YEARS, cash, paid)


class TestSensitivity:
    @pytest.mark.parametrize("frequency", [0, 1, 4])
    def test_is_the_slope_and_bend_of_the_price(self, frequency: int) -> None:
        def at(rate: float) -> float:
            return yields.price(YEARS, BULLET, rate, frequency=frequency)

        step = 1e-4
        measured = yields.sensitivity(YEARS, BULLET, 0.06, frequency=frequency)
        down, base, up = at(0.06 - step), at(0.06), at(0.06 + step)

        assert measured.modified_years == pytest.approx(
            yields.effective_duration(down=down, base=base, up=up, shift=step), rel=1e-6
        )
        assert measured.convexity == pytest.approx(
            yields.effective_convexity(down=down, base=base, up=up, shift=step), rel=1e-4
        )


class TestWeightedAverageLife:
    def test_is_in_years_and_not_cut(self) -> None:
        life = yields.weighted_average_life([0.5, 1.0], [50.0, 50.0])

        assert life == 0.75
        assert yields.weighted_average_life([1.0], [0.0]) == 0.0


class TestSpreads:
    CURVE = Curve(years=(1.0, 3.0, 5.0), zero_rates=(0.02, 0.025, 0.03))

    def test_static_is_zero_at_the_price_of_the_curve(self) -> None:
        paid = float(self.CURVE.discount(YEARS) @ BULLET)

        assert spreads.static(self.CURVE, YEARS, BULLET, paid) == pytest.approx(0.0, abs=1e-12)

    def test_static_is_what_was_added(self) -> None:
        paid = float(self.CURVE.discount(YEARS, spread=0.0123) @ BULLET)

        assert spreads.static(self.CURVE, YEARS, BULLET, paid) == pytest.approx(0.0123)

    def test_nominal_compares_like_with_like(self) -> None:
        flat = Curve(years=(1.0,), zero_rates=(np.log(1.03),))

        assert spreads.nominal(flat, rate=0.05, frequency=1, average_life=4.0) == pytest.approx(
            0.02
        )

    def test_discount_margin_at_par_is_the_quoted_margin(self) -> None:
        index, quoted = np.array([0.03, 0.032, 0.034, 0.03]), 0.0085
        times = np.array([0.25, 0.5, 0.75, 1.0])
        cash = 100 * (index + quoted) * 0.25
        cash[-1] += 100

        margin = spreads.discount_margin(times=times, cash=cash, index=index, paid=100.0)
        assert margin == pytest.approx(quoted)
        assert spreads.discount_margin(times=times, cash=cash, index=index, paid=99.0) > quoted

    def test_refuse_what_is_never_worth_its_price(self) -> None:
        with pytest.raises(NoYieldError):
            spreads.static(self.CURVE, YEARS, -BULLET, 90.0)


class TestXirr:
    def test_is_the_printed_return_of_a_tranche(self) -> None:
        flows = [
            DatedCash(date(2021, 4, 1), -500.0),
            DatedCash(date(2021, 6, 20), 240.70),
            DatedCash(date(2021, 7, 20), 59.46),
            DatedCash(date(2021, 8, 19), 210.24),
        ]

        assert dated_returns.xirr(flows) == pytest.approx(0.07196, abs=5e-6)

    def test_is_the_printed_return_above_all_bounds_of_a_coupon(self) -> None:
        flows = [
            DatedCash(date(2025, 1, 1), -100.0),
            DatedCash(date(2025, 3, 1), 50.0),
            DatedCash(date(2025, 10, 18), 70.0),
        ]

        assert dated_returns.xirr(flows) == pytest.approx(0.4264067, abs=5e-7)

    def test_refuses_flows_of_one_sign(self) -> None:
        with pytest.raises(NoYieldError):
            dated_returns.xirr([DatedCash(date(2025, 1, 1), 1.0), DatedCash(date(2025, 2, 1), 1.0)])
