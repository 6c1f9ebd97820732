"""Where a run stands: cash, balances, what is due. One object, changed by the steps."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from zhirong.core.errors import ModelError
from zhirong.securitization.plan.records import Stage
from zhirong.securitization.waterfall.carriers import Carrier, Cell

KINDS = ("interest", "principal", "prepaid", "recovered", "defaulted", "lost")
"""What collections hold by period, in the order in which the state keeps them."""
UNIT_FACTOR = 10**9
"""The pool that collections describe, in billionths; purchases raise it."""


class ConservationError(ModelError):
    """The books of a run do not close: a mistake of the interpreter, never of a plan."""

    code = "error.plan_conservation"

    def __init__(self, step: str, on: date) -> None:
        super().__init__(
            f"On {on} step {step} made or lost cash, or paid a later claim before an earlier one.",
            step=step,
            on=on,
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One step of one payment date, of one path, in fen.

    `due` is what the step wants within its limit, `available` the account's cash before it, `paid`
    what was paid in all, `support` the part of it that came from supports, `short` the rest.
    `parts` are the payees' shares by name.
    """

    on: date
    waterfall: str
    step: str
    account: str
    due: int
    available: int
    paid: int
    support: int
    short: int
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement of an account, of one path: fen in (above zero) or out, and what is left."""

    on: date
    account: str
    amount: int
    balance: int
    what: str


RawRow: TypeAlias = tuple[date, str, str, str, int, int, int, int, int, tuple[tuple[str, int], ...]]
RawEntry: TypeAlias = tuple[date, str, int, int, str]


@dataclass(slots=True, kw_only=True)
class State:
    """Amounts by index of account, tranche, fee, support, hedge or trigger, as the program counts.

    Lists named `..._today` start anew on each payment date. `brought_in` and `paid_out` are the
    two sides that the accounts must close to on every step.
    """

    carrier: Carrier
    zero: Cell
    cash: list[Cell]
    balance: list[Cell]
    start_balance: list[Cell]
    opening_balance: list[Cell]
    interest_due: list[Cell]
    unpaid_due: list[Cell]
    interest_today: list[Cell]
    principal_today: list[Cell]
    residual_today: list[Cell]
    loss_today: list[Cell]
    fee_due: list[Cell]
    fee_today: list[Cell]
    fee_year: list[Cell]
    fee_all: list[Cell]
    fee_mark: list[Cell]
    support_left: list[Cell | None]
    support_given: list[Cell | None]
    support_owed: list[Cell]
    support_cost: list[Cell]
    support_today: list[Cell]
    support_repaid_today: list[Cell]
    hedge_due: list[Cell]
    hedge_mark: list[Cell]
    hedge_in_today: list[Cell]
    hedge_out_today: list[Cell]
    flags: list[Cell]
    in_a_row: list[Cell]
    happened: dict[str, Cell]
    period: list[Cell]
    whole: list[Cell]
    pool_balance: Cell
    pool_start: Cell
    brought_in: Cell
    paid_out: Cell
    other_residual: Cell
    bought_today: Cell
    factor: Cell | None = None
    called: Cell | None = None
    is_moved: bool = False
    event: int = 0
    payment: int = 0
    on: date = date.min
    waterfall: str = Stage.NORMAL.value
    rows: list[RawRow] | None = None
    entries: list[RawEntry] | None = None
    account_keys: tuple[str, ...] = field(default=())

    def close(self, step: str) -> None:
        """Holds the accounts against what came in and went out.

        Raises:
            ConservationError: They differ, or an account is below zero.
        """
        if not self.is_moved:
            return
        self.is_moved = False
        held = self.cash[0]
        for cash in self.cash[1:]:
            held = held + cash
        if self.carrier.breaks(held + self.paid_out != self.brought_in):
            raise ConservationError(step, self.on)

    def move(self, account: int, amount: Cell, what: str) -> None:
        """Books an amount into an account (out of it, if below zero).

        Raises:
            ConservationError: The account would be below zero.
        """
        now = self.cash[account] + amount
        if self.carrier.breaks(now < 0):
            raise ConservationError(what, self.on)
        self.cash[account] = now
        self.is_moved = True
        if self.entries is not None and amount:
            self.entries.append((self.on, self.account_keys[account], amount, now, what))
