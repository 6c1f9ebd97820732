"""Row E5 of the published numbers: the laws of the ledger, on random sequences.

Source: TigerBeetle, documentation of transfers and two-phase transfers. The sum of debits is the
sum of credits at all times; what is pending is posted or voided once; a replay of the rows gives
the same bytes.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from zhirong.ledger.accounts import Account, AccountKind, Balance, Limit
from zhirong.ledger.books import Booked, Ledger, Reason, Refused, replay
from zhirong.ledger.reconciliation import Entry, Posting, reconcile
from zhirong.ledger.transfers import Batch, Leg, Transfer, TransferKind, rows_bytes
from zhirong.ledger.trial_balance import trial_balance

DAY = date(2026, 3, 2)
START = datetime(2026, 3, 2, tzinfo=UTC)
LIMITS = {
    "a": Limit.NONE,
    "b": Limit.NONE,
    "c": Limit.CREDITS_WITHIN_DEBITS,
    "d": Limit.DEBITS_WITHIN_CREDITS,
    "e": Limit.CREDITS_WITHIN_DEBITS,
}
ACCOUNTS = tuple(
    Account(id=name, kind=AccountKind.ASSET, limit=limit) for name, limit in LIMITS.items()
)
PAIRS = st.permutations(sorted(LIMITS)).map(lambda names: (names[0], names[1]))
AMOUNTS = st.integers(1, 500)
FRESH = st.sampled_from((TransferKind.POSTED, TransferKind.PENDING))


def leg(kind: TransferKind, pair: tuple[str, str], fen: int, pending: str | None = None) -> Leg:
    return Leg(
        kind=kind, debit=pair[0], credit=pair[1], amount_fen=fen, event="random", pending=pending
    )


LEGS = st.builds(leg, FRESH, PAIRS, AMOUNTS)


class LedgerMachine(RuleBasedStateMachine):
    """Books random batches, and keeps the sums a second time in the plainest way."""

    def __init__(self) -> None:
        super().__init__()
        self.ledger = Ledger()
        self.ledger.add_accounts(ACCOUNTS)
        self.batches: list[Batch] = []
        self.held: dict[str, Transfer] = {}
        self.done: list[Transfer] = []
        self.posted = dict.fromkeys(LIMITS, 0)
        self.count = 0

    def book(self, legs: tuple[Leg, ...]) -> Booked | Refused:
        self.count += 1
        batch = Batch(key=f"k{self.count}", on=DAY, legs=legs)
        before = self.ledger.balances.to_bytes()
        found = self.ledger.book(batch, at=START + timedelta(seconds=self.count))
        if isinstance(found, Refused):
            assert self.ledger.balances.to_bytes() == before
            return found
        self.batches.append(batch)
        for row in found.rows:
            self.note(row)
        return found

    def note(self, row: Transfer) -> None:
        if row.pending is not None:
            self.done.append(self.held.pop(row.pending))
        if row.kind is TransferKind.PENDING:
            self.held[row.number] = row
        if row.kind in (TransferKind.POSTED, TransferKind.POST):
            self.posted[row.debit] += row.amount_fen
            self.posted[row.credit] -= row.amount_fen

    @rule(legs=st.lists(LEGS, min_size=1, max_size=4).map(tuple))
    def books_a_batch(self, legs: tuple[Leg, ...]) -> None:
        found = self.book(legs)

        assert isinstance(found, Booked) or found.reason is Reason.LIMIT

    @rule(data=st.data(), kind=st.sampled_from((TransferKind.POST, TransferKind.VOID)))
    def resolves_what_is_pending(self, data: st.DataObject, kind: TransferKind) -> None:
        if not self.held:
            return
        held = data.draw(st.sampled_from(list(self.held.values())))
        part = data.draw(st.integers(1, held.amount_fen))
        fen = part if kind is TransferKind.POST else held.amount_fen

        found = self.book((leg(kind, (held.debit, held.credit), fen, held.number),))

        assert isinstance(found, Booked)

    @rule(data=st.data(), kind=st.sampled_from((TransferKind.POST, TransferKind.VOID)))
    def never_resolves_twice(self, data: st.DataObject, kind: TransferKind) -> None:
        if not self.done:
            return
        gone = data.draw(st.sampled_from(self.done))

        found = self.book((leg(kind, (gone.debit, gone.credit), gone.amount_fen, gone.number),))

        assert isinstance(found, Refused)
        assert found.reason is Reason.PENDING_RESOLVED

    @rule(data=st.data())
    def answers_a_repeated_key_alike(self, data: st.DataObject) -> None:
        if not self.batches:
            return
        batch = data.draw(st.sampled_from(self.batches))
        count = len(self.ledger.rows)

        found = self.ledger.book(batch, at=START)

        assert isinstance(found, Booked)
        assert found.is_repeat
        assert found.rows[0].number == f"{batch.key}/1"
        assert len(self.ledger.rows) == count

    @invariant()
    def debits_are_credits(self) -> None:
        found = trial_balance(self.ledger.accounts, self.ledger.balances)

        assert found.is_even
        assert sum(row.debits_posted for row in found.rows) == sum(
            row.credits_posted for row in found.rows
        )
        assert sum(row.pending_fen for row in found.rows) == 0

    @invariant()
    def sums_are_those_of_the_rows(self) -> None:
        for name, fen in self.posted.items():
            assert self.ledger.balance(name).net_fen(AccountKind.ASSET) == fen
        assert {row.number for row in self.ledger.pending} == set(self.held)

    @invariant()
    def limits_hold(self) -> None:
        for name, limit in LIMITS.items():
            balance = self.ledger.balance(name)
            assert balance.keeps(limit)
            assert min(_sums(balance)) >= 0

    @invariant()
    def replay_gives_the_same_bytes(self) -> None:
        again = replay(self.ledger.accounts, self.ledger.rows)

        assert again.balances.to_bytes() == self.ledger.balances.to_bytes()
        assert rows_bytes(again.rows) == rows_bytes(self.ledger.rows)


def _sums(balance: Balance) -> tuple[int, ...]:
    return (
        balance.debits_posted,
        balance.credits_posted,
        balance.debits_pending,
        balance.credits_pending,
    )


TestLedger: Any = LedgerMachine.TestCase

REFERENCES = st.sampled_from(("", "A", "B", "C"))
SIGNED = st.integers(-1_000, 1_000).filter(bool)
POSTINGS = st.lists(
    st.builds(
        Posting, key=st.text(max_size=2), reference=REFERENCES, amount_fen=SIGNED, on=st.just(DAY)
    )
)
ENTRIES = st.lists(
    st.builds(
        Entry, number=st.text(max_size=2), reference=REFERENCES, amount_fen=SIGNED, on=st.just(DAY)
    )
)


class TestReconcile:
    @given(POSTINGS, ENTRIES)
    def test_explains_every_fen_and_every_item(
        self, booked: list[Posting], told: list[Entry]
    ) -> None:
        found = reconcile(booked, told)

        once = list(dict.fromkeys(told))
        difference = sum(e.amount_fen for e in once) - sum(p.amount_fen for p in booked)
        assert found.difference_fen == difference
        assert sum(len(line.postings) for line in found.lines) == len(booked)
        assert sum(len(line.entries) for line in found.lines) == len(once)
        assert len(once) + len(found.repeated) == len(told)

    @given(POSTINGS)
    def test_is_clean_against_its_own_statement(self, booked: list[Posting]) -> None:
        named = {item.reference: item for item in booked if item.reference}.values()
        told = [
            Entry(number=str(n), reference=p.reference, amount_fen=p.amount_fen, on=p.on)
            for n, p in enumerate(named)
        ]

        assert reconcile(named, reversed(told)).is_clean
