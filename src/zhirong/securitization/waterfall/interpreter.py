"""The one interpreter of waterfalls: a plan, collections, and what every claimant gets by date.

The same text runs one path on Python ints and many on float64 arrays that hold whole fen; both
give the same fen on every payment. The books are closed after every step.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from zhirong.securitization.collections import Collections
from zhirong.securitization.plan.records import STAGES, Plan, WhenTested
from zhirong.securitization.waterfall import accruals, supports, triggers
from zhirong.securitization.waterfall.carriers import Cell
from zhirong.securitization.waterfall.program import Deposit, Program, compiled
from zhirong.securitization.waterfall.rates import IndexPaths
from zhirong.securitization.waterfall.recording import Record
from zhirong.securitization.waterfall.results import PlanRun
from zhirong.securitization.waterfall.starting import starting_state
from zhirong.securitization.waterfall.state import KINDS, UNIT_FACTOR, State
from zhirong.securitization.waterfall.steps import Line
from zhirong.securitization.waterfall.timeline import CollectionsError, Moment

Happenings: TypeAlias = Mapping[str, Sequence[Cell]]
"""By name of an event or supporter, one value a payment date: a truth value or fen; by path."""


def run(
    plan: Plan,
    collections: Collections,
    *,
    rates: IndexPaths,
    supporters: Happenings | None = None,
    happened: Happenings | None = None,
) -> PlanRun:
    """A plan run over what its pool brings in.

    Args:
        plan: The plan; validated.
        collections: Cash and events of the pool, ints (one path) or arrays (path,).
        rates: Levels of the indexes that tranches and hedges follow.
        supporters: What a support can pay on each payment date (fen, its limit apart): 0 once it
            has failed. Without an entry it pays up to its limit.
        happened: Whether an event (a servicer ended, a supporter lowered) has happened by each
            payment date.

    Raises:
        IndexMissingError: A floating rate has no level on a reset day.
        CollectionsError: The collections do not fit the plan.
        ConservationError: The books do not close.
    """
    arrays = [each for kind in KINDS for each in getattr(collections, kind)]
    many = [each for each in (*arrays, *collections.balance) if isinstance(each, np.ndarray)]
    program = compiled(plan, collections.on, rates=rates, is_one_path=not many)
    return run_program(program, collections, supporters=supporters, happened=happened)


def run_program(
    program: Program,
    collections: Collections,
    *,
    supporters: Happenings | None = None,
    happened: Happenings | None = None,
) -> PlanRun:
    """A compiled plan run over one block of paths."""
    _check(program, collections)
    state = starting_state(program, collections)
    record = Record(program)
    outside = Outside(collections, supporters or {}, happened or {})
    for index in range(len(program.events)):
        run_event(program, state, outside, index, record)
    return record.result(state)


@dataclass(frozen=True, slots=True)
class Outside:
    """What comes from outside a plan: cash of the pool, capacity of supporters, events."""

    collections: Collections
    supporters: Happenings
    happened: Happenings


def begin_event(program: Program, state: State, outside: Outside, index: int) -> bool:
    """Opens an event: cash comes in, or the plan closes; true where payments have to follow."""
    event = program.events[index]
    state.event, state.on = index, event.on
    _fall_due(program, state)
    if event.moment is Moment.COLLECTION:
        _collect(state, outside.collections, event.number, program.deposits)
        _run_lines(program.on_collection, state, None)
    elif event.moment is Moment.CLOSING:
        _run_lines(program.on_closing, state, None)
    else:
        state.payment = event.number
        _open_date(program, state, outside.supporters, outside.happened)
        return True
    return False


def run_event(
    program: Program, state: State, outside: Outside, index: int, record: Record | None = None
) -> None:
    """One whole event, kept in the record of a payment date where there is one."""
    if begin_event(program, state, outside, index):
        levels = open_payment(program, state)
        run_stages(program, state, levels)
        end_payment(program, state)
        if record is not None:
            record.note(state, levels)
        _start_anew(state)
    for fee in program.marked:
        fee.mark(state)


def _check(program: Program, collections: Collections) -> None:
    counts = {len(getattr(collections, kind)) for kind in (*KINDS, "balance")}
    given = [event for event in program.events if event.moment is Moment.COLLECTION]
    if counts != {len(collections.on)} or len(given) != len(collections.on):
        raise CollectionsError("Each collection period needs one amount of every kind.")


def _collect(
    state: State,
    collections: Collections,
    number: int,
    deposits: Sequence[Deposit],
) -> None:
    amounts = [_grown(state, getattr(collections, kind)[number]) for kind in KINDS]
    for place, amount in enumerate(amounts):
        state.period[place] = state.period[place] + amount
        state.whole[place] = state.whole[place] + amount
    state.pool_balance = _grown(state, collections.balance[number])
    for kind, shares, word in deposits:
        amount = amounts[kind]
        state.brought_in = state.brought_in + amount
        if len(shares) == 1:
            state.move(shares[0][0], amount, word)
            continue
        scaled = state.carrier.scaled
        for account, low, high in shares:
            state.move(account, scaled(amount, high) - scaled(amount, low), word)


def _grown(state: State, amount: Cell) -> Cell:
    """An amount of the pool as purchases have grown it; nothing once the pool was sold."""
    if state.factor is not None:
        amount = state.carrier.part(amount, state.factor, UNIT_FACTOR)
    if state.called is not None:
        amount = state.carrier.where(state.called, state.zero, amount)
    return amount


def _fall_due(program: Program, state: State) -> None:
    for fee in program.weighed:
        fee.weigh(state)
    for place, fen in program.fixed_dues[state.event]:
        state.fee_due[place] = state.fee_due[place] + fen


def _open_date(
    program: Program, state: State, supporters: Happenings, happened: Happenings
) -> None:
    """Sets what the outside world says on a payment date."""
    number = state.payment
    if program.new_year[number]:
        state.fee_year[:] = [state.zero] * len(state.fee_year)
    for key, index in program.names.supports.items():
        state.support_given[index] = supporters[key][number] if key in supporters else None
    state.happened = {key: values[number] for key, values in happened.items()}


def _start_anew(state: State) -> None:
    """Empties what is counted from one payment date to the next."""
    zero = state.zero
    for today in (
        state.interest_today,
        state.principal_today,
        state.residual_today,
        state.loss_today,
        state.fee_today,
        state.support_today,
        state.support_repaid_today,
        state.hedge_in_today,
        state.hedge_out_today,
        state.period,
    ):
        today[:] = [zero] * len(today)
    state.opening_balance[:] = state.balance
    state.other_residual = state.bought_today = zero


def open_payment(program: Program, state: State) -> Cell:
    """Before a date's payments: accrues, sells, tests; gives the place of the waterfall to run."""
    tests = program.grounds.tests
    accruals.accrue(state, program.interest[state.event], None)
    for capitalize in program.capitalize:
        capitalize(state)
    supports.accrue_costs(state, program.cost_factors)
    if program.call is not None:
        _call(program, state)
    triggers.run_tests(tests, state, WhenTested.BEFORE_PAYMENT)
    return triggers.stage_levels(tests, state)


