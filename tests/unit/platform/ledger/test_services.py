"""The tables beside the pure ledger: the same batches, the same answers, the same balances."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from zhirong.ledger import chart, plans
from zhirong.ledger.accounts import Account as PureAccount
from zhirong.ledger.accounts import AccountError, AccountKind
from zhirong.ledger.books import Ledger, Reason, Refused, replay
from zhirong.ledger.plans import Draw, Payment
from zhirong.ledger.transfers import Batch
from zhirong.ledger.transfers import Transfer as Row
from zhirong.platform.ledger import selectors
from zhirong.platform.ledger.models import Transfer
from zhirong.platform.ledger.rows import row_of
from zhirong.platform.ledger.services import LedgerRefusedError, book, open_accounts
from zhirong.platform.operations import clock

DAY = date(2026, 7, 6)
ACCOUNTS = (*chart.of_house(("bank",)), *chart.of_facility("F1"), *chart.of_loan("L1"))


def opened(limit_fen: int = 100_00) -> None:
    open_accounts(ACCOUNTS)
    book(
        Batch(key="open", on=DAY, legs=plans.facility_opened("F1", limit_fen=limit_fen)),
        matter_id=None,
    )


def ordered(key: str, fen: int) -> Batch:
    payment = Payment(rail="bank", reference=key)
    draw = Draw(facility="F1", loan="L1", amount_fen=fen, payment=payment, is_entrusted=False)
    return Batch(key=key, on=DAY, legs=plans.draw_ordered(draw))


@pytest.mark.django_db
class TestBook:
    def test_moves_both_sides(self) -> None:
        opened()
        book(ordered("d1", 40_00), matter_id=None)
        rows = selectors.pending_of("d1")
        book(Batch(key="d1-paid", on=DAY, legs=plans.confirmed(rows)), matter_id=None)

        assert selectors.net_fen("loan/L1/principal") == 40_00
        assert selectors.net_fen("cash/bank") == -40_00
        assert selectors.net_fen("facility/F1/undrawn") == 60_00
        assert selectors.pending_of("d1") == ()

    def test_gives_the_same_rows_for_the_same_key(self) -> None:
        opened()
        first = book(ordered("d1", 40_00), matter_id=None)
        again = book(ordered("d1", 40_00), matter_id=None)

        assert again.is_repeat
        assert [row.number for row in again.rows] == [row.number for row in first.rows]
        assert Transfer.objects.filter(key="d1").count() == 2

    def test_refuses_a_key_with_another_content(self) -> None:
        opened()
        book(ordered("d1", 40_00), matter_id=None)

        with pytest.raises(LedgerRefusedError):
            book(ordered("d1", 41_00), matter_id=None)

    def test_refuses_more_than_there_is_and_books_nothing(self) -> None:
        opened()

        with pytest.raises(LedgerRefusedError):
            book(ordered("d1", 100_01), matter_id=None)

        assert not Transfer.objects.filter(key="d1").exists()
        assert selectors.net_fen("facility/F1/undrawn") == 100_00

    def test_refuses_an_account_on_other_terms(self) -> None:
        open_accounts(ACCOUNTS)

        with pytest.raises(AccountError):
            open_accounts([PureAccount(id="cash/bank", kind=AccountKind.LIABILITY)])


@pytest.mark.django_db
class TestTables:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE ledger_transfer SET amount_fen = 1",
            "DELETE FROM ledger_transfer",
            "UPDATE ledger_account SET credits_posted = 999999 WHERE code LIKE '%undrawn'",
            "UPDATE ledger_account SET debits_pending = -1",
        ],
    )
    def test_refuse_what_a_ledger_cannot_do(self, statement: str) -> None:
        opened()

        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    def test_hold_no_second_resolution_of_a_row(self) -> None:
        opened()
        book(ordered("d1", 40_00), matter_id=None)
        rows = selectors.pending_of("d1")
        book(Batch(key="paid", on=DAY, legs=plans.confirmed(rows)), matter_id=None)

        with pytest.raises(LedgerRefusedError):
            book(Batch(key="void", on=DAY, legs=plans.refused(rows)), matter_id=None)
        stored = Transfer.objects.get(key="paid", number="paid/1")
        stored.pk, stored.number, stored._state.adding = None, "x/1", True
        with pytest.raises(DatabaseError), transaction.atomic():
            stored.save(force_insert=True)


class TestTablesBesideThePureLedger(TestCase):
    @settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["order", "confirm", "refuse", "repay", "accrue"]),
                st.integers(1, 4),
                st.integers(1, 7_000),
            ),
            max_size=14,
        )
    )
    def test_agree_on_every_sequence(self, acts: list[tuple[str, int, int]]) -> None:
        opened()
        pure = Ledger()
        pure.add_accounts(ACCOUNTS)
        pure.book(
            Batch(key="open", on=DAY, legs=plans.facility_opened("F1", limit_fen=100_00)),
            at=clock.real_now(),
        )
        for number, act in enumerate(acts):
            batch = batch_of(number, act, pure)
            if batch is None:
                continue
            told = pure.book(batch, at=clock.real_now())
            assert outcome(batch) == (told.reason if isinstance(told, Refused) else told.is_repeat)
        _, balances = selectors.whole()
        assert balances.to_bytes() == pure.balances.to_bytes()
        kept = [row for key in keys() for row in rows_under(key)]
        assert replay(ACCOUNTS, kept).balances.to_bytes() == balances.to_bytes()
        assert selectors.trial().is_even


def outcome(batch: Batch) -> Reason | bool:
    """Why a batch was refused, or whether it was a repeat."""
    try:
        return book(batch, matter_id=None).is_repeat
    except LedgerRefusedError as error:
        return error.refused.reason


def keys() -> list[str]:
    return list(dict.fromkeys(Transfer.objects.order_by("id").values_list("key", flat=True)))


def rows_under(key: str) -> list[Row]:
    return [row_of(row) for row in Transfer.objects.filter(key=key).order_by("id")]


def batch_of(number: int, act: tuple[str, int, int], pure: Ledger) -> Batch | None:
    word, which, fen = act
    held = [row for row in pure.pending if row.key == f"d{which}"]
    if word == "order":
        return ordered(f"d{which}", fen)
    if word in ("confirm", "refuse"):
        if not held:
            return None
        legs = plans.confirmed(held) if word == "confirm" else plans.refused(held)
        return Batch(key=f"{word}{number}", on=DAY, legs=legs)
    if word == "accrue":
        legs = plans.charged("L1", plans.Event.INTEREST_ACCRUED, amount_fen=fen)
        return Batch(key=f"a{number}", on=DAY, legs=legs)
    parts = plans.Parts(interest=fen % 100, principal=fen)
    receipt = plans.Receipt(
        loan="L1", parts=parts, payment=Payment(rail="bank", reference=f"r{number}")
    )
    return Batch(key=f"r{number}", on=DAY, legs=plans.received(receipt))
