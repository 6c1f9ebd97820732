"""One payment date as terms: what may be typed, what each step pays, where everything ends.

All before the date is run on plain amounts. What the date starts from, and what came in since the
last one, are inputs; the interpreter then runs on terms, so that every figure says how it follows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from zhirong.securitization.collections import Collections
from zhirong.securitization.plan.conventions import InterestOnUnpaid
from zhirong.securitization.plan.records import Plan, WhenTested
from zhirong.securitization.waterfall import interpreter, starting, triggers
from zhirong.securitization.waterfall.carriers import Cell
from zhirong.securitization.waterfall.interpreter import Happenings, Outside
from zhirong.securitization.waterfall.program import Program, compiled, compiled_for
from zhirong.securitization.waterfall.rates import IndexPaths
from zhirong.securitization.waterfall.state import KINDS, State
from zhirong.securitization.waterfall.terms import Kind, Op, RateRatio, Term, TermCarrier, typed
from zhirong.securitization.waterfall.timeline import Moment

CASH_KINDS = (*KINDS, "balance")
"""What is typed of each collection period."""


@dataclass(frozen=True, slots=True)
class Typed:
    """One input: its group, the names that place it there (a day, an account ...), its term."""

    group: str
    names: tuple[str, ...]
    term: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTerms:
    """One step of the date, as the row of a run; `own` is what its account paid."""

    waterfall: str
    step: str
    account: str
    due: Cell
    available: Cell
    own: Cell
    support: Cell
    paid: Cell
    short: Cell
    parts: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentDate:
    """A payment date as terms. Mappings go by key; values are terms, or plain where fixed.

    `before` holds, by what they are ("interest_due", "fee_due"), amounts when payments begin;
    `after` amounts when they end. `measured` are the two amounts that a trigger compares, when
    it is tested. `stage` is the place of the waterfall that runs.
    """

    on: date
    number: int
    inputs: tuple[Typed, ...]
    before: Mapping[str, Mapping[str, Cell]]
    flags_before: Mapping[str, Cell]
    measured: Mapping[str, tuple[Cell, Cell]]
    stage: Cell
    steps: tuple[StepTerms, ...]
    after: Mapping[str, Mapping[str, Cell]]
    flags_after: Mapping[str, Cell]
    came_in: Cell
    went_out: Cell
    checks: tuple[Cell, ...]


@dataclass(slots=True)
class _Inputs:
    """Makes inputs and keeps them in their order."""

    made: list[Typed]

    def __call__(self, group: str, names: tuple[str, ...], value: Cell, kind: Kind) -> Term:
        term = typed(value, kind)
        self.made.append(Typed(group, names, term))
        return term

    def fen(self, group: str, keys: Sequence[str], values: Sequence[Cell]) -> list[Cell]:
        """One amount a key."""
        return [
            self(group, (key,), value, Kind.FEN) for key, value in zip(keys, values, strict=True)
        ]

    def where_any(self, group: str, keys: Sequence[str], values: Sequence[Cell]) -> list[Cell]:
        """An input where there is something, else plain nothing."""
        return [
            self(group, (key,), value, Kind.FEN) if value else value
            for key, value in zip(keys, values, strict=True)
        ]


def payment_date(
    plan: Plan,
    collections: Collections,
    number: int,
    *,
    rates: IndexPaths,
    outside: tuple[Happenings, Happenings] = ({}, {}),
) -> PaymentDate:
    """The payment date of that place as terms; `outside` are supporters and what happened.

    Raises:
        IndexMissingError: A floating rate has no level on a reset day.
        CollectionsError: The collections do not fit the plan.
    """
    plain = compiled(plan, collections.on, rates=rates, is_one_path=True)
    first, last = _events(plain, number)
    state = _before(plain, Outside(collections, *outside), first)
    carrier = TermCarrier(plan.conventions.rounding)
    program = compiled_for(carrier, plan, collections.on, rates=rates)
    inputs = _Inputs([])
    came = _typed_collections(plain, collections, range(first, last), inputs)
    state.carrier, state.rows, state.entries = carrier, [], None
    _open(program, state, inputs, came if number == 0 else None)
    program = _with_typed_terms(program, inputs, (range(first, last + 1), number))
    given = Outside(came, *_typed_outside(plan, outside, number, inputs))
    for index in range(first, last):
        interpreter.run_event(program, state, given, index)
    interpreter.begin_event(program, state, given, last)
    before = _before_payments(program, state, interpreter.open_payment(program, state))
    interpreter.run_stages(program, state, before["stage"])
    interpreter.end_payment(program, state)
    later = triggers.measured(plan, program.names, state)
    before["measured"] |= {
        each.key: later[each.key]
        for each in plan.triggers
        if each.key in later and each.tested is WhenTested.AFTER_PAYMENT
    }
    return PaymentDate(
        on=plan.dates.payments[number],
        number=number,
        inputs=tuple(inputs.made),
        **before,
        steps=tuple(_step(row) for row in state.rows),
        after=_after(plan, state),
        flags_after=_by_key(plan.triggers, state.flags),
        came_in=state.brought_in,
        went_out=state.paid_out,
        checks=tuple(carrier.checks),
    )


def _events(program: Program, number: int) -> tuple[int, int]:
    """The first event after the payment date before, and the date's own."""
    places = [index for index, event in enumerate(program.events) if event.moment is Moment.PAYMENT]
    return (places[number - 1] + 1 if number else 0), places[number]


