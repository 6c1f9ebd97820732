"""Interest periods and due dates: the contract's grid of days, rolled on working days as agreed."""

from dataclasses import dataclass
from datetime import date

from zhirong.core.calendar import BusinessCalendar, plus_months
from zhirong.core.errors import InputError
from zhirong.core.periods import Period
from zhirong.core.rolling import Roll, rolled_day

_MONTHS_A_YEAR = 12


class DueDateError(InputError):
    """A grid of due dates that no calendar holds."""

    code = "error.due_dates"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDateRule:
    """What the contract says of days off.

    Attributes:
        roll: Where the day of payment goes.
        moves_interest: Whether interest runs on to (or stops at) the moved day; if not, the days
            are moved for payment only and cost nothing.
        calendar: The working days.
    """

    roll: Roll
    moves_interest: bool
    calendar: BusinessCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePeriod:
    """One interest period and the day on which its installment is due.

    Attributes:
        period: First day in, last day out.
        due_on: The day of payment.
        months: The whole months it stands for where interest is counted by months; None for a
            broken period, which is counted by days.
    """

    period: Period
    due_on: date
    months: int | None

    @property
    def end(self) -> date:
        """The day from which the next period runs."""
        assert self.period.end is not None, "a due period has an end"
        return self.period.end


def rolled(day: date, rule: DueDateRule) -> date:
    """The day of payment for a nominal due date.

    A working day stays where it is.
    """
    return rolled_day(day, rule.roll, rule.calendar)


def due_periods(
    term: Period, *, every_months: int, rule: DueDateRule, due_day: int | None = None
) -> tuple[DuePeriod, ...]:
    """The periods of a loan from its first day to maturity.

    Without `due_day` they end on the days that correspond to the first one. With it they end on
    that day of the months that are multiples of `every_months` (March, June, September and
    December for 3), and the first and the last period may be broken.

    Raises:
        DueDateError: The term has no day, the step does not divide a year or is not whole years,
            or the day is not one of a month.
    """
    if not term.days or every_months < 1 or (due_day is not None and not 1 <= due_day <= 31):
        raise DueDateError(
            f"No due dates every {every_months} months on day {due_day} from {term.start}.",
            start=term.start,
            every_months=every_months,
        )
    if due_day is not None and _MONTHS_A_YEAR % every_months:
        raise DueDateError(
            f"Settlement every {every_months} months does not divide a year.",
            start=term.start,
            every_months=every_months,
        )
    return _dated(_nominal_ends(term, every_months, due_day), term.start, rule)


def _nominal_ends(
    term: Period, every_months: int, due_day: int | None
) -> list[tuple[date, int | None]]:
    """The ends in order, each with the whole months since the one before."""
    assert term.end is not None, "an open term was refused above"
    anchor, passed = term.start, every_months
    if due_day is not None:
        anchor, passed = date(term.start.year, 1, due_day), every_months - 1
        while plus_months(anchor, passed) <= term.start:
            passed += every_months
    is_whole = due_day is None or plus_months(anchor, passed - every_months) == term.start
    ends: list[tuple[date, int | None]] = []
    while (end := plus_months(anchor, passed)) < term.end:
        ends.append((end, every_months if is_whole else None))
        is_whole, passed = True, passed + every_months
    ends.append((term.end, every_months if end == term.end and is_whole else None))
    return ends


def _dated(
    ends: list[tuple[date, int | None]], start: date, rule: DueDateRule
) -> tuple[DuePeriod, ...]:
    result: list[DuePeriod] = []
    has_moved = False
    for nominal, whole_months in ends:
        due_on = rolled(nominal, rule)
        end = due_on if rule.moves_interest else nominal
        months = None if has_moved or end != nominal else whole_months
        has_moved = end != nominal
        if end > start:
            result.append(DuePeriod(period=Period(start, end), due_on=due_on, months=months))
            start = end
    if not result:
        raise DueDateError(f"No day of interest before {start}.", start=start, every_months=0)
    return tuple(result)
