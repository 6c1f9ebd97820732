"""Shapley's value of 102 rights on five features, by quadrature."""

from collections.abc import Iterator

import numpy as np

from benchmarks.measuring import Measure, fastest, seconds
from zhirong.valuation.allocation import FeatureGame, shapley_shares

RIGHTS, FEATURES = 102, 5


def _games(rights: int) -> list[FeatureGame]:
    generator = np.random.default_rng(5)
    return [
        FeatureGame(
            value=float(generator.uniform(0.1, 0.3)),
            rights=tuple(range(rights)),
            cover=tuple(generator.uniform(0.05, 0.95, rights).tolist()),
        )
        for _ in range(FEATURES)
    ]


def run() -> Iterator[Measure]:
    """All rights cover all features: the largest game of that size."""
    for rights in (RIGHTS, 1_000):
        games = _games(rights)
        spent = fastest(lambda: shapley_shares(games, rights), runs=10)  # noqa: B023 - run at once
        yield Measure(what=f"{rights} rights on {FEATURES} features", figure=seconds(spent))
