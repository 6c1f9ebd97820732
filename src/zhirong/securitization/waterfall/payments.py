"""How one step pays: what it wants, what its account has, who supports it, who gets what."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from zhirong.securitization.plan.actions import Action, LimitKind, Order
from zhirong.securitization.waterfall.carriers import Carrier, Cell, Sharing
from zhirong.securitization.waterfall.measures import Names, Reading, amount_of
from zhirong.securitization.waterfall.state import ConservationError, State

Step: TypeAlias = Callable[[State, Cell], None]
"""A step of a waterfall: changes the state on the paths of a mask (None: on all)."""
Draw: TypeAlias = Callable[[State, Cell], Cell]
"""A support: given what is short, books what it pays and returns it."""
Credit: TypeAlias = Callable[[State, int, Cell], None]
"""Books what a payee got, by its place among the names of the step."""


def limited_by(action: Action, names: Names) -> Callable[[State, Cell], Cell] | None:
    """What a step's limit leaves of what is due; None where the step has no limit."""
    limit = action.limit
    if limit is None:
        return None
    carrier = names.carrier
    ratio = (limit.share.numerator, limit.share.denominator)
    if limit.kind is LimitKind.SHARE_OF_DUE:
        return lambda _, due: carrier.scaled(due, ratio)
    if limit.kind is LimitKind.SHARE_OF_CASH:
        account = names.accounts[action.account or ""]
        return lambda state, due: carrier.least(due, carrier.scaled(state.cash[account], ratio))
    assert limit.amount is not None, "validation asks for the amount of such a limit"
    most = amount_of(limit.amount, names)
    return lambda state, due: carrier.least(due, carrier.greatest(most(state), 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """A step that pays claimants from an account, with supports behind it.

    `dues` are read in the order of the names; `credit` books what each gets.
    """

    key: str
    account: int
    account_key: str
    payees: tuple[str, ...]
    dues: tuple[Reading, ...]
    limit: Callable[[State, Cell], Cell] | None
    draws: tuple[Draw, ...]
    order: Order
    sharing: Sharing
    credit: Credit

    def __call__(self, state: State, mask: Cell) -> None:
        """Pays on the paths of the mask.

        Raises:
            ConservationError: The step is short although its account still holds cash.
        """
        carrier = state.carrier
        dues: Sequence[Cell] = [due(state) for due in self.dues]
        if mask is not None:
            dues = [due * mask for due in dues]
        total = dues[0]
        if len(dues) > 1:
            for due in dues[1:]:
                total = total + due
        wanted = total if self.limit is None else self.limit(state, total)
        available = state.cash[self.account]
        if self._is_idle(carrier, wanted, available):
            self._note(state, (wanted, available, 0, 0), None)
            return
        paid = carrier.least(wanted, available)
        state.move(self.account, -paid, self.key)
        drawn = self._drawn(state, wanted - paid) if self.draws else 0
        short = wanted - paid - drawn
        if carrier.breaks(carrier.least(short, state.cash[self.account])):
            raise ConservationError(self.key, state.on)
        paid = paid + drawn
        parts = self._parts(carrier, dues, total, paid)
        paid_out, credit = state.paid_out, self.credit
        for place, part in enumerate(parts):
            credit(state, place, part)
            paid_out = paid_out + part
        state.paid_out = paid_out
        self._note(state, (wanted, available, paid, drawn), parts)

    def _is_idle(self, carrier: Carrier, wanted: Cell, available: Cell) -> bool:
        """Whether nothing is due, or nothing is there to pay it."""
        if carrier.is_one_path:
            return not wanted or not (available or self.draws)
        return not carrier.any(wanted)

    def _drawn(self, state: State, short: Cell) -> Cell:
        drawn: Cell = 0
        for draw in self.draws:
            if not state.carrier.any(short):
                break
            got = draw(state, short)
            drawn = drawn + got
            short = short - got
        return drawn

    def _parts(
        self, carrier: Carrier, dues: Sequence[Cell], total: Cell, paid: Cell
    ) -> Sequence[Cell]:
        if self.order is Order.PRO_RATA or len(dues) == 1:
            return self.sharing.over(dues, total, paid)
        parts = []
        left = paid
        for due in dues:
            part = carrier.least(due, left)
            parts.append(part)
            left = left - part
        return parts

    def _note(
        self, state: State, amounts: tuple[int, int, int, int], parts: Sequence[Cell] | None
    ) -> None:
        if state.rows is None:
            return
        due, available, paid, drawn = amounts
        shared = () if parts is None else tuple(zip(self.payees, parts, strict=True))
        state.rows.append(
            (
                state.on,
                state.waterfall,
                self.key,
                self.account_key,
                due,
                available,
                paid,
                drawn,
                due - paid,
                shared,
            )
        )


def account_draw(account: int, key: str) -> Draw:
    """Support from another account of the plan."""

    def draw(state: State, short: Cell) -> Cell:
        got = state.carrier.least(short, state.cash[account])
        state.move(account, -got, key)
        return got

    return draw
