"""What a sale of a right brings: price cut, costs, time to sell, and the chance of no sale.

The arithmetic works on arrays, so that cells of a distribution and joint draws go through the same
lines. Proceeds are discounted at the risk-free or the legal rate: the risk stands in the spread of
the proceeds themselves, and a build-up rate on top would count it twice.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from scipy.special import ndtr, ndtri

from zhirong.core.distribution import CELLS, ValueDistribution
from zhirong.core.errors import InputError
from zhirong.core.operations import Array
from zhirong.parameters.reader import Parameters

# Swanson's rule: the 10 %, 50 % and 90 % points of a spread with these weights keep its mean and
# nearly its variance (Hurst, Brown and Swanson 2000).
SPREAD_WEIGHTS = (0.3, 0.4, 0.3)
MONTHS_A_YEAR = 12


class DisposalTermsError(InputError):
    """Terms of sale that cannot be."""

    code = "error.disposal_terms"

    def __init__(self, field: str, value: float) -> None:
        super().__init__(
            f"Terms of sale: {field} is {value}; a share lies from 0 to 1, "
            "and low, central and high ascend.",
            field=field,
            value=value,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A judged quantity by its 10 %, 50 % and 90 % points."""

    low: float
    central: float
    high: float

    @property
    def mean(self) -> float:
        """The mean under Swanson's weights."""
        points = (self.low, self.central, self.high)
        return sum(w * p for w, p in zip(SPREAD_WEIGHTS, points, strict=True))

    @property
    def points(self) -> Array:
        """The three points; shape (3,)."""
        return np.array([self.low, self.central, self.high])

    def sample(self, uniforms: Array) -> Array:
        """One of the three points for each uniform in [0, 1)."""
        first = SPREAD_WEIGHTS[0]
        places = (uniforms >= first).astype(np.intp) + (uniforms >= first + SPREAD_WEIGHTS[1])
        chosen: Array = self.points[places]
        return chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalTerms:
    """How a right is sold under one premise.

    Args:
        haircut: Share of the market value that the price falls short by.
        months: Months from the valuation date to the cash.
        no_sale_probability: Chance that nobody buys; the proceeds are then 0.
        cost_share: Share of the price that the sale itself takes (auction, agents, tax, court).
        cost_fixed: Costs that do not depend on the price, CNY.
        discount_rate: Yearly risk-free or legal rate, a share; never a build-up rate.
        is_observed_at_default: Whether the haircut was judged on sales after default, so that bad
            times are already in it.
    """

    haircut: Spread
    months: Spread
    no_sale_probability: float
    cost_share: float
    cost_fixed: float
    discount_rate: float
    is_observed_at_default: bool

    def __post_init__(self) -> None:
        shares = {
            "haircut": (self.haircut.low, self.haircut.central, self.haircut.high, 1.0),
            "months": (self.months.low, self.months.central, self.months.high, np.inf),
            "no_sale_probability": (self.no_sale_probability, 1.0),
            "cost_share": (self.cost_share, 1.0),
            "cost_fixed": (self.cost_fixed, np.inf),
            "discount_rate": (self.discount_rate, np.inf),
        }
        for field, ladder in shares.items():
            if any(b < a for a, b in zip((0.0, *ladder), ladder, strict=False)):
                raise DisposalTermsError(field, ladder[0])


def _spread(entry: Any) -> Spread:  # noqa: ANN401 - an entry of a parameter table
    return Spread(**{point: float(entry[point]) for point in ("low", "central", "high")})


def read_terms(
    parameters: Parameters, premise: str, *, on: date, discount_rate: float
) -> DisposalTerms:
    """The house's terms of sale for a premise: liquidation, gone_concern or default.

    Raises:
        ParameterNotFoundError: No terms for the premise on that day.
    """
    table = parameters.get(f"pledge.disposal.{premise}", on=on).value
    return DisposalTerms(
        haircut=_spread(table["haircut"]),
        months=_spread(table["months"]),
        no_sale_probability=float(table["no_sale_probability"]),
        cost_share=float(table["cost_share"]),
        cost_fixed=float(table["cost_fixed"]),
        discount_rate=discount_rate,
        is_observed_at_default=bool(table["is_observed_at_default"]),
    )


