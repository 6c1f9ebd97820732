"""What a run leaves behind: every tranche, account, fee and support by payment date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhirong.securitization.collections import Fen
from zhirong.securitization.waterfall.carriers import Cell
from zhirong.securitization.waterfall.state import Entry, RawEntry, RawRow, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class TrancheRun:
    """A tranche by payment date, in fen; ints, or arrays over paths.

    `interest_short` is what stays unpaid after the date, `unpaid_interest_due` the part of it
    that unpaid interest earned; `residual_paid` is what it got of the rest; `loss` is written
    down on the date, on the last one with the principal that was never paid.
    """

    rate: tuple[Fraction, ...]
    interest_paid: Sequence[Fen]
    principal_paid: Sequence[Fen]
    residual_paid: Sequence[Fen]
    balance: Sequence[Fen]
    interest_short: Sequence[Fen]
    unpaid_interest_due: Sequence[Fen]
    loss: Sequence[Fen]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRun:
    """An account: its balance after each payment date, and what its target was then."""

    balance: Sequence[Fen]
    target: Sequence[Fen]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRun:
    """A fee: what was paid on each payment date, and what stayed due."""

    paid: Sequence[Fen]
    due_after: Sequence[Fen]


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportRun:
    """A support: what it paid, what it got back (costs included), what the plan still owes it."""

    paid: Sequence[Fen]
    repaid: Sequence[Fen]
    owed_after: Sequence[Fen]


@dataclass(frozen=True, slots=True, kw_only=True)
class HedgeRun:
    """A hedge: what the plan received and paid."""

    received: Sequence[Fen]
    paid: Sequence[Fen]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRun:
    """A plan run over collections. Sequences go by payment date (`on`).

    `residual` is what was paid as rest to tranches and other holders (a fee's part stands with the
    fee); `bought` went into new assets; `triggers`
    says which were on after the date; `stage` the place of the waterfall that ran (0 normal, 1
    accelerated, 2 default). `rows` and `entries` are there for one path only.
    """

    on: tuple[date, ...]
    tranches: Mapping[str, TrancheRun]
    accounts: Mapping[str, AccountRun]
    fees: Mapping[str, FeeRun]
    supports: Mapping[str, SupportRun]
    hedges: Mapping[str, HedgeRun]
    triggers: Mapping[str, Sequence[Cell]]
    stage: Sequence[Cell]
    residual: Sequence[Fen]
    bought: Sequence[Fen]
    raw_rows: Sequence[RawRow]
    raw_entries: Sequence[RawEntry]

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every step of every date; built when asked for."""
        return tuple(Row(*row) for row in self.raw_rows)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every movement of every account; built when asked for."""
        return tuple(Entry(*entry) for entry in self.raw_entries)
