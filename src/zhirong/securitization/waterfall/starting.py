"""The state before the first event."""

import numpy as np

from zhirong.securitization.collections import Collections
from zhirong.securitization.waterfall.carriers import Cell
from zhirong.securitization.waterfall.program import Program
from zhirong.securitization.waterfall.state import KINDS, State


def starting_state(program: Program, collections: Collections) -> State:
    """Everything at issue: opening accounts, issued balances, nothing due."""
    plan, carrier = program.plan, program.carrier
    zero = _zero(program, collections)
    pool_start = pool_at_start(collections, zero)
    cash = [zero + account.opening_fen for account in plan.accounts]
    brought_in = zero
    for each in cash:
        brought_in = brought_in + each
    balance = [zero + tranche.balance_fen for tranche in plan.tranches]
    tranches, fees, hedges = len(plan.tranches), len(plan.fees), len(plan.hedges)
    supports, triggers = len(plan.supports), len(plan.triggers)
    state = State(
        carrier=carrier,
        zero=zero,
        cash=cash,
        balance=balance,
        start_balance=list(balance),
        opening_balance=list(balance),
        interest_due=[zero] * tranches,
        unpaid_due=[zero] * tranches,
        interest_today=[zero] * tranches,
        principal_today=[zero] * tranches,
        residual_today=[zero] * tranches,
        loss_today=[zero] * tranches,
        fee_due=[zero] * fees,
        fee_today=[zero] * fees,
        fee_year=[zero] * fees,
        fee_all=[zero] * fees,
        fee_mark=[zero] * fees,
        support_left=[
            None if each.limit_fen is None else zero + each.limit_fen for each in plan.supports
        ],
        support_given=[None] * supports,
        support_owed=[zero] * supports,
        support_cost=[zero] * supports,
        support_today=[zero] * supports,
        support_repaid_today=[zero] * supports,
        hedge_due=[zero] * hedges,
        hedge_mark=[zero] * hedges,
        hedge_in_today=[zero] * hedges,
        hedge_out_today=[zero] * hedges,
        flags=[False if carrier.is_one_path else zero > 0] * triggers,
        in_a_row=[zero] * triggers,
        happened={},
        period=[zero] * len(KINDS),
        whole=[zero] * len(KINDS),
        pool_balance=pool_start,
        pool_start=pool_start,
        brought_in=brought_in,
        paid_out=zero,
        other_residual=zero,
        bought_today=zero,
        on=plan.dates.closing,
        rows=[] if carrier.is_one_path else None,
        entries=[] if carrier.is_one_path else None,
        account_keys=tuple(account.key for account in plan.accounts),
    )
    mark_bases(program, state)
    return state


def mark_bases(program: Program, state: State) -> None:
    """Bases and notionals of the first period are those at issue."""
    for fee in program.marked:
        state.fee_mark[fee.index] = fee.base(state)
    for place, notional in program.notionals:
        state.balance[place] = state.start_balance[place] = notional(state)
    for place, read in enumerate(program.hedge_notionals):
        state.hedge_mark[place] = read(state)


def _zero(program: Program, collections: Collections) -> Cell:
    if program.carrier.is_one_path:
        return 0
    for kind in (*KINDS, "balance"):
        for each in getattr(collections, kind):
            if isinstance(each, np.ndarray):
                return np.zeros(each.shape)
    return np.zeros(1)


def pool_at_start(collections: Collections, zero: Cell) -> Cell:
    """The pool before the first period: its balance then, and what fell out of it in between."""
    if not collections.on:
        return zero
    found = zero + collections.balance[0]
    for kind in ("principal", "prepaid", "defaulted"):
        found = found + getattr(collections, kind)[0]
    return found
