"""What the cost methods share: trending of past costs, capital cost, obsolescence."""

from collections.abc import Mapping

from zhirong.core.errors import InputError
from zhirong.core.figure import Figure, maximum, ratio, where


class PriceIndexError(InputError):
    """A year of spending without a price index, or nothing spent."""

    code = "error.price_index"

    def __init__(self, year: int) -> None:
        super().__init__(
            f"Year {year} has no price index above 0, or nothing was spent.", year=str(year)
        )


def composite_index(
    costs: Mapping[int, float], *, index: Mapping[int, float], to_year: int
) -> float:
    """Cost today over cost then: each year's spending lifted by the price index.

    Args:
        costs: Spending by calendar year, CNY.
        index: Price level by calendar year, any base, above 0.
        to_year: The year whose prices count.

    Raises:
        PriceIndexError: A year without index, or no spending at all.

    >>> spent = {2021: 100.0, 2023: 100.0}
    >>> round(composite_index(spent, index={2021: 100, 2023: 110}, to_year=2023), 3)
    1.05
    """
    for year in (*costs, to_year):
        if not index.get(year, 0.0) > 0:
            raise PriceIndexError(year)
    spent = sum(costs.values())
    if not spent > 0:
        raise PriceIndexError(to_year)
    return sum(cost * index[to_year] / index[year] for year, cost in costs.items()) / spent


def capital_cost(cost: Figure, *, rate: Figure, development_years: Figure) -> Figure:
    """Interest on costs spent evenly over the development: half the time on average, CNY."""
    return cost * ((1 + rate) ** (development_years / 2) - 1)


def age_rate(*, used_years: Figure, remaining_years: Figure) -> Figure:
    """Obsolescence by age: used life over whole economic life, a share."""
    return ratio(used_years, used_years + remaining_years)


def remaining_share(*, functional: Figure, economic: Figure, additive: Figure) -> Figure:
    """The share of cost that is left after obsolescence, 0 to 1.

    Args:
        functional: Functional obsolescence, share.
        economic: Economic obsolescence, share.
        additive: 1 where the two are added and taken off together; 0 where the second is taken of
            what the first left. A convention with a name.
    """
    together = maximum(1 - functional - economic, 0)
    return where(additive, together, (1 - functional) * (1 - economic))
