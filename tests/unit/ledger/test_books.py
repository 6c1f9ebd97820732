from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.ledgers import AT, DAY, booked, drawn, house, leg, refusal
from zhirong.core.messages import Language
from zhirong.ledger.accounts import Account, AccountError, AccountKind, Balance, Limit
from zhirong.ledger.books import Booked, Ledger, Reason, Refused, ReplayError, replay
from zhirong.ledger.transfers import Batch, Transfer, TransferKind
from zhirong.parameters.reader import catalog


def ledger() -> Ledger:
    found = Ledger()
    found.add_accounts(
        (
            Account(id="a", kind=AccountKind.ASSET),
            Account(id="b", kind=AccountKind.LIABILITY),
            Account(id="purse", kind=AccountKind.ASSET, limit=Limit.CREDITS_WITHIN_DEBITS),
            Account(id="usd", kind=AccountKind.ASSET, currency="USD"),
        )
    )
    return found


def pending(number: str, kind: TransferKind, **changes: Any) -> Any:
    return leg(kind=kind, pending=number, **changes)


class TestAddAccounts:
    def test_is_done_once(self) -> None:
        books = ledger()
        booked(books, "k", leg())

        books.add_accounts((Account(id="a", kind=AccountKind.ASSET),))

        assert books.balance("a").debits_posted == 100

    def test_refuses_other_terms_under_the_same_id(self) -> None:
        with pytest.raises(AccountError):
            ledger().add_accounts((Account(id="a", kind=AccountKind.EQUITY),))

    def test_is_needed_before_a_balance_is_asked_for(self) -> None:
        with pytest.raises(AccountError):
            ledger().balance("nobody's")


class TestBook:
    def test_moves_both_sides_by_one_row(self) -> None:
        books = ledger()

        booked(books, "k", leg())

        assert books.balance("a") == Balance(debits_posted=100)
        assert books.balance("b") == Balance(credits_posted=100)

    def test_gives_the_same_answer_to_the_same_key_at_a_later_time(self) -> None:
        books = ledger()
        first = booked(books, "k", leg())

        again = books.book(Batch(key="k", on=DAY, legs=(leg(),)), at=AT + timedelta(days=1))

        assert again == Booked(rows=first, is_repeat=True)
        assert len(books.rows) == 1

    @pytest.mark.parametrize(
        "other",
        [
            Batch(key="k", on=DAY, legs=(leg(amount_fen=101),)),
            Batch(key="k", on=DAY + timedelta(days=1), legs=(leg(),)),
            Batch(key="k", on=DAY, legs=(leg(), leg())),
        ],
    )
    def test_refuses_the_same_key_with_another_content(self, other: Batch) -> None:
        books = ledger()
        booked(books, "k", leg())

        found = books.book(other, at=AT)

        assert found == Refused(key="k", reason=Reason.KEY_REUSED, place=0, about="k")
        assert len(books.rows) == 1

    def test_leaves_the_key_of_a_refused_batch_free(self) -> None:
        books = ledger()
        refusal(books, "k", leg(debit="b", credit="purse"))
        booked(books, "fund", leg(debit="purse"))

        booked(books, "k", leg(debit="b", credit="purse"))

        assert books.balance("purse").net_fen(AccountKind.ASSET) == 0

    def test_books_all_of_a_batch_or_nothing(self) -> None:
        books = ledger()
        booked(books, "hold", leg(kind=TransferKind.PENDING))
        before = books.balances.to_bytes()

        found = refusal(
            books,
            "k",
            leg(),
            pending("hold/1", TransferKind.POST),
            leg(kind=TransferKind.PENDING),
            leg(credit="purse", amount_fen=1),
        )

        assert (found.reason, found.place, found.about) == (Reason.LIMIT, 4, "purse")
        assert books.balances.to_bytes() == before
        assert [row.number for row in books.pending] == ["hold/1"]
        booked(books, "post", pending("hold/1", TransferKind.POST))

    @pytest.mark.parametrize(
        ("wrong", "reason", "about"),
        [
            (leg(debit="c"), Reason.ACCOUNT_UNKNOWN, "c"),
            (leg(credit="usd"), Reason.CURRENCIES_DIFFER, "usd"),
            (leg(credit="purse"), Reason.LIMIT, "purse"),
            (pending("hold/9", TransferKind.POST), Reason.PENDING_UNKNOWN, "hold/9"),
            (pending("fund/1", TransferKind.VOID), Reason.PENDING_UNKNOWN, "fund/1"),
            (pending("hold/1", TransferKind.POST, debit="purse"), Reason.PENDING_UNLIKE, "hold/1"),
            (pending("hold/1", TransferKind.POST, amount_fen=101), Reason.PENDING_UNLIKE, "hold/1"),
            (pending("hold/1", TransferKind.VOID, amount_fen=99), Reason.PENDING_UNLIKE, "hold/1"),
        ],
    )
    def test_says_what_speaks_against_a_row(self, wrong: Any, reason: Reason, about: str) -> None:
        books = ledger()
        booked(books, "fund", leg())
        booked(books, "hold", leg(kind=TransferKind.PENDING))

        found = refusal(books, "k", wrong)

        assert (found.reason, found.place, found.about) == (reason, 1, about)