def net_proceeds(
    values: Array, *, haircut: Array | float, months: Array | float, terms: DisposalTerms
) -> Array:
    """What a sale that comes about brings, today's CNY; at least 0, for nobody must sell at a loss.

    >>> terms = DisposalTerms(
    ...     haircut=Spread(low=0.78, central=0.78, high=0.78),
    ...     months=Spread(low=18, central=18, high=18),
    ...     no_sale_probability=0.55, cost_share=0.15, cost_fixed=0, discount_rate=0.06,
    ...     is_observed_at_default=True,
    ... )
    >>> net_proceeds(np.array([6e6]), haircut=0.78, months=0, terms=terms).round()
    array([1122000.])
    """
    price = np.maximum(values, 0.0) * (1 - np.asarray(haircut))
    kept = np.maximum(price * (1 - terms.cost_share) - terms.cost_fixed, 0.0)
    years = np.asarray(months) / MONTHS_A_YEAR
    discounted: Array = kept * (1 + terms.discount_rate) ** -years
    return discounted


def disposal_samples(values: Array, *, terms: DisposalTerms, uniforms: Array) -> Array:
    """Proceeds along joint draws of the market value.

    Args:
        values: Market values, CNY; shape (..., draws).
        terms: The terms of sale.
        uniforms: In [0, 1), for sale, price and time; shape (3, ..., draws).
    """
    sale, price, time = uniforms
    proceeds = net_proceeds(
        values, haircut=terms.haircut.sample(price), months=terms.months.sample(time), terms=terms
    )
    sold: Array = np.where(sale < terms.no_sale_probability, 0.0, proceeds)
    return sold


def disposal_cells(cells: Array, *, terms: DisposalTerms) -> Array:
    """The 200 cell means of the proceeds from those of the market value, without drawing.

    Price, time and the chance of a sale are taken as independent of the market value; what makes
    bad values and bad sales come together is `given_default` or a haircut observed at default.
    """
    haircuts = terms.haircut.points[:, None, None]
    months = terms.months.points[None, :, None]
    outcomes = net_proceeds(cells[None, None, :], haircut=haircuts, months=months, terms=terms)
    shares = np.array(SPREAD_WEIGHTS)
    weights = shares[:, None, None] * shares[None, :, None] * np.full(cells.size, 1 / cells.size)
    chance = 1 - terms.no_sale_probability
    return weighted_cells(
        np.append(outcomes.ravel(), 0.0),
        np.append(weights.ravel() * chance, terms.no_sale_probability),
    )


def weighted_cells(values: Array, weights: Array) -> Array:
    """Cell means of outcomes with weights; the mean is kept exactly. Weights need not sum to 1.

    >>> weighted_cells(np.array([0.0, 8.0]), np.array([1.0, 3.0]))[[0, 49, 50, 199]]
    array([0., 0., 8., 8.])
    """
    used = weights > 0
    order = np.argsort(values[used], kind="stable")
    ordered, shares = values[used][order], weights[used][order]
    reached = np.concatenate([[0.0], np.cumsum(shares)])
    amounts = np.concatenate([[0.0], np.cumsum(shares * ordered)]) / reached[-1]
    # Rounded, so that a chance of 35 % ends exactly on the border of the 70th cell.
    places, edges = (np.round(x, 12) for x in (reached / reached[-1], np.arange(CELLS + 1) / CELLS))
    at_edges = np.interp(edges, places, amounts)
    means = np.diff(at_edges) * CELLS
    # Differences of sums may leave the range or the order by the last bit.
    inside: Array = np.maximum.accumulate(np.clip(means, ordered[0], ordered[-1]))
    return inside


def given_default(
    distribution: ValueDistribution, *, default_probability: float, correlation: float
) -> Array:
    """The cells of a market value in the states where its owner defaults.

    Value and the owner's fortune share a Gaussian copula with the correlation: a bad value is
    likelier among defaults. At correlation 0 nothing changes.

    Raises:
        DisposalTermsError: A probability or correlation outside 0 to 1.
    """
    if not 0 < default_probability < 1:
        raise DisposalTermsError("default_probability", default_probability)
    if not 0 <= correlation < 1:
        raise DisposalTermsError("correlation", correlation)
    scores = ndtri((np.arange(CELLS) + 0.5) / CELLS)
    own = np.sqrt(1 - correlation**2)
    weights = ndtr((ndtri(default_probability) - correlation * scores) / own)
    return weighted_cells(np.asarray(distribution.cells), weights)
