from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr

from tests.market_inputs import assert_draws_equal_central, worked
from zhirong.valuation.methods import renewal_option

# A utility model in its third year: what is left of the tariff, no reduction.
FEES = [900.0, 900.0, 1200.0, 1200.0, 1200.0, 2000.0, 2000.0]
GIVEN: dict[str, Any] = {
    "median_return": 3000.0,
    "spread": 1.2,
    "return_decline": 0.15,
    "fee": [FEES],
    "paid_fee": 600.0,
    "first_due": 0.4,
    "tax_rate": 0.25,
    "discount_rate": 0.12,
}


def lines_of(**changes: Any) -> dict[str, Any]:
    _, sheet = worked(renewal_option.value, renewal_option.Inputs, GIVEN | changes)
    return {key: line.figure.values[0] for key, line in sheet.lines.items()}


def by_backward_induction(draws: int) -> tuple[float, float]:
    """The value ahead and the chance of the last fee, by owners who decide year by year."""
    generator = np.random.default_rng(20)
    # Stratified uniforms keep the error of the mean far below that of plain draws.
    uniforms = (np.arange(draws) + generator.random(draws)) / draws
    scores = np.interp(uniforms, *_normal_table())
    returns = 3000 * np.exp(1.2 * scores)
    ahead = np.zeros(draws)
    for t in range(len(FEES) - 1, -1, -1):
        net = (returns * 0.85**t - FEES[t]) * 0.75
        ahead = np.maximum(net + ahead / 1.12, 0.0)
    alive = returns / 0.85 >= 600
    return float(ahead[alive].mean() / 1.12**0.4), float(alive.mean())


def _normal_table() -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    scores = np.linspace(-8, 8, 400_001)
    return ndtr(scores), scores


class TestValue:
    def test_equals_owners_who_decide_backwards_from_the_last_fee(self) -> None:
        expected, chance = by_backward_induction(400_000)

        lines = lines_of()

        assert lines["renewal_chance"] == pytest.approx(chance, abs=1e-4)
        # The upper tail, stratified, leaves an error of some parts in ten thousand.
        assert lines["renewal_value"] == pytest.approx(expected, rel=2e-3)

    def test_pays_every_fee_where_returns_are_sure_and_high(self) -> None:
        sure = lines_of(spread=0.0, return_decline=0.0, median_return=5000.0)

        expected = sum((5000 - fee) * 0.75 / 1.12 ** (t + 0.4) for t, fee in enumerate(FEES))
        assert sure["renewal_value"] == pytest.approx(expected)
        assert sure["paid_up_value"] == pytest.approx(5000 * 0.4 * 0.75 / 1.12**0.2)

    def test_stops_where_sure_returns_fall_below_the_fee(self) -> None:
        # 1,500 falling by 15 %: 1,500 and 1,275 beat 900; 1,083.75 does not beat 1,200.
        sure = lines_of(spread=0.0, median_return=1500.0)

        assert sure["kept_share"].tolist() == [1, 1, 0, 0, 0, 0, 0]

    def test_learns_from_the_fee_that_was_paid(self) -> None:
        assert lines_of()["value"] > lines_of(paid_fee=0.0)["value"]

    def test_ends_with_the_term(self) -> None:
        shorter = [*FEES[:3], 0.0, 0.0, 0.0, 0.0]

        lines = lines_of(fee=[shorter])

        assert lines["after_tax"][3:].tolist() == [0.0] * 4

    def test_is_at_least_as_much_as_being_bound_to_pay(self) -> None:
        lines = lines_of()
        bound = lines["mean_return"] * 0.85 ** np.arange(7) - np.array(FEES)

        free = lines_of(paid_fee=0.0)

        assert free["renewal_value"] >= np.sum(bound * 0.75 * free["discount_factor"])

    @settings(max_examples=40, deadline=None)
    @given(median=st.floats(1, 1e6), spread=st.floats(0.1, 2.5), decline=st.floats(0, 0.5))
    def test_is_never_negative_and_keeps_fewer_each_year(
        self, median: float, spread: float, decline: float
    ) -> None:
        lines = lines_of(median_return=median, spread=spread, return_decline=decline)

        assert lines["value"] >= 0
        assert np.all(np.diff(lines["kept_share"]) <= 1e-12)

    def test_falls_as_the_rate_rises(self) -> None:
        values = [lines_of(discount_rate=r)["value"] for r in (0.0, 0.1, 0.2)]

        assert values == sorted(values, reverse=True)

    def test_gives_each_equal_draw_the_central_value(self) -> None:
        assert_draws_equal_central(renewal_option.value, renewal_option.Inputs, GIVEN)