class TestPending:
    """Row E5: pending, then post or void, once."""

    def test_holds_room_but_gives_none(self) -> None:
        books = ledger()
        booked(books, "fund", leg(debit="purse", amount_fen=100))
        booked(books, "hold", leg(debit="b", credit="purse", kind=TransferKind.PENDING))

        assert refusal(books, "k", leg(debit="b", credit="purse", amount_fen=1)).reason == "limit"

    def test_posts_a_part_and_frees_the_rest(self) -> None:
        books = ledger()
        booked(books, "fund", leg(debit="purse", amount_fen=100))
        booked(books, "hold", leg(debit="b", credit="purse", kind=TransferKind.PENDING))

        part = pending("hold/1", TransferKind.POST, debit="b", credit="purse", amount_fen=60)
        booked(books, "post", part)

        assert books.balance("purse") == Balance(debits_posted=100, credits_posted=60)
        assert books.pending == ()

    def test_is_void_without_a_trace_in_the_sums(self) -> None:
        books = ledger()
        booked(books, "hold", leg(kind=TransferKind.PENDING))

        booked(books, "void", pending("hold/1", TransferKind.VOID))

        assert books.balance("a") == books.balance("b") == Balance()
        assert len(books.rows) == 2

    @pytest.mark.parametrize("first", [TransferKind.POST, TransferKind.VOID])
    @pytest.mark.parametrize("second", [TransferKind.POST, TransferKind.VOID])
    def test_is_resolved_once(self, first: TransferKind, second: TransferKind) -> None:
        books = ledger()
        booked(books, "hold", leg(kind=TransferKind.PENDING))
        booked(books, "first", pending("hold/1", first))

        found = refusal(books, "second", pending("hold/1", second))

        assert (found.reason, found.about) == (Reason.PENDING_RESOLVED, "hold/1")


class TestRefused:
    @pytest.mark.parametrize("reason", list(Reason))
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_has_words(self, reason: Reason, lang: Language) -> None:
        found = Refused(key="k-7", reason=reason, place=2, about="purse")

        assert "purse" in catalog("ledger").text(found.message, lang)


class TestReplay:
    """Row E5: the same rows give the same bytes, and other rows are found."""

    def test_gives_the_same_bytes(self) -> None:
        books = drawn()

        again = replay(books.accounts, books.rows)

        assert again.balances.to_bytes() == books.balances.to_bytes()
        assert again.rows == books.rows

    def test_goes_on_where_the_rows_end(self) -> None:
        books = replay(ledger().accounts, ())
        rows = booked(books, "hold", leg(kind=TransferKind.PENDING))

        again = replay(books.accounts, rows)

        assert again.pending == rows
        assert again.book(Batch(key="hold", on=DAY, legs=(leg(),)), at=AT) == Refused(
            key="hold", reason=Reason.KEY_REUSED, place=0, about="hold"
        )

    @pytest.mark.parametrize(
        "tamper",
        [
            lambda rows: rows[1:],
            lambda rows: (rows[0], *rows[2:]),
            lambda rows: (*rows, rows[-1]),
            lambda rows: (rows[0], rows[2], rows[1], *rows[3:]),
            lambda rows: (replace(rows[0], amount_fen=rows[0].amount_fen // 10), *rows[1:]),
            lambda rows: (*rows[:-1], replace(rows[-1], at=rows[-1].at + timedelta(seconds=1))),
            lambda rows: (*rows[:-1], replace(rows[-1], number="paid-1/7")),
        ],
        ids=["first lost", "one lost", "twice", "order", "amount", "time", "number"],
    )
    def test_finds_rows_that_were_not_booked_so(self, tamper: Any) -> None:
        books = drawn()
        rows: tuple[Transfer, ...] = tamper(books.rows)

        with pytest.raises(ReplayError):
            replay(books.accounts, rows)

    def test_of_nothing_is_an_empty_house(self) -> None:
        assert replay(house().accounts, ()).balances.to_bytes() == house().balances.to_bytes()
