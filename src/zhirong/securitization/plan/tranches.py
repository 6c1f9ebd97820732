"""Tranches: what a class of securities is owed, and when."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from zhirong.core.daycounts import DayCount
from zhirong.securitization.plan.conventions import InterestOnUnpaid
from zhirong.securitization.plan.formulas import Formula


class PrincipalKind(StrEnum):
    """How the principal due on a day follows from the balance."""

    # All of it, as far as cash goes.
    PASS_THROUGH = "pass_through"  # noqa: S105 - a word of the market
    SCHEDULED = "scheduled"  # down to the balance of the schedule
    BULLET = "bullet"  # all on one day
    LOCKOUT = "lockout"  # nothing before a day, then all
    ACCRUAL = "accrual"  # interest is added to the balance while others are outstanding
    INTEREST_ONLY = "interest_only"  # a notional, never repaid
    RESIDUAL = "residual"  # all of it, and then what is left over


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Terms of repayment.

    `schedule` are target balances in fen by day, falling (a day between keeps the one before);
    `while_outstanding` names the tranches during whose life a schedule or an accrual holds (none
    for a schedule: always); `start` is the day of a bullet or the end of a lockout; `notional` is
    what an interest-only tranche earns interest on.
    """

    kind: PrincipalKind
    schedule: tuple[tuple[date, int], ...] = ()
    while_outstanding: tuple[str, ...] = ()
    start: date | None = None
    notional: Formula | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Floating:
    """A rate that follows an index: index + margin between floor and cap, set anew on each reset.

    `resets` are the days of reset; before the first the tranche's own `rate` holds.
    """

    index: str
    margin: Fraction
    resets: tuple[date, ...]
    cap: Fraction | None = None
    floor: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepUp:
    """A margin added to the rate from a day on."""

    start: date
    margin: Fraction


class AccruesWhen(StrEnum):
    """Interest accrues on every payment date, or only where the waterfall says so."""

    ON_PAYMENT_DATES = "on_payment_dates"
    BY_ACTION = "by_action"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tranche:
    """One class of securities. `balance_fen` is the amount issued; `rate` a yearly share.

    `accrues_from` is the day from which interest counts (None: the plan's closing);
    `day_count`, `interest_on_unpaid` and `unpaid_margin` (added to the tranche's rate on unpaid
    interest) differ from the plan's conventions where they are given.
    """

    key: str
    balance_fen: int
    rate: Fraction
    principal: Principal
    floating: Floating | None = None
    step_ups: tuple[StepUp, ...] = ()
    accrues_from: date | None = None
    accrues: AccruesWhen = AccruesWhen.ON_PAYMENT_DATES
    day_count: DayCount | None = None
    interest_on_unpaid: InterestOnUnpaid | None = None
    unpaid_margin: Fraction = Fraction(0)
