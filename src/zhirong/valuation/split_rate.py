"""Split rates by composite scoring: K = m + (n - m) x score within the industry's range."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhirong.core.figure import Figure
from zhirong.core.sheet import Sheet
from zhirong.parameters.reader import Parameter, ParameterNotFoundError, Parameters
from zhirong.valuation import composite_score, published
from zhirong.valuation.composite_score import Factor, Judgments

KEY = "split_rate"
SCORING = "valuation.split_rate.scoring"
RANGES = "valuation.split_range"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of factors (legal, technical, economic) and its weight among the groups."""

    key: str
    weight: Figure
    factors: tuple[Factor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Lowest and highest split of sales that an industry pays, as a rule proposes; shares."""

    industry: str
    low: Decimal
    high: Decimal
    parameter: Parameter


def enter(
    sheet: Sheet, *, judgments: Judgments, parameters: Parameters, on: date
) -> tuple[Group, ...]:
    """The groups of the scoring table with their judged factors, entered on the sheet.

    Raises:
        ScoreMissingError: A factor of the table has no entry among the judgments.
    """
    table = parameters.get(SCORING, on=on)
    groups = []
    for key, group in table.value.items():
        weights = {name: factor["weight"] for name, factor in group["factors"].items()}
        factors = composite_score.enter(sheet, weights, judgments=judgments, table=table, on=on)
        share = (group["weight"], "share")
        weight = published.enter_part(sheet, f"weight_{key}", share, table, on=on)
        groups.append(Group(key=key, weight=weight, factors=factors))
    return tuple(groups)


def composite(sheet: Sheet, *, groups: tuple[Group, ...]) -> Figure:
    """The composite score; lines "<group>_score" and "composite_score", points of 0 to 100."""
    scores = tuple(
        Factor(
            key=group.key,
            weight=group.weight,
            score=sheet.line(
                f"{group.key}_score", composite_score.weighted(group.factors), "point"
            ),
        )
        for group in groups
    )
    return sheet.line("composite_score", composite_score.weighted(scores), "point")


def rate(sheet: Sheet, *, low: Figure, high: Figure, score: Figure) -> Figure:
    """The split rate within the range, as far up as the score says; line "split_rate", share."""
    return sheet.line("split_rate", low + (high - low) * (score / 100), "share")


def proposed_range(industry: str, *, parameters: Parameters, on: date) -> Range:
    """The industry's range of splits of sales; a proposal that an analyst accepts with reason.

    Raises:
        ParameterNotFoundError: The table has no such industry.
    """
    table = parameters.get(RANGES, on=on)
    if industry not in table.value:
        raise ParameterNotFoundError(f"{RANGES}.{industry}", on=on, first=None)
    low, high = table.value[industry]
    return Range(industry=industry, low=low, high=high, parameter=table)