def _before(program: Program, outside: Outside, stop: int) -> State:
    """The state that plain amounts come to before an event."""
    state = starting.starting_state(program, outside.collections)
    for index in range(stop):
        interpreter.run_event(program, state, outside, index)
    return state


def _typed_collections(
    program: Program, collections: Collections, events: range, inputs: _Inputs
) -> Collections:
    columns = {kind: list(getattr(collections, kind)) for kind in CASH_KINDS}
    for index in events:
        event = program.events[index]
        if event.moment is Moment.COLLECTION:
            for kind, column in columns.items():
                names = (str(event.on), kind)
                fen = column[event.number]
                column[event.number] = inputs("collection", names, fen, Kind.FEN)
    return Collections(on=collections.on, **{kind: tuple(each) for kind, each in columns.items()})


def _open(program: Program, state: State, inputs: _Inputs, first: Collections | None) -> None:
    """Turns what the date starts from into inputs."""
    plan = program.plan
    tranches, fees = [each.key for each in plan.tranches], [each.key for each in plan.fees]
    supports, hedges = [each.key for each in plan.supports], [each.key for each in plan.hedges]
    flags = [each.key for each in plan.triggers]
    state.cash = inputs.fen("cash", [each.key for each in plan.accounts], state.cash)
    state.brought_in, state.paid_out = sum(state.cash[1:], state.cash[0]), state.zero
    state.balance = inputs.fen("balance", tranches, state.balance)
    state.opening_balance = list(state.balance)
    state.interest_due = inputs.fen("interest_unpaid", tranches, state.interest_due)
    state.unpaid_due = [
        inputs("interest_on_unpaid", (each.key,), due, Kind.FEN) if _earns(plan, place) else due
        for place, (each, due) in enumerate(zip(plan.tranches, state.unpaid_due, strict=True))
    ]
    state.fee_due = inputs.fen("fee_unpaid", fees, state.fee_due)
    state.fee_all = inputs.where_any("fee_paid_before", fees, state.fee_all)
    state.fee_year = inputs.where_any("fee_paid_this_year", fees, state.fee_year)
    state.fee_mark = inputs.where_any("fee_base_before", fees, state.fee_mark)
    state.support_left = [
        None if left is None else inputs("support_left", (key,), left, Kind.FEN)
        for key, left in zip(supports, state.support_left, strict=True)
    ]
    state.support_owed = inputs.fen("support_owed", supports, state.support_owed)
    state.support_cost = inputs.where_any("support_cost", supports, state.support_cost)
    state.hedge_due = inputs.where_any("hedge_due", hedges, state.hedge_due)
    state.hedge_mark = inputs.where_any("hedge_notional", hedges, state.hedge_mark)
    state.whole = inputs.where_any("collected_before", KINDS, state.whole)
    state.flags = [
        inputs("trigger_on", (key,), bool(flag), Kind.TRUTH)
        for key, flag in zip(flags, state.flags, strict=True)
    ]
    state.in_a_row = [
        inputs("trigger_in_a_row", (each.key,), count, Kind.COUNT) if each.in_a_row > 1 else count
        for each, count in zip(plan.triggers, state.in_a_row, strict=True)
    ]
    if first is None:
        state.pool_start = inputs("pool_at_start", (), state.pool_start, Kind.FEN)
        state.pool_balance = inputs("pool_balance", (), state.pool_balance, Kind.FEN)
    else:
        # The pool at issue is told by the first period, as the interpreter does.
        state.pool_start = state.pool_balance = starting.pool_at_start(first, state.zero)
        state.start_balance = list(state.balance)
        starting.mark_bases(program, state)


def _earns(plan: Plan, place: int) -> bool:
    terms = plan.tranches[place].interest_on_unpaid or plan.conventions.interest_on_unpaid
    return terms is InterestOnUnpaid.TRANCHE_RATE