def end_payment(program: Program, state: State) -> None:
    """After a date's payments: tests again, and sets what follows from the balances."""
    triggers.run_tests(program.grounds.tests, state, WhenTested.AFTER_PAYMENT)
    for place, notional in program.notionals:
        state.balance[place] = notional(state)
    for place, read in enumerate(program.hedge_notionals):
        state.hedge_mark[place] = read(state)
    for place, fee in enumerate(program.plan.fees):
        if fee.lapses:
            state.fee_due[place] = state.zero


def run_stages(program: Program, state: State, levels: Cell) -> None:
    """The waterfall of each path, by its level."""
    for place, lines in enumerate(program.waterfalls):
        here = levels == place
        if state.carrier.any(here):
            state.waterfall = STAGES[place].value
            is_all = state.carrier.is_one_path or not state.carrier.any(levels != place)
            _run_lines(lines, state, None if is_all else here)


def _run_lines(lines: Sequence[Line], state: State, mask: Cell) -> None:
    for line in lines:
        if line.when is None:
            for step in line.steps:
                step(state, mask)
            state.close(line.key)
        else:
            line.run_where(state, mask)


def _call(program: Program, state: State) -> None:
    """Sells the pool where the clean-up call's condition holds for the first time."""
    call, carrier = program.plan.call, state.carrier
    if call is None or program.call is None:
        return
    called = state.called
    now = program.call(state)
    if called is not None:
        now = now & (called ^ True)
    if not carrier.any(now):
        return
    price = carrier.scaled(state.pool_balance, (call.price.numerator, call.price.denominator))
    proceeds = carrier.where(now, price, state.zero)
    state.move(program.names.accounts[call.into], proceeds, "call")
    state.brought_in = state.brought_in + proceeds
    state.pool_balance = carrier.where(now, state.zero, state.pool_balance)
    state.called = now if called is None else called | now
