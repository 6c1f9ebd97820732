"""Fees and taxes of a plan: what falls due, on what, with which cap."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from zhirong.core.daycounts import DayCount
from zhirong.securitization.plan.conventions import Measured
from zhirong.securitization.plan.formulas import Formula, Quantity


class FeeKind(StrEnum):
    """What makes a fee fall due."""

    ON_DATES = "on_dates"  # amounts on days: one-off, recurring, a schedule
    ANNUAL_RATE = "annual_rate"  # a yearly rate on a balance
    SHARE_OF_COLLECTIONS = "share_of_collections"  # a share of what came in since last calculated
    UP_TO_FORMULA = "up_to_formula"  # what a formula says in total, less what was paid
    FORMULA = "formula"  # what a formula says, each time it is calculated
    RESIDUAL = "residual"  # nothing falls due: it is paid out of what is left


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """One fee. `dues` are (day, fen); `rate` is a share (a year, or of collections or formula).

    `base` is what a rate is charged on; of collections, `kinds` says which. Unpaid amounts stay
    due unless `lapses`. Caps bound what is paid within the cap, by payment date and by calendar
    year; what is above stays due and can be paid by a later step that pays above the cap.
    """

    key: str
    kind: FeeKind
    dues: tuple[tuple[date, int], ...] = ()
    rate: Fraction = Fraction(0)
    base: Formula | None = None
    measured: Measured = Measured.CLOSING
    kinds: tuple[Quantity, ...] = ()
    day_count: DayCount | None = None
    start: date | None = None
    cap_each_date_fen: int | None = None
    cap_each_year_fen: int | None = None
    lapses: bool = False
