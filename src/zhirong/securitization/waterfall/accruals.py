"""What falls due by the calendar: interest of tranches, fees, costs of facilities, hedges.

All factors are exact and worked out once; a run only multiplies and rounds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from zhirong.core.daycounts import DayCount, year_fraction
from zhirong.securitization.plan.conventions import InterestOnUnpaid, Measured
from zhirong.securitization.plan.fees import Fee, FeeKind
from zhirong.securitization.plan.records import Plan
from zhirong.securitization.plan.supports import Hedge, HedgeKind, Leg
from zhirong.securitization.plan.tranches import AccruesWhen, PrincipalKind, Tranche
from zhirong.securitization.waterfall.carriers import Cell, Ratio
from zhirong.securitization.waterfall.measures import Names, Reading, amount_of
from zhirong.securitization.waterfall.rates import (
    BY_DAYS,
    Factors,
    IndexPaths,
    RateSteps,
    cut_period,
    level,
)
from zhirong.securitization.waterfall.state import KINDS, State
from zhirong.securitization.waterfall.timeline import Event, Moment, previous_days

Piece: TypeAlias = tuple[Ratio, Ratio | None]
"""Factors of one piece of a period: on the balance, and on unpaid interest (None: none)."""
Accrual: TypeAlias = tuple[int, tuple[Piece, ...]]
"""A tranche's place and the pieces of its period."""
Change: TypeAlias = Callable[[State], None]
"""Something that happens by itself on a payment date."""
NOTHING: Ratio = (0, 1)


def interest_pieces(
    plan: Plan, tranche: Tranche, steps: RateSteps, days: tuple[date, date], factors: Factors
) -> tuple[Piece, ...]:
    """The pieces of one period of a tranche; none where nothing accrues."""
    conventions = plan.conventions
    start = max(days[0], tranche.accrues_from or days[0])
    count = tranche.day_count or conventions.day_count
    unpaid = tranche.interest_on_unpaid or conventions.interest_on_unpaid
    pieces = []
    for first, last, rate in cut_period(steps, start, days[1], conventions.reset_accrual):
        on_balance = factors.of(rate, first, last, count)
        on_unpaid = (
            factors.of(rate + tranche.unpaid_margin, first, last, count)
            if unpaid is InterestOnUnpaid.TRANCHE_RATE
            else NOTHING
        )
        if on_balance[0] or on_unpaid[0]:
            pieces.append((on_balance, on_unpaid if on_unpaid[0] else None))
    return tuple(pieces)


def interest_by_event(
    plan: Plan,
    events: Sequence[Event],
    steps: Sequence[RateSteps],
    named: Sequence[frozenset[int]],
) -> list[tuple[Accrual, ...]]:
    """By event, what accrues. `named` are the events whose waterfalls accrue a tranche."""
    factors = Factors()
    payments = frozenset(i for i, event in enumerate(events) if event.moment is Moment.PAYMENT)
    found: list[list[Accrual]] = [[] for _ in events]
    for index, tranche in enumerate(plan.tranches):
        by_action = tranche.accrues is AccruesWhen.BY_ACTION
        first = tranche.accrues_from or plan.dates.closing
        days = previous_days(events, named[index] if by_action else payments, first)
        count = tranche.day_count or plan.conventions.day_count
        # Of one rate and a count of days, every period of as many days is alike.
        is_flat = len(steps[index].steps) == 1 and count in BY_DAYS and not tranche.accrues_from
        alike: dict[int, tuple[Piece, ...]] = {}
        for event, start in days.items():
            length = (events[event].on - start).days
            if not is_flat or length not in alike:
                period = (start, events[event].on)
                alike[length] = interest_pieces(plan, tranche, steps[index], period, factors)
            pieces = alike[length]
            if pieces:
                found[event].append((index, pieces))
    return [tuple(each) for each in found]


def on_payment_dates(
    plan: Plan, by_event: Sequence[tuple[Accrual, ...]]
) -> list[tuple[Accrual, ...]]:
    """By event, what accrues by itself, whatever the waterfall says."""
    return [
        tuple(
            each
            for each in accruals
            if plan.tranches[each[0]].accrues is AccruesWhen.ON_PAYMENT_DATES
        )
        for accruals in by_event
    ]


def accrue(state: State, accruals: Sequence[Accrual], mask: Cell) -> None:
    """Books the interest of a period on the paths of the mask."""
    scaled = state.carrier.scaled
    for index, pieces in accruals:
        balance, due = state.balance[index], state.interest_due[index]
        for on_balance, on_unpaid in pieces:
            more = scaled(balance, on_balance)
            if on_unpaid is not None:
                extra = scaled(due, on_unpaid)
                extra = extra if mask is None else extra * mask
                state.unpaid_due[index] = state.unpaid_due[index] + extra
            due = due + (more if mask is None else more * mask)
        state.interest_due[index] = due


