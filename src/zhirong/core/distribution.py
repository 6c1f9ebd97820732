"""Value distributions: what a right is worth, never as a bare number.

A distribution is 200 means of equal-probability cells, ascending. The mean is their average, the
expected shortfall below k/200 a partial average, "no sale" is simply cells of 0, and a sample is
`cells[int(200 u)]`. It says what it is a distribution of: premise, condition, horizon, whether
costs are in, and the unit of account.
"""

import math
import operator
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr

from zhirong.core.errors import InputError
from zhirong.core.operations import Array

CELLS = 200
PREMISES = ("market_value", "liquidation", "gone_concern")
CONDITIONS = ("none", "default", "forced_sale")
ACCOUNTS = ("right", "asset_group", "product", "portfolio", "collateral_set")


class DistributionError(InputError):
    """Cells or a probability that make no distribution."""

    code = "error.distribution"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a distribution is of.

    Args:
        premise: market_value, liquidation or gone_concern.
        condition: none, default or forced_sale.
        horizon_years: Time from the valuation date to the cash; 0 for a value today.
        are_costs_deducted: Whether costs of sale are taken off.
        account: right, asset_group, product, portfolio or collateral_set.
    """

    premise: str
    condition: str
    horizon_years: float
    are_costs_deducted: bool
    account: str

    def __post_init__(self) -> None:
        if self.premise not in PREMISES or self.condition not in CONDITIONS:
            raise DistributionError(f"{self.premise!r} under {self.condition!r} has no meaning.")
        if self.account not in ACCOUNTS:
            raise DistributionError(f"{self.account!r} is no unit of account.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comonotonic:
    """Full dependence: bad with bad, good with good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OneFactor:
    """One Gaussian driver: each part loads on the same factor. An assumption with an author.

    Args:
        loading: Share b of the driver in each part, 0 to 1; correlation of two parts is b squared.
        seed: Seed of the joint draws.
        draws: Number of joint draws.
        author: Who answers for the loading.
    """

    loading: float
    seed: int
    draws: int = 20_000
    author: str

    def __post_init__(self) -> None:
        if not 0 <= self.loading <= 1:
            raise DistributionError(f"A loading is a share, not {self.loading}.")


Dependence = Comonotonic | OneFactor


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueDistribution:
    """200 equal-probability cell means, ascending, CNY, and what they mean."""

    cells: tuple[float, ...]
    meaning: Meaning
    currency: str = "CNY"

    def __post_init__(self) -> None:
        if len(self.cells) != CELLS:
            raise DistributionError(f"{len(self.cells)} cells instead of {CELLS}.")
        if not all(map(math.isfinite, self.cells)):
            raise DistributionError("A cell is no number.")
        if any(map(operator.lt, self.cells[1:], self.cells)):
            raise DistributionError("The cells do not ascend.")

    @property
    def mean(self) -> float:
        """The expected value."""
        return float(np.mean(self.cells))

    @property
    def probability_of_zero(self) -> float:
        """The share of cells at zero or below."""
        return sum(1 for cell in self.cells if cell <= 0) / CELLS

    def quantile(self, probability: float) -> float:
        """The value that is not exceeded with the probability, read between cell means.

        Raises:
            DistributionError: A probability outside 0.5 % to 99.5 %, where cells say nothing.
        """
        if not 0.005 <= probability <= 0.995:
            raise DistributionError(
                f"Quantiles are offered from 0.5 % to 99.5 %, not {probability}."
            )
        middles = (np.arange(CELLS) + 0.5) / CELLS
        return float(np.interp(probability, middles, self.cells))

    def interval(self, share: float = 0.8) -> tuple[float, float]:
        """The central interval that holds the share of probability."""
        tail = (1 - share) / 2
        return self.quantile(tail), self.quantile(1 - tail)

    def shortfall(self, probability: float) -> float:
        """The mean of the worst share of outcomes; the share is a multiple of 1/200."""
        count = round(probability * CELLS)
        if not 1 <= count <= CELLS or abs(count - probability * CELLS) > 1e-9:
            raise DistributionError(f"{probability} is no multiple of 1/{CELLS} in (0, 1].")
        return float(np.mean(self.cells[:count]))

    def sample(self, uniforms: Array) -> Array:
        """Values for uniforms in [0, 1)."""
        places = np.minimum((uniforms * CELLS).astype(np.intp), CELLS - 1)
        values: Array = np.asarray(self.cells)[places]
        return values

    def scaled(self, factor: float, *, account: str | None = None) -> "ValueDistribution":
        """The distribution of a share of this; factor at least 0."""
        if not factor >= 0:
            raise DistributionError(f"A share is not negative: {factor}.")
        meaning = self.meaning if account is None else replace(self.meaning, account=account)
        cells = tuple(cell * factor for cell in self.cells)
        return ValueDistribution(cells=cells, meaning=meaning, currency=self.currency)


