"""The words in which plans differ although the contract reads alike: rounding, splits, measures."""

from dataclasses import dataclass
from enum import StrEnum

from zhirong.core.daycounts import DayCount


class Rounding(StrEnum):
    """How a product becomes whole fen."""

    HALF_UP = "half_up"
    TRUNCATE = "truncate"  # cut to the fen


class Split(StrEnum):
    """How an amount that is short is shared over those who are owed.

    `running_total` rounds the running total and takes differences, so nothing is lost;
    `remainder_to_first` cuts every share and gives what is left to the first.
    """

    RUNNING_TOTAL = "running_total"
    REMAINDER_TO_FIRST = "remainder_to_first"


class InterestOnUnpaid(StrEnum):
    """What interest that stays unpaid earns: nothing, or the tranche's own rate."""

    NONE = "none"
    TRANCHE_RATE = "tranche_rate"


class Measured(StrEnum):
    """Which balance a yearly rate is charged on.

    `opening` is the balance when the fee was last calculated, `closing` the one on the day,
    `time_weighted` the balance of each day between; `time_weighted_to_collection` counts days
    only up to the last day of the last collection period, as one engine does.
    """

    OPENING = "opening"
    CLOSING = "closing"
    TIME_WEIGHTED = "time_weighted"
    TIME_WEIGHTED_TO_COLLECTION = "time_weighted_to_collection"


class ResetAccrual(StrEnum):
    """On which day a new rate starts to count: the reset day itself, or the next payment date."""

    RESET_DATE = "reset_date"
    NEXT_PERIOD = "next_period"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """The conventions of one plan; `day_count` holds where a tranche or fee names none."""

    rounding: Rounding
    split: Split
    day_count: DayCount
    interest_on_unpaid: InterestOnUnpaid
    reset_accrual: ResetAccrual
