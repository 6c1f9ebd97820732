from datetime import date
from typing import Any

import pytest

from tests.ledgers import LOAN, booked, drawn, payment
from zhirong.ledger import chart, plans
from zhirong.ledger.plans import Parts, Receipt
from zhirong.ledger.reconciliation import Entry, Match, Posting, postings, reconcile

DAY = date(2026, 3, 2)


def posting(reference: str, fen: int, **changes: Any) -> Posting:
    given: dict[str, Any] = {"key": f"k-{reference}", "on": DAY}
    return Posting(reference=reference, amount_fen=fen, **(given | changes))


def entry(number: str, reference: str, fen: int) -> Entry:
    return Entry(number=number, reference=reference, amount_fen=fen, on=DAY)


class TestPostings:
    def test_sums_the_rows_of_one_payment(self) -> None:
        ledger = drawn(1_000)
        back = Receipt(loan=LOAN, parts=Parts(principal=200), rest_fen=5, payment=payment("IN-1"))
        booked(ledger, "in", *plans.received(back))

        found = postings(chart.cash("bank"), ledger.rows)

        assert [(item.reference, item.amount_fen) for item in found] == [
            ("R1", -1_000),
            ("IN-1", 205),
        ]

    def test_leaves_out_what_is_only_ordered(self) -> None:
        ledger = drawn(1_000)
        legs = plans.annual_fee_ordered(LOAN, amount_fen=9, payment=payment("F-1"))
        booked(ledger, "fee", *legs)

        assert [item.reference for item in postings(chart.cash("bank"), ledger.rows)] == ["R1"]


class TestReconcile:
    @pytest.mark.parametrize(
        ("booked", "told", "match", "difference"),
        [
            ([posting("A", -100)], [entry("1", "A", -100)], Match.MATCHED, 0),
            ([posting("A", -100)], [entry("1", "A", -101)], Match.AMOUNT_DIFFERS, -1),
            ([posting("A", -100)], [], Match.MISSING_ON_RAIL, 100),
            ([], [entry("1", "A", 100)], Match.MISSING_IN_LEDGER, 100),
            (
                [posting("A", -100)],
                [entry("1", "A", -100), entry("2", "A", -100)],
                Match.TWICE_ON_RAIL,
                -100,
            ),
            (
                [posting("A", 100), posting("A", 100, key="k-2")],
                [entry("1", "A", 100)],
                Match.TWICE_IN_LEDGER,
                -100,
            ),
        ],
        ids=lambda value: str(value) if isinstance(value, Match) else "",
    )
    def test_says_what_became_of_a_reference(
        self, booked: list[Posting], told: list[Entry], match: Match, difference: int
    ) -> None:
        found = reconcile(booked, told)

        assert [(line.match, line.difference_fen) for line in found.lines] == [(match, difference)]
        assert found.is_clean is (match is Match.MATCHED)
        assert found.of(match) == found.lines

    def test_counts_an_entry_told_again_once(self) -> None:
        again = entry("1", "A", -100)

        found = reconcile([posting("A", -100)], [again, again])

        assert found.is_clean
        assert found.repeated == (again,)

    def test_keeps_payment_and_return_apart(self) -> None:
        told = [entry("1", "A", -100), entry("2", "A", 100)]

        found = reconcile([posting("A", -100)], told)

        assert [line.match for line in found.lines] == [Match.MATCHED, Match.MISSING_IN_LEDGER]

    def test_matches_nothing_without_a_reference(self) -> None:
        found = reconcile([posting("", 100)], [entry("1", "", 100), entry("2", "", 100)])

        assert [line.match for line in found.lines] == [
            Match.MISSING_ON_RAIL,
            Match.MISSING_IN_LEDGER,
            Match.MISSING_IN_LEDGER,
        ]