def capitalizers(plan: Plan, names: Names) -> tuple[Change, ...]:
    """For each accrual tranche, what adds its interest to its balance while others live."""
    return tuple(
        _capitalizer(names.tranches[tranche.key], _outstanding(tranche, plan, names))
        for tranche in plan.tranches
        if tranche.principal.kind is PrincipalKind.ACCRUAL
    )


def _capitalizer(index: int, others: Reading) -> Change:
    def capitalize(state: State) -> None:
        added = state.interest_due[index] * (others(state) > 0)
        state.balance[index] = state.balance[index] + added
        state.interest_due[index] = state.interest_due[index] - added

    return capitalize


def _outstanding(tranche: Tranche, plan: Plan, names: Names) -> Reading:
    others = tranche.principal.while_outstanding or tuple(
        each.key
        for each in plan.tranches
        if each.principal.kind
        not in (PrincipalKind.ACCRUAL, PrincipalKind.INTEREST_ONLY, PrincipalKind.RESIDUAL)
    )
    places = [names.tranches[key] for key in others]

    def read(state: State) -> Cell:
        found: Cell = state.zero
        for place in places:
            found = found + state.balance[place]
        return found

    return read


def principal_readings(plan: Plan, names: Names) -> list[Reading]:
    """What principal is due of each tranche, as functions of the state."""
    return [_principal(tranche, plan, names) for tranche in plan.tranches]


def _principal(tranche: Tranche, plan: Plan, names: Names) -> Reading:
    index, terms, carrier = names.tranches[tranche.key], tranche.principal, names.carrier
    match terms.kind:
        case PrincipalKind.PASS_THROUGH | PrincipalKind.RESIDUAL:
            return lambda state: state.balance[index]
        case PrincipalKind.INTEREST_ONLY:
            return lambda state: state.zero
        case PrincipalKind.BULLET | PrincipalKind.LOCKOUT:
            start = terms.start or plan.dates.payments[-1]
            return lambda state: state.balance[index] if state.on >= start else state.zero
        case PrincipalKind.ACCRUAL:
            others = _outstanding(tranche, plan, names)
            return lambda state: state.balance[index] * (others(state) == 0)
        case PrincipalKind.SCHEDULED:
            targets = _targets(tranche, plan)
            if not terms.while_outstanding:
                return lambda state: carrier.greatest(
                    state.balance[index] - targets[state.payment], state.zero
                )
            anchors = _outstanding(tranche, plan, names)
            return lambda state: carrier.greatest(
                state.balance[index] - targets[state.payment] * (anchors(state) > 0), state.zero
            )


def _targets(tranche: Tranche, plan: Plan) -> list[int]:
    schedule = ((date.min, tranche.balance_fen), *tranche.principal.schedule)
    return [[fen for day, fen in schedule if day <= on][-1] for on in plan.dates.payments]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeAccrual:
    """How one fee falls due. By event: the factor of a rate, and the days its base is weighed."""

    index: int
    fee: Fee
    base: Reading
    cumulates: tuple[int, ...]
    factors: dict[int, Ratio]
    days: dict[int, int]
    is_marked: bool

    def weigh(self, state: State) -> None:
        """Adds the days since the last event to a time-weighted base."""
        days = self.days.get(state.event, 0)
        if days:
            mark = state.fee_mark[self.index] + self.base(state) * days
            state.fee_mark[self.index] = mark

    def calculate(self, state: State, mask: Cell) -> None:
        """Books what falls due now."""
        kind = self.fee.kind
        if kind is FeeKind.UP_TO_FORMULA:
            self._up_to(state, mask)
            return
        if kind in (FeeKind.ON_DATES, FeeKind.RESIDUAL):
            return
        more = self._more(state, mask)
        if mask is not None:
            more = more * mask
        state.fee_due[self.index] = state.fee_due[self.index] + more

    def _up_to(self, state: State, mask: Cell) -> None:
        carrier, index = state.carrier, self.index
        rate = self.fee.rate
        wanted = carrier.scaled(self.base(state), (rate.numerator, rate.denominator))
        due = carrier.greatest(wanted - state.fee_all[index], state.zero)
        old = state.fee_due[index]
        state.fee_due[index] = due if mask is None else carrier.where(mask, due, old)

    def _more(self, state: State, mask: Cell) -> Cell:
        carrier, index, fee = state.carrier, self.index, self.fee
        if fee.kind is FeeKind.SHARE_OF_COLLECTIONS:
            came = state.zero
            for place in self.cumulates:
                came = came + state.whole[place]
            since = came - state.fee_mark[index]
            self._remark(state, came, mask)
            return carrier.scaled(since, (fee.rate.numerator, fee.rate.denominator))
        if fee.kind is FeeKind.FORMULA:
            return carrier.scaled(self.base(state), (fee.rate.numerator, fee.rate.denominator))
        ratio = self.factors.get(state.event, NOTHING)
        if fee.measured is Measured.CLOSING:
            return carrier.scaled(self.base(state), ratio)
        marked = state.fee_mark[index]
        if self.is_marked:
            # Weighed days: the mark holds fen times days and starts anew.
            self._remark(state, state.zero, mask)
        return carrier.scaled(marked, ratio)

    def _remark(self, state: State, new: Cell, mask: Cell) -> None:
        """Moves the mark on the paths on which the fee is calculated."""
        old = state.fee_mark[self.index]
        state.fee_mark[self.index] = new if mask is None else state.carrier.where(mask, new, old)

    @property
    def keeps_opening(self) -> bool:
        """Whether it is charged on what its base was when last calculated."""
        return self.fee.kind is FeeKind.ANNUAL_RATE and self.fee.measured is Measured.OPENING

    def mark(self, state: State) -> None:
        """Keeps the base for the next period, once it was calculated on this event."""
        if state.event in self.factors:
            state.fee_mark[self.index] = self.base(state)


