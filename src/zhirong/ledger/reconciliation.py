"""Reconciliation: the ledger's postings on a rail's account against the rail's own statement.

One posting is one client reference in one direction, whatever the number of rows it was booked in.
All amounts are signed as the account holder sees them: above zero came in, below zero went out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhirong.ledger.books import posted_rows
from zhirong.ledger.transfers import Transfer


class Match(StrEnum):
    """What became of one reference."""

    MATCHED = "matched"
    AMOUNT_DIFFERS = "amount_differs"
    MISSING_ON_RAIL = "missing_on_rail"
    MISSING_IN_LEDGER = "missing_in_ledger"
    TWICE_ON_RAIL = "twice_on_rail"
    TWICE_IN_LEDGER = "twice_in_ledger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """What a batch of the ledger moved on the account under one reference."""

    key: str
    reference: str
    amount_fen: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the rail's statement; `number` is the rail's own and unique."""

    number: str
    reference: str
    amount_fen: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One reference in one direction, on both sides."""

    match: Match
    reference: str
    postings: tuple[Posting, ...]
    entries: tuple[Entry, ...]

    @property
    def difference_fen(self) -> int:
        """The rail's amount less the ledger's."""
        return _sum(self.entries) - _sum(self.postings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """Every reference once, by reference; and the entries that the rail told again.

    The differences of all lines sum to the rail's total less the ledger's: no fen is explained
    away.
    """

    lines: tuple[Compared, ...]
    repeated: tuple[Entry, ...]

    @property
    def is_clean(self) -> bool:
        """Whether all is matched; an entry told again moves nothing."""
        return all(line.match is Match.MATCHED for line in self.lines)

    @property
    def difference_fen(self) -> int:
        """The rail's total less the ledger's."""
        return sum(line.difference_fen for line in self.lines)

    def of(self, match: Match) -> tuple[Compared, ...]:
        """The lines of one kind."""
        return tuple(line for line in self.lines if line.match is match)


def postings(account: str, rows: Iterable[Transfer]) -> tuple[Posting, ...]:
    """What was posted on an account, one posting a batch and reference, in the order of booking.

    Opposite rows of one batch are kept apart: a rail shows them as two entries.
    """
    sums: dict[tuple[str, str, bool], Posting] = {}
    for row in posted_rows(rows):
        if account not in (row.debit, row.credit):
            continue
        is_in = row.debit == account
        place = (row.key, row.reference, is_in)
        known = sums[place].amount_fen if place in sums else 0
        sums[place] = Posting(
            key=row.key,
            reference=row.reference,
            amount_fen=known + (row.amount_fen if is_in else -row.amount_fen),
            on=row.on,
        )
    return tuple(sums.values())


def reconcile(booked: Iterable[Posting], told: Iterable[Entry]) -> Reconciliation:
    """Hold the ledger's postings against the rail's entries, to the fen.

    An entry told again (same number, same content) counts once and is listed as repeated; another
    entry under the same reference is paid twice. Postings without a reference match nothing.
    """
    entries: dict[Entry, int] = {}
    repeated: list[Entry] = []
    for entry in told:
        if entry in entries:
            repeated.append(entry)
        entries.setdefault(entry, len(entries))
    left: dict[_Place, list[Posting]] = {}
    right: dict[_Place, list[Entry]] = {}
    for posting in booked:
        place = _place(posting.reference, posting.amount_fen, own=f"ledger {posting.key}")
        left.setdefault(place, []).append(posting)
    for entry in entries:
        place = _place(entry.reference, entry.amount_fen, own=f"rail {entry.number}")
        right.setdefault(place, []).append(entry)
    lines = tuple(
        _compared(tuple(left.get(place, ())), tuple(right.get(place, ())))
        for place in sorted({*left, *right})
    )
    return Reconciliation(lines=lines, repeated=tuple(repeated))


# Reference, whether money came in, and for what bears no reference its own number.
_Place = tuple[str, bool, str]


def _place(reference: str, amount_fen: int, *, own: str) -> _Place:
    return reference, amount_fen > 0, "" if reference else own


def _compared(booked: tuple[Posting, ...], told: tuple[Entry, ...]) -> Compared:
    reference = (booked or told)[0].reference
    return Compared(match=_match(booked, told), reference=reference, postings=booked, entries=told)


def _match(booked: Sequence[Posting], told: Sequence[Entry]) -> Match:
    if not told:
        return Match.MISSING_ON_RAIL
    if not booked:
        return Match.MISSING_IN_LEDGER
    if len(told) > len(booked):
        return Match.TWICE_ON_RAIL
    if len(booked) > len(told):
        return Match.TWICE_IN_LEDGER
    return Match.MATCHED if _sum(told) == _sum(booked) else Match.AMOUNT_DIFFERS


def _sum(items: Sequence[Posting] | Sequence[Entry]) -> int:
    return sum(item.amount_fen for item in items)
