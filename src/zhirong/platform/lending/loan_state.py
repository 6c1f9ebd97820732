"""How a loan stands: the rate in force and its next change, what was charged and paid."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhirong.core.calendar import plus_months
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.lending.loan_views import DrawLine
from zhirong.platform.lending.models import DrawDown
from zhirong.platform.lending.terms import path_of
from zhirong.platform.matters.visibility import MatterRows
from zhirong.platform.operations import clock

_PAID_OUT = MatterRows(DrawDown, lambda rows: rows.exclude(paid_on=None).select_related("facility"))


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanState:
    """The state of one loan on this day, amounts in fen.

    Attributes:
        rate: Yearly rate in force.
        overdue_rate: What overdue principal bears.
        steps: Each rate so far with its first day.
        reprices_on: The next day on which the rate may change; None where it stays.
        charged: Penalty and compound interest booked so far.
        charged_paid: Of that, paid.
        interest_paid: Interest paid so far.
        principal_paid: Principal paid so far.
        overdue_days: Days since the oldest unpaid due date.
    """

    rate: Decimal
    overdue_rate: Decimal
    steps: tuple[tuple[date, Decimal], ...]
    reprices_on: date | None
    charged: int
    charged_paid: int
    interest_paid: int
    principal_paid: int
    overdue_days: int


def states_of(number: str, draws: tuple[DrawLine, ...], viewer: Viewer) -> Mapping[str, LoanState]:
    """The state of each loan that was paid out, by its number."""
    known = {row.number: row for row in _PAID_OUT.rows(number, viewer)}
    return {draw.number: _state(known[draw.number], draw) for draw in draws if draw.number in known}


def _state(row: DrawDown, draw: DrawLine) -> LoanState:
    day, facility = clock.today(), row.facility
    assert row.paid_on is not None, "only paid loans are asked for"
    path = path_of(facility, start=row.paid_on, known_on=day)
    rate = path.at(max(day, row.paid_on))
    breach = [line.penalty + line.compound for line in draw.statement]
    late = draw.owed.overdue_since if draw.owed else None
    return LoanState(
        rate=rate,
        overdue_rate=rate * (1 + facility.overdue_margin),
        steps=tuple((step.start, step.rate) for step in path.steps),
        reprices_on=_next(row, day),
        charged=sum(fen for fen in breach if fen > 0),
        charged_paid=-sum(fen for fen in breach if fen < 0),
        interest_paid=-sum(line.interest for line in draw.statement if line.interest < 0),
        principal_paid=-sum(line.principal for line in draw.statement if line.principal < 0),
        overdue_days=(day - late).days if late else 0,
    )


def _next(row: DrawDown, day: date) -> date | None:
    """The first day of repricing behind a day, before maturity."""
    months = row.facility.repricing_months
    if not months or row.paid_on is None:
        return None
    passed = months
    while (found := plus_months(row.paid_on, passed)) <= day:
        passed += months
    return found if found < row.matures_on else None