def fee_accruals(
    plan: Plan, events: Sequence[Event], calculated: Sequence[frozenset[int]], names: Names
) -> tuple[FeeAccrual, ...]:
    """How each fee falls due. `calculated` are the events whose waterfalls calculate it."""
    return tuple(
        _fee_accrual(plan, events, calculated[index], (index, fee), names)
        for index, fee in enumerate(plan.fees)
    )


def _fee_accrual(
    plan: Plan,
    events: Sequence[Event],
    calculated: frozenset[int],
    placed: tuple[int, Fee],
    names: Names,
) -> FeeAccrual:
    index, fee = placed
    start = fee.start or plan.dates.closing
    count = fee.day_count or plan.conventions.day_count
    is_weighed = fee.measured in (Measured.TIME_WEIGHTED, Measured.TIME_WEIGHTED_TO_COLLECTION)
    factors: dict[int, Ratio] = {}
    for event, since in previous_days(events, calculated, start).items():
        on = events[event].on
        share = fee.rate * (
            Fraction(1, 360 if count is DayCount.ACT_360 else 365)
            if is_weighed
            else year_fraction(since, max(on, since), count)
        )
        factors[event] = (share.numerator, share.denominator)
    return FeeAccrual(
        index=index,
        fee=fee,
        base=amount_of(fee.base, names) if fee.base is not None else lambda state: state.zero,
        cumulates=tuple(KINDS.index(kind.value.removeprefix("collected_")) for kind in fee.kinds),
        factors=factors,
        days=_weighed_days(events, calculated, fee, start) if is_weighed else {},
        is_marked=is_weighed,
    )


def _weighed_days(
    events: Sequence[Event], calculated: frozenset[int], fee: Fee, start: date
) -> dict[int, int]:
    """By event, the days that the base before it stands for."""
    found: dict[int, int] = {}
    last = start
    to_collection = fee.measured is Measured.TIME_WEIGHTED_TO_COLLECTION
    for index, event in enumerate(events):
        counts = not to_collection or event.moment is Moment.COLLECTION
        if counts and event.on > last:
            found[index] = (event.on - last).days
        if counts or index in calculated:
            last = max(last, event.on)
    return found


def fixed_dues(plan: Plan, events: Sequence[Event]) -> list[tuple[tuple[int, int], ...]]:
    """By event, the fees of fixed amounts that fell due since the event before: (place, fen)."""
    found: list[tuple[tuple[int, int], ...]] = []
    days = [date.min, *(event.on for event in events)]
    for before, on in pairwise(days):
        dues = [
            (index, fen)
            for index, fee in enumerate(plan.fees)
            for day, fen in fee.dues
            if before < day <= on
        ]
        found.append(tuple(dues))
    return found


def hedge_factors(plan: Plan, hedge: Hedge, paths: IndexPaths) -> tuple[Fraction, ...]:
    """By payment date, what the plan receives (below zero: pays) as a factor of the notional."""
    count = hedge.day_count or plan.conventions.day_count
    days = (plan.dates.closing, *plan.dates.payments)
    found = []
    for start, end in pairwise(days):
        net = _leg(hedge.receives, paths, start) - _leg(hedge.pays, paths, start)
        if hedge.kind is HedgeKind.CAP:
            net = max(net, Fraction(0))
        found.append(net * year_fraction(start, end, count))
    return tuple(found)


def _leg(leg: Leg, paths: IndexPaths, on: date) -> Fraction:
    return leg.margin + (level(paths, leg.index, on) if leg.index is not None else 0)
