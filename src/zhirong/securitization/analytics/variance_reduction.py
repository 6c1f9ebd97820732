"""Whether a method that reduces variance is worth it: the ratio of variances at equal time.

A method is kept only from a published ratio on; otherwise plain sampling stays, and the comparison
says so. Cost is passed in, since nothing here looks at a clock.
"""

from dataclasses import dataclass
from datetime import date

from zhirong.parameters.reader import Parameters
from zhirong.securitization.analytics.loss_estimates import Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A method tried: its estimate over so many paths, and its cost a path in any unit.

    `variance_a_path` is given where it is known better than the estimate's own error says.
    """

    name: str
    estimate: Estimate
    paths: int
    cost_a_path: float
    variance_a_path: float | None = None

    @property
    def variance_at_unit_cost(self) -> float:
        """Variance of the estimate if one unit of cost were spent."""
        own = self.estimate.standard_error**2 * self.paths
        return (own if self.variance_a_path is None else self.variance_a_path) * self.cost_a_path


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A method against plain sampling.

    Attributes:
        plain: Plain sampling.
        other: The method.
        ratio: Variance of plain sampling over that of the method at equal cost; None where one of
            them saw no event, so that its variance is not known.
        least: From which ratio on the method is kept.
    """

    plain: Trial
    other: Trial
    ratio: float | None
    least: float

    @property
    def is_kept(self) -> bool:
        """Whether the method replaces plain sampling."""
        return self.ratio is not None and self.ratio >= self.least

    @property
    def chosen(self) -> Trial:
        """The method if it is kept, else plain sampling."""
        return self.other if self.is_kept else self.plain


def published_least(parameters: Parameters, *, on: date) -> float:
    """The ratio in force on a day."""
    return float(parameters.get("securitization.variance_ratio_min", on=on).value)


def compared(plain: Trial, other: Trial, *, least: float) -> Comparison:
    """Plain sampling and a method side by side; both estimate the same thing."""
    ratio = None
    if plain.variance_at_unit_cost > 0.0 and other.variance_at_unit_cost > 0.0:
        ratio = plain.variance_at_unit_cost / other.variance_at_unit_cost
    return Comparison(plain=plain, other=other, ratio=ratio, least=least)
