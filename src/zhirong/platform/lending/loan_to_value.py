"""Loan to value over time: what is owed against the pledge, at every day on which either moved."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.appraisals.models import AppraisalRun
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.lending.models import DrawDown, Facility
from zhirong.platform.matters.visibility import MatterRows
from zhirong.platform.operations import clock
from zhirong.platform.operations.prepared import Prepared

_FACILITY = MatterRows(Facility)
_PAID_OUT = Prepared(
    lambda facility: (
        DrawDown.objects.filter(facility_id=facility).exclude(paid_on=None).values_list("number")
    ),
    int,
)
_VALUES = Prepared(
    lambda matter: (
        AppraisalRun.objects.filter(
            matter_id=matter, state=AppraisalRun.State.DONE, pledge_value_fen__gt=0
        )
        .order_by("valuation_date", "id")
        .values_list("valuation_date", "pledge_value_fen", "covered_fen")
    ),
    int,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanToValueLine:
    """A day: principal owed and market value of the pledge in fen, and what moved."""

    on: date
    owed: int
    value: int
    cause: str

    @property
    def ratio(self) -> float:
        """The loan as a share of the value."""
        return self.owed / self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanToValue:
    """A loan's shares of its pledge over time.

    Attributes:
        lines: By day; the last one is today's, or the day of the last payment.
        cap: What the pledge covers, as a share of its value: the caps by kind weighed by value.
        approved: The whole approved limit as a share of the value it was approved on.
    """

    lines: tuple[LoanToValueLine, ...]
    cap: float
    approved: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Value:
    """A value of the pledge from its valuation date on, with what the caps make of it."""

    on: date
    value: int
    covered: int


def loan_to_value_of(number: str, viewer: Viewer) -> LoanToValue | None:
    """The course of a matter's loan against its pledge; None before the first money."""
    facility = _FACILITY.first(number, viewer)
    if facility is None:
        return None
    moves = sorted(_moves(facility))
    values = _values(facility)
    if not moves or not values:
        return None
    owed = 0
    owed_by_day: dict[date, int] = {}
    causes: dict[date, str] = {}
    for on, change, cause in moves:
        owed += change
        owed_by_day[on] = owed
        causes[on] = cause
    last = moves[-1][0] if owed == 0 else max(clock.today(), moves[-1][0])
    for value in values:
        if moves[0][0] < value.on <= last:
            causes.setdefault(value.on, "revalued")
    causes.setdefault(last, "today")
    days = tuple(sorted(owed_by_day))
    lines = tuple(
        LoanToValueLine(
            on=on,
            owed=owed_by_day[days[bisect_right(days, on) - 1]],
            value=_in_force(values, on).value,
            cause=causes[on],
        )
        for on in sorted(causes)
    )
    now, first = _in_force(values, last), _in_force(values, moves[0][0])
    return LoanToValue(
        lines=lines, cap=now.covered / now.value, approved=facility.limit_fen / first.value
    )


def _moves(facility: Facility) -> Iterator[tuple[date, int, str]]:
    """How the principal moved: day, change in fen, cause."""
    for (draw,) in _PAID_OUT.all_values(facility.pk):
        for line in ledger.statement_of_loan(draw).lines:
            if line.principal:
                yield line.on, line.principal, "paid_out" if line.principal > 0 else "repaid"


def _values(facility: Facility) -> tuple[_Value, ...]:
    """The values of the pledge by valuation date; of one day the newest."""
    by_day = {
        on: _Value(on=on, value=value or 0, covered=covered or 0)
        for on, value, covered in _VALUES.all_values(facility.matter_id)
    }
    return tuple(by_day.values())


def _in_force(values: tuple[_Value, ...], on: date) -> _Value:
    """The last value of a day or before; the first one where none is that old."""
    return max(
        (item for item in values if item.on <= on), key=lambda item: item.on, default=values[0]
    )
