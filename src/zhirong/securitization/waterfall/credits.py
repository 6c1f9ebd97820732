"""What a payment changes for the one who gets it: tranche, fee, support, holder of the rest."""

from collections.abc import Callable, Sequence

from zhirong.securitization.waterfall.carriers import Cell
from zhirong.securitization.waterfall.payments import Credit
from zhirong.securitization.waterfall.state import State


def interest(tranches: Sequence[int]) -> Credit:
    """Interest: first what unpaid interest earned, then interest itself."""

    def credit(state: State, place: int, part: Cell) -> None:
        index = tranches[place]
        state.interest_today[index] = state.interest_today[index] + part
        unpaid = state.unpaid_due[index]
        if unpaid is not state.zero:
            first = state.carrier.least(part, unpaid)
            state.unpaid_due[index] = unpaid - first
            part = part - first
        state.interest_due[index] = state.interest_due[index] - part

    return credit


def principal(tranches: Sequence[int]) -> Credit:
    """Principal: the balance falls."""

    def credit(state: State, place: int, part: Cell) -> None:
        index = tranches[place]
        state.principal_today[index] = state.principal_today[index] + part
        state.balance[index] = state.balance[index] - part

    return credit


def fees(indexes: Sequence[int]) -> Credit:
    """A fee: what is due falls; the caps see it."""

    def credit(state: State, place: int, part: Cell) -> None:
        index = indexes[place]
        state.fee_due[index] = state.fee_due[index] - part
        _count_fee(state, index, part)

    return credit


def _count_fee(state: State, index: int, part: Cell) -> None:
    state.fee_today[index] = state.fee_today[index] + part
    state.fee_year[index] = state.fee_year[index] + part
    state.fee_all[index] = state.fee_all[index] + part


def residual(payees: Sequence[tuple[str, int | None]]) -> Credit:
    """What is left over, to a tranche, a fee, or another holder: (kind, place in its list)."""

    def to_tranche(index: int) -> Callable[[State, Cell], None]:
        def book(state: State, part: Cell) -> None:
            state.residual_today[index] = state.residual_today[index] + part

        return book

    def to_fee(index: int) -> Callable[[State, Cell], None]:
        return lambda state, part: _count_fee(state, index, part)

    def to_other(state: State, part: Cell) -> None:
        state.other_residual = state.other_residual + part

    kinds = {"tranche": to_tranche, "fee": to_fee}
    books = [kinds[kind](index) if index is not None else to_other for kind, index in payees]

    def credit(state: State, place: int, part: Cell) -> None:
        books[place](state, part)

    return credit


def support_repayment(indexes: Sequence[int], revolving: Sequence[bool]) -> Credit:
    """What a support paid is given back; credit that revolves can be drawn again."""

    def credit(state: State, place: int, part: Cell) -> None:
        index = indexes[place]
        state.support_owed[index] = state.support_owed[index] - part
        state.support_repaid_today[index] = state.support_repaid_today[index] + part
        left = state.support_left[index]
        if revolving[place] and left is not None:
            state.support_left[index] = left + part

    return credit


def support_costs(indexes: Sequence[int]) -> Credit:
    """Interest and commitment fee of a facility."""

    def credit(state: State, place: int, part: Cell) -> None:
        index = indexes[place]
        state.support_cost[index] = state.support_cost[index] - part
        state.support_repaid_today[index] = state.support_repaid_today[index] + part

    return credit


def hedges(indexes: Sequence[int]) -> Credit:
    """What the plan owes under a swap."""

    def credit(state: State, place: int, part: Cell) -> None:
        index = indexes[place]
        state.hedge_due[index] = state.hedge_due[index] - part
        state.hedge_out_today[index] = state.hedge_out_today[index] + part

    return credit


def assets() -> Credit:
    """Assets bought at the price paid; the pool grows in the proportions it has."""

    def credit(state: State, _: int, part: Cell) -> None:
        state.bought_today = state.bought_today + part

    return credit
