"""Build-up of a discount rate: the risk-free rate plus scored risks, each up to its cap."""

from dataclasses import dataclass
from datetime import date

from zhirong.core.figure import Figure
from zhirong.core.sheet import Sheet
from zhirong.parameters.reader import Parameters
from zhirong.valuation import composite_score, published
from zhirong.valuation.composite_score import Factor, Judgments

KEY = "build_up"
TAX_BASIS = "after_tax"
WEIGHTS = "valuation.build_up.weights"
CAPS = "valuation.build_up.caps"


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A risk with its judged factors; a score of 100 adds the whole cap (share) to the rate."""

    key: str
    cap: Figure
    factors: tuple[Factor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the rate is built from.

    Attributes:
        risk_free: Yield of government bonds that run as long as the income, share; no axes.
        risks: Technology, market, funding and management risk.
    """

    risk_free: Figure
    risks: tuple[Risk, ...]


def enter(
    sheet: Sheet, *, judgments: Judgments, parameters: Parameters, on: date
) -> tuple[Risk, ...]:
    """The risks of the weights' table with their caps and judged factors, entered on the sheet.

    Raises:
        ScoreMissingError: A factor of the table has no entry among the judgments.
    """
    weights = parameters.get(WEIGHTS, on=on)
    caps = parameters.get(CAPS, on=on)
    return tuple(
        Risk(
            key=key,
            cap=published.enter_part(sheet, f"cap_{key}", (caps.value[key], "share"), caps, on=on),
            factors=composite_score.enter(
                sheet, factors, judgments=judgments, table=weights, on=on
            ),
        )
        for key, factors in weights.value.items()
    )


def value(sheet: Sheet, *, a: Inputs) -> Figure:
    """The discount rate after tax; lines "<risk>_score", "<risk>" and "discount_rate", share.

    Source:
        Practice of Chinese appraisal reports: risk-accumulation method.
    """
    rate = a.risk_free
    for risk in a.risks:
        score = sheet.line(f"{risk.key}_score", composite_score.weighted(risk.factors), "point")
        rate = rate + sheet.line(risk.key, risk.cap * (score / 100), "share")
    return sheet.line("discount_rate", rate, "share")