def _with_typed_terms(program: Program, inputs: _Inputs, period: tuple[range, int]) -> Program:
    """Coupons and fixed fees of the period as inputs, where one rate holds throughout."""
    plan, (events, number) = program.plan, period
    dues = list(program.fixed_dues)
    interest = list(program.interest)
    for index in events:
        on = str(program.events[index].on)
        dues[index] = tuple(
            (place, inputs("fee_falls_due", (plan.fees[place].key, on), fen, Kind.FEN))
            for place, fen in dues[index]
        )
        interest[index] = tuple(
            (place, _at_typed_rate(program, (place, number), pieces, inputs))
            for place, pieces in interest[index]
        )
    return replace(program, fixed_dues=dues, interest=interest)


def _at_typed_rate(
    program: Program, where: tuple[int, int], pieces: Sequence[Any], inputs: _Inputs
) -> tuple[Any, ...]:
    place, number = where
    rate = program.rates[place][number]
    if len(pieces) != 1 or not rate or not pieces[0][0][0]:
        return tuple(pieces)
    on_balance, on_unpaid = pieces[0]
    coupon = inputs("coupon", (program.plan.tranches[place].key,), rate, Kind.RATE)
    return ((RateRatio(coupon, Fraction(*on_balance) / rate), on_unpaid),)


def _typed_outside(
    plan: Plan, outside: tuple[Happenings, Happenings], number: int, inputs: _Inputs
) -> tuple[Happenings, Happenings]:
    """Capacity of supporters and events of the date as inputs."""
    supporters, happened = outside
    padding = [None] * len(plan.dates.payments)

    def placed(term: Term) -> list[Any]:
        return [*padding[:number], term, *padding[number + 1 :]]

    capacity = {
        key: placed(inputs("support_capacity", (key,), rows[number], Kind.FEN))
        for key, rows in supporters.items()
    }
    events = sorted({*happened, *triggers.events_named(plan)})
    told = {
        key: placed(
            inputs(
                "event", (key,), bool(happened[key][number] if key in happened else 0), Kind.TRUTH
            )
        )
        for key in events
    }
    return capacity, told


def _by_key(records: Sequence[Any], values: Sequence[Cell]) -> dict[str, Cell]:
    return {each.key: value for each, value in zip(records, values, strict=True)}


def _before_payments(program: Program, state: State, stage: Cell) -> dict[str, Any]:
    plan = program.plan
    due = [a + b for a, b in zip(state.interest_due, state.unpaid_due, strict=True)]
    return {
        "before": {
            "interest_due": _by_key(plan.tranches, due),
            "fee_due": _by_key(plan.fees, state.fee_due),
            "cash": _by_key(plan.accounts, state.cash),
        },
        "flags_before": _by_key(plan.triggers, state.flags),
        "measured": triggers.measured(plan, program.names, state),
        "stage": _counted(stage),
    }


def _counted(stage: Cell) -> Cell:
    """The places of waterfalls are counts, not fen."""
    if isinstance(stage, Term) and stage.op in (Op.GREATEST, Op.IF):
        stage.kind = Kind.COUNT
        for each in stage.arguments:
            _counted(each)
    return stage


def _after(plan: Plan, state: State) -> dict[str, dict[str, Cell]]:
    short = [a + b for a, b in zip(state.interest_due, state.unpaid_due, strict=True)]
    return {
        "cash": _by_key(plan.accounts, state.cash),
        "balance": _by_key(plan.tranches, state.balance),
        "interest_paid": _by_key(plan.tranches, state.interest_today),
        "interest_short": _by_key(plan.tranches, short),
        "principal_paid": _by_key(plan.tranches, state.principal_today),
        "residual_paid": _by_key(plan.tranches, state.residual_today),
        "loss": _by_key(plan.tranches, state.loss_today),
        "fee_paid": _by_key(plan.fees, state.fee_today),
        "fee_unpaid": _by_key(plan.fees, state.fee_due),
        "support_paid": _by_key(plan.supports, state.support_today),
        "support_owed": _by_key(plan.supports, state.support_owed),
    }


def _step(row: Sequence[Any]) -> StepTerms:
    _, waterfall, step, account, due, available, paid, support, short, parts = row
    own = paid
    if isinstance(paid, Term) and isinstance(support, Term):
        own = next((each for each in paid.arguments if each is not support), paid)
        own = 0 if paid is support else own
    return StepTerms(
        waterfall=waterfall,
        step=step,
        account=account,
        due=due,
        available=available,
        own=own,
        support=support,
        paid=paid,
        short=short,
        parts=parts,
    )
