"""Keep or drop: the fees a right still asks for against what it still brings, year by year.

A right need not be kept to the end of its term: the best year to stop is found, and the fees behind
it are the yuan that are saved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from zhirong.core import money
from zhirong.core.daycounts import years_and_part
from zhirong.core.errors import InputError
from zhirong.core.messages import Fact, Message
from zhirong.core.money import Money
from zhirong.parameters.reader import Parameters
from zhirong.rights.fees import AnnualFee


class UpkeepError(InputError):
    """Values or chances that do not stand beside the fees one to one."""

    code = "error.upkeep"

    def __init__(self, right: str, *, fees: int) -> None:
        super().__init__(
            f"Right {right}: {fees} fees need as many values and chances from 0 to 1.",
            right=right,
            fees=fees,
        )


class Advice(StrEnum):
    """What to do with a right."""

    KEEP = "keep"
    KEEP_UNTIL = "keep_until"
    DROP = "drop"
    REVIEW = "review"
    BOUND = "bound"
    NO_FEES = "no_fees"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """One right's fees ahead and what each of them buys.

    Args:
        right: Number of the right.
        fees: Still to be paid, after reduction, in order; to the end of life.
        values: For each fee what the year it opens brings, present value, CNY; they sum to the
            right's allocated value (`spread_over_years` where only that is known).
        survival: For each fee the chance that the right is still wanted when it falls due, given
            that it is in force today; ones for a right mapped to sales, which is kept by covenant.
        is_bound: Pledged or covenanted: giving it up needs the pledgee's consent.
    """

    right: str
    fees: tuple[AnnualFee, ...]
    values: tuple[float, ...]
    survival: tuple[float, ...]
    is_bound: bool

    def __post_init__(self) -> None:
        lengths = {len(self.fees), len(self.values), len(self.survival)}
        if len(lengths) != 1 or not all(0 <= chance <= 1 for chance in self.survival):
            raise UpkeepError(self.right, fees=len(self.fees))


@dataclass(frozen=True, slots=True, kw_only=True)
class UpkeepAdvice:
    """The advice for one right.

    Args:
        right: Number of the right.
        advice: What to do.
        keep_through: Last patent year worth paying for; None where none is.
        next_due_on: Day of the next fee; None where none is ahead.
        fees_ahead: All fees to the end of life, exact.
        fees_ahead_present: Their expected present value, CNY.
        value_ahead: Expected present value of what they buy, CNY.
        saved: Fees behind the last year worth paying for, exact; zero for a bound right.
        message: In words.
    """

    right: str
    advice: Advice
    keep_through: int | None
    next_due_on: date | None
    fees_ahead: Money
    fees_ahead_present: float
    value_ahead: float
    saved: Money
    message: Message


def read_review_margin(parameters: Parameters, *, on: date) -> float:
    """How many times its fees a right must bring before it is kept without a look, multiple."""
    return float(parameters.number("valuation.upkeep.review_margin", on=on))


def spread_over_years(
    value: float, *, years: int, decline: float, discount_rate: float
) -> tuple[float, ...]:
    """An allocated value over the years that fees open, falling by decline and discount.

    >>> parts = spread_over_years(100.0, years=2, decline=0.1, discount_rate=0.0)
    >>> [round(part, 2) for part in parts]
    [52.63, 47.37]
    """
    weights = ((1 - decline) / (1 + discount_rate)) ** np.arange(years)
    return tuple((value * weights / weights.sum()).tolist()) if years else ()


def advise(
    upkeep: Upkeep, *, valuation_date: date, discount_rate: float, review_margin: float
) -> UpkeepAdvice:
    """Until when a right is worth its fees, and what giving it up then saves.

    Args:
        upkeep: Fees, values and chances.
        valuation_date: From which fees are discounted.
        discount_rate: Yearly rate of the fees, share.
        review_margin: A right that brings less than this many times its fees is looked at first.
    """
    chances = np.asarray(upkeep.survival)
    years = [float(years_and_part(valuation_date, fee.due_on)) for fee in upkeep.fees]
    amounts = np.array([float(fee.payable.amount) for fee in upkeep.fees])
    costs = chances * amounts * (1 + discount_rate) ** -np.maximum(years, 0.0)
    values = chances * np.asarray(upkeep.values)
    kept = _best_length(values - costs)
    advice = _advice(upkeep, kept, value=float(values.sum()), floor=review_margin * costs.sum())
    ahead = money.total(fee.payable for fee in upkeep.fees)
    behind = money.total(fee.payable for fee in upkeep.fees[kept:])
    saved = behind if advice in (Advice.DROP, Advice.KEEP_UNTIL) else money.total(())
    through = upkeep.fees[kept - 1].patent_year if kept else None
    next_due = upkeep.fees[0].due_on if upkeep.fees else None
    facts: dict[str, Fact] = {
        "right": upkeep.right,
        "through": through,
        "due": next_due,
        "fees": ahead.amount,
        "value": float(values.sum()),
        "saved": behind.amount,
    }
    return UpkeepAdvice(
        right=upkeep.right,
        advice=advice,
        keep_through=through,
        next_due_on=next_due,
        fees_ahead=ahead,
        fees_ahead_present=float(costs.sum()),
        value_ahead=float(values.sum()),
        saved=saved,
        message=Message(f"upkeep.{advice.value}", facts),
    )


def _best_length(net: Sequence[float] | np.ndarray[tuple[int], np.dtype[np.float64]]) -> int:
    so_far = np.concatenate([[0.0], np.cumsum(net)])
    # The earliest of equal best years: a fee that brings nothing is not paid.
    return int(np.argmax(so_far))


def _advice(upkeep: Upkeep, kept: int, *, value: float, floor: float) -> Advice:
    if not upkeep.fees:
        return Advice.NO_FEES
    if kept < len(upkeep.fees) and upkeep.is_bound:
        return Advice.BOUND
    if kept == 0:
        return Advice.DROP
    if kept < len(upkeep.fees):
        return Advice.KEEP_UNTIL
    return Advice.REVIEW if value < floor and not upkeep.is_bound else Advice.KEEP