def cell_means(samples: Array) -> Array:
    """Cell means of samples along the last axis; shape (..., 200).

    The number of samples need not be a multiple of 200: a sample on the border of two cells counts
    in each by its part, so the mean of the cells is the mean of the samples.

    Raises:
        DistributionError: Fewer than 200 samples.

    >>> cell_means(np.arange(400.0))[:2]
    array([0.5, 2.5])
    """
    count = samples.shape[-1]
    if count < CELLS:
        raise DistributionError(f"{count} samples make no {CELLS} cells.")
    # Row by row: a sorted copy of all of them at once would not stay in the cache.
    rows = [_row_means(np.sort(row)) for row in samples.reshape(-1, count)]
    means: Array = np.array(rows).reshape(*samples.shape[:-1], CELLS)
    return means


def _row_means(ordered: Array) -> Array:
    count = len(ordered)
    if count % CELLS == 0:
        means: Array = ordered.reshape(CELLS, count // CELLS).mean(axis=-1)
        return means
    cumulative = np.concatenate([[0.0], np.cumsum(ordered)])
    edges = np.linspace(0, count, CELLS + 1)
    low = np.minimum(edges.astype(np.intp), count - 1)
    at_edges = cumulative[low] + (edges - low) * ordered[low]
    differences: Array = np.diff(at_edges) * (CELLS / count)
    # Rounding of the cumulative sum may break the order by the last bit.
    monotone: Array = np.maximum.accumulate(differences)
    return monotone


def from_samples(samples: Array, *, meaning: Meaning) -> ValueDistribution:
    """The distribution of samples; shape (draws,), CNY."""
    return ValueDistribution(cells=tuple(cell_means(samples).tolist()), meaning=meaning)


def certain(value: float, *, meaning: Meaning) -> ValueDistribution:
    """A value that nothing moves, as a distribution."""
    return ValueDistribution(cells=(value,) * CELLS, meaning=meaning)


def add(
    parts: Sequence[ValueDistribution], *, dependence: Dependence, account: str
) -> ValueDistribution:
    """The distribution of the sum; how the parts move together is named, never assumed.

    Parts that share a cash flow must not be added from their margins at all: take the joint draws.

    Raises:
        DistributionError: No parts, or parts of different meaning or currency.
    """
    if not parts:
        raise DistributionError("Nothing to add.")
    first = parts[0].meaning
    if any(replace(part.meaning, account=first.account) != first for part in parts):
        raise DistributionError("The parts do not mean the same.")
    currency = parts[0].currency
    if any(part.currency != currency for part in parts):
        raise DistributionError("The parts are in different currencies.")
    meaning = replace(first, account=account)
    if isinstance(dependence, Comonotonic):
        cells = np.sum([part.cells for part in parts], axis=0)
        return ValueDistribution(cells=tuple(cells.tolist()), meaning=meaning, currency=currency)
    generator = np.random.default_rng(dependence.seed)
    factor = generator.standard_normal(dependence.draws)
    own_weight = np.sqrt(1 - dependence.loading**2)
    joint = np.zeros(dependence.draws)
    for part in parts:
        own = generator.standard_normal(dependence.draws)
        joint += part.sample(ndtr(dependence.loading * factor + own_weight * own))
    return replace(from_samples(joint, meaning=meaning), currency=currency)
