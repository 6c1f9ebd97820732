"""Cell means keep what they stand for."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zhirong.core.distribution import (
    CELLS,
    Comonotonic,
    Meaning,
    OneFactor,
    ValueDistribution,
    add,
    cell_means,
    from_samples,
)

MEANING = Meaning(
    premise="liquidation",
    condition="default",
    horizon_years=1.5,
    are_costs_deducted=True,
    account="right",
)
SEEDS = st.integers(0, 2**32 - 1)
COUNTS = st.integers(CELLS, 1_500)
SHARES = st.integers(1, CELLS).map(lambda count: count / CELLS)
PROBABILITIES = st.floats(0.005, 0.995)


@st.composite
def samples(draw: st.DrawFn) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Lognormal values, some of them zero, of any count."""
    generator = np.random.default_rng(draw(SEEDS))
    drawn = np.exp(generator.normal(10, draw(st.floats(0, 2.5)), draw(COUNTS)))
    drawn[generator.random(drawn.size) < draw(st.floats(0, 1))] = 0.0
    return drawn


DISTRIBUTIONS = samples().map(lambda drawn: from_samples(drawn, meaning=MEANING))


@given(drawn=samples())
def test_the_mean_is_that_of_the_samples(drawn: np.ndarray):
    cells = cell_means(drawn)

    assert np.isclose(cells.mean(), drawn.mean(), rtol=1e-12, atol=0)


@given(drawn=samples(), share=SHARES)
def test_the_shortfall_is_the_mean_of_the_worst(drawn: np.ndarray, share: float):
    found = from_samples(drawn, meaning=MEANING).shortfall(share)

    worst = np.sort(drawn)
    count = share * drawn.size
    whole = int(count + 1e-9)
    part = (count - whole) * worst[whole] if whole < drawn.size else 0.0
    assert np.isclose(found, (worst[:whole].sum() + part) / count, rtol=1e-9, atol=1e-9)


@given(kept=DISTRIBUTIONS, one=PROBABILITIES, two=PROBABILITIES)
def test_quantiles_never_fall_as_the_probability_rises(
    kept: ValueDistribution, one: float, two: float
):
    low, high = sorted((one, two))

    assert kept.quantile(low) <= kept.quantile(high)
    assert kept.cells[0] <= kept.quantile(low) <= kept.quantile(high) <= kept.cells[-1]


@given(kept=DISTRIBUTIONS, share=SHARES)
def test_the_shortfall_is_never_above_the_mean(kept: ValueDistribution, share: float):
    assert kept.shortfall(share) <= kept.mean * (1 + 1e-12)


@given(parts=st.lists(DISTRIBUTIONS, min_size=1, max_size=5))
def test_full_dependence_adds_means_and_shortfalls(parts: list[ValueDistribution]):
    whole = add(parts, dependence=Comonotonic(), account="portfolio")

    for share in (0.05, 0.5, 1.0):
        added = sum(part.shortfall(share) for part in parts)
        assert np.isclose(whole.shortfall(share), added, rtol=1e-12)


@given(parts=st.lists(DISTRIBUTIONS, min_size=2, max_size=4), loading=st.floats(0, 1), seed=SEEDS)
def test_one_driver_keeps_the_mean_and_never_beats_full_dependence(
    parts: list[ValueDistribution], loading: float, seed: int
):
    driven = OneFactor(loading=loading, seed=seed, author="A. Tester")
    whole = add(parts, dependence=driven, account="portfolio")
    full = add(parts, dependence=Comonotonic(), account="portfolio")

    # 20,000 joint draws: five standard errors of the mean under full dependence, the widest sum.
    error = 5 * float(np.std(full.cells)) / np.sqrt(driven.draws) + 1e-9
    assert abs(whole.mean - full.mean) <= error
    assert whole.cells[0] >= full.cells[0] - 1e-9
    assert whole.cells[-1] <= full.cells[-1] * (1 + 1e-12)


@given(kept=DISTRIBUTIONS, factor=st.floats(0, 10))
def test_a_share_scales_everything(kept: ValueDistribution, factor: float):
    scaled = kept.scaled(factor)

    assert np.isclose(scaled.mean, kept.mean * factor)
    assert np.isclose(scaled.quantile(0.3), kept.quantile(0.3) * factor)
