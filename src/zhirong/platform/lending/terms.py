"""From stored facilities and draw-downs to the records of the pure lending room."""

from datetime import date

from zhirong.core.calendar import plus_months
from zhirong.core.daycounts import DayCount
from zhirong.core.money import Money, Rounding
from zhirong.core.periods import Period
from zhirong.core.rolling import Roll
from zhirong.lending.accrual import CompoundRate, Counting, PenaltyTerms
from zhirong.lending.due_dates import DueDateRule, DuePeriod, due_periods
from zhirong.lending.rates import FloatingRate, LprTenor, RatePath, Repricing, rate_path
from zhirong.lending.schedules import (
    Conventions,
    Form,
    PeriodCount,
    Residue,
    Schedule,
    Terms,
    schedule,
)
from zhirong.parameters.calendars import china
from zhirong.parameters.reader import Parameters
from zhirong.platform.lending.models import DrawDown, Facility

ONE_FEN = Money.of_fen(1)


def counting_of(facility: Facility) -> Counting:
    """How the facility's interest is counted and rounded."""
    return Counting(day_count=DayCount(facility.day_count), rounding=Rounding.HALF_UP)


def path_of(facility: Facility, *, start: date, known_on: date) -> RatePath:
    """The yearly rates of a draw-down of a day: the reference rate of that day and the spread."""
    months = facility.repricing_months
    contract = FloatingRate(
        tenor=LprTenor(facility.lpr_tenor),
        spread_bp=facility.spread_bp,
        repricing=Repricing(every_months=months) if months else None,
    )
    return rate_path(contract, term=Period(start, None), known_on=known_on, parameters=Parameters())


def schedule_of(draw: DrawDown, *, start: date) -> Schedule:
    """The installments of a draw-down that is paid out on a day."""
    facility = draw.facility
    rule = DueDateRule(roll=Roll.FOLLOWING, moves_interest=False, calendar=china())
    periods = due_periods(
        Period(start, draw.matures_on), every_months=facility.every_months, rule=rule
    )
    return schedule(terms_of(draw, draw.amount_fen, tuple(periods), known_on=start))


def terms_of(
    draw: DrawDown, owing_fen: int, periods: tuple[DuePeriod, ...], *, known_on: date
) -> Terms:
    """The terms of what is owed over periods, at the rates known on a day."""
    facility = draw.facility
    conventions = Conventions(
        day_count=DayCount(facility.day_count),
        period_count=PeriodCount.DAYS,
        interest_rounding=Rounding.HALF_UP,
        installment_rounding=Rounding.HALF_UP,
        installment_step=ONE_FEN,
        residue=Residue.LAST,
    )
    return Terms(
        principal=Money.of_fen(owing_fen),
        form=Form(facility.form),
        periods=periods,
        path=path_of(facility, start=draw.paid_on or known_on, known_on=known_on),
        conventions=conventions,
    )


def penalty_terms(facility: Facility) -> PenaltyTerms:
    """What the contract says of breach; unpaid interest bears the contract rate."""
    return PenaltyTerms(
        overdue_margin=facility.overdue_margin,
        misuse_margin=facility.misuse_margin,
        compound=CompoundRate.CONTRACT,
    )


def maturity(start: date, months: int) -> date:
    """The day so many months later."""
    return plus_months(start, months)
