"""The life of a loan through the plans; each batch keeps the trial balance even."""

import pytest

from tests.ledgers import FACILITY, LOAN, booked, draw, drawn, house, payment, refusal
from zhirong.ledger import chart, plans
from zhirong.ledger.accounts import AccountKind
from zhirong.ledger.books import Ledger, Reason
from zhirong.ledger.chart import FacilityAccounts, LoanAccounts
from zhirong.ledger.plans import ConfirmationError, Event, Parts, PlanError, Receipt
from zhirong.ledger.transfers import TransferKind
from zhirong.ledger.trial_balance import trial_balance

NAMES = LoanAccounts(LOAN)
ROOM = FacilityAccounts(FACILITY).undrawn
BANK = chart.cash("bank")


def stands(ledger: Ledger, account: str) -> int:
    kinds = {item.id: item.kind for item in ledger.accounts}
    return ledger.balance(account).net_fen(kinds[account])


def is_even(ledger: Ledger) -> bool:
    return trial_balance(ledger.accounts, ledger.balances).is_even


class TestDrawOrdered:
    def test_holds_room_and_money_until_the_rail_answers(self) -> None:
        ledger = house()
        booked(ledger, "open", *plans.facility_opened(FACILITY, limit_fen=300))

        booked(ledger, "d", *plans.draw_ordered(draw("R1", 200)))

        assert ledger.balance(ROOM).credits_pending == 200
        assert stands(ledger, NAMES.principal) == 0
        assert stands(ledger, ROOM) == 300

    def test_never_takes_two_into_one_room(self) -> None:
        ledger = house()
        booked(ledger, "open", *plans.facility_opened(FACILITY, limit_fen=300))
        booked(ledger, "d1", *plans.draw_ordered(draw("R1", 200)))

        found = refusal(ledger, "d2", *plans.draw_ordered(draw("R2", 101)))

        assert (found.reason, found.about) == (Reason.LIMIT, ROOM)
        assert ledger.balance(BANK).credits_pending == 200

    def test_names_the_payee_of_an_entrusted_payment(self) -> None:
        order = draw("R1", 200, is_entrusted=True, payment=payment("R1", counterparty="Supplier"))

        legs = plans.draw_ordered(order)

        assert {leg.event for leg in legs} == {Event.ENTRUSTED_PAYMENT}
        assert legs[1].counterparty == "Supplier"


class TestConfirmed:
    def test_makes_the_debt(self) -> None:
        ledger = drawn(200, limit_fen=300)

        assert stands(ledger, NAMES.principal) == 200
        assert stands(ledger, BANK) == -200
        assert stands(ledger, ROOM) == 100
        assert ledger.pending == ()
        assert is_even(ledger)

    def test_posts_what_was_paid_and_frees_the_rest(self) -> None:
        ledger = house()
        booked(ledger, "open", *plans.facility_opened(FACILITY, limit_fen=300))
        ordered = booked(ledger, "d", *plans.draw_ordered(draw("R1", 200)))

        booked(ledger, "part", *plans.confirmed(ordered, amount_fen=150))

        assert stands(ledger, NAMES.principal) == 150
        assert stands(ledger, ROOM) == 150

    @pytest.mark.parametrize("amount", [0, -1, 201])
    def test_refuses_amounts_that_were_not_ordered(self, amount: int) -> None:
        ledger = house()
        booked(ledger, "open", *plans.facility_opened(FACILITY, limit_fen=300))
        ordered = booked(ledger, "d", *plans.draw_ordered(draw("R1", 200)))

        with pytest.raises(ConfirmationError):
            plans.confirmed(ordered, amount_fen=amount)

    def test_refuses_rows_that_are_no_order(self) -> None:
        rows = drawn().rows

        with pytest.raises(ConfirmationError):
            plans.confirmed(())
        with pytest.raises(ConfirmationError):
            plans.confirmed(row for row in rows if row.kind is TransferKind.POSTED)
        with pytest.raises(ConfirmationError):
            plans.refused(rows)


class TestRefused:
    def test_frees_room_and_money(self) -> None:
        ledger = house()
        booked(ledger, "open", *plans.facility_opened(FACILITY, limit_fen=300))
        ordered = booked(ledger, "d", *plans.draw_ordered(draw("R1", 300)))

        booked(ledger, "no", *plans.refused(ordered))

        assert stands(ledger, NAMES.principal) == stands(ledger, BANK) == 0
        booked(ledger, "d2", *plans.draw_ordered(draw("R2", 300)))


class TestFacilityClosed:
    def test_releases_what_was_not_drawn(self) -> None:
        ledger = drawn(200, limit_fen=300)

        booked(ledger, "close", *plans.facility_closed(FACILITY, undrawn_fen=100))

        assert stands(ledger, ROOM) == 0
        assert refusal(ledger, "d", *plans.draw_ordered(draw("R2", 1))).reason is Reason.LIMIT


class TestRoomRestored:
    def test_lets_a_revolving_facility_be_drawn_again(self) -> None:
        ledger = drawn(300, limit_fen=300)
        back = Receipt(loan=LOAN, parts=Parts(principal=120), payment=payment("R2"))

        booked(
            ledger,
            "repay",
            *plans.received(back),
            *plans.room_restored(FACILITY, amount_fen=120),
        )

        assert stands(ledger, ROOM) == 120


class TestCharged:
    @pytest.mark.parametrize(
        ("event", "account", "income"),
        [
            (Event.INTEREST_ACCRUED, NAMES.interest, chart.INTEREST_INCOME),
            (Event.COMPOUND_ACCRUED, NAMES.compound, chart.COMPOUND_INCOME),
            (Event.PENALTY_CHARGED, NAMES.penalty, chart.PENALTY_INCOME),
            (Event.FEE_CHARGED, NAMES.cost, chart.FEE_INCOME),
        ],
    )
    def test_is_owed_and_earned(self, event: Event, account: str, income: str) -> None:
        ledger = drawn()

        booked(ledger, "c", *plans.charged(LOAN, event, amount_fen=77))

        assert stands(ledger, account) == stands(ledger, income) == 77
        assert is_even(ledger)

    def test_refuses_events_that_charge_nothing(self) -> None:
        with pytest.raises(PlanError):
            plans.charged(LOAN, Event.REPAYMENT, amount_fen=1)


class TestAnnualFeeOrdered:
    def test_is_added_to_the_debt_once_the_rail_has_paid(self) -> None:
        ledger = drawn()
        legs = plans.annual_fee_ordered(LOAN, amount_fen=90_000, payment=payment("FEE-1"))
        ordered = booked(ledger, "fee", *legs)

        booked(ledger, "fee-paid", *plans.confirmed(ordered))

        assert stands(ledger, NAMES.cost) == 90_000
        assert stands(ledger, chart.FEE_INCOME) == 0

    def test_is_an_event_of_its_own_beside_costs(self) -> None:
        (cost,) = plans.cost_ordered(LOAN, amount_fen=5, payment=payment("C-1"))

        assert (cost.event, cost.debit) == (Event.COST_ADVANCED, NAMES.cost)


class TestReceived:
    def test_pays_each_part_and_keeps_the_rest_for_the_payer(self) -> None:
        ledger = drawn(1_000)
        booked(ledger, "i", *plans.charged(LOAN, Event.INTEREST_ACCRUED, amount_fen=50))
        parts = Parts(interest=50, principal=900)

        rows = booked(
            ledger,
            "in",
            *plans.received(Receipt(loan=LOAN, parts=parts, rest_fen=10, payment=payment("IN-1"))),
        )

        assert {row.reference for row in rows} == {"IN-1"}
        assert stands(ledger, NAMES.interest) == 0
        assert stands(ledger, NAMES.principal) == 100
        assert stands(ledger, NAMES.unallocated) == 10
        assert stands(ledger, BANK) == -1_000 + 960

    def test_pays_no_claim_beyond_what_is_owed(self) -> None:
        ledger = drawn(1_000)
        legs = plans.received(
            Receipt(loan=LOAN, parts=Parts(principal=1_001), payment=payment("IN-1"))
        )

        found = refusal(ledger, "in", *legs)

        assert (found.reason, found.about) == (Reason.LIMIT, NAMES.principal)

    def test_books_the_fee_of_paying_early_as_income(self) -> None:
        ledger = drawn(1_000)
        early = Receipt(
            loan=LOAN,
            parts=Parts(principal=1_000),
            fee_fen=5,
            payment=payment("IN-1"),
            is_early=True,
        )

        rows = booked(ledger, "in", *plans.received(early))

        assert [row.event for row in rows] == [Event.PREPAYMENT, Event.PREPAYMENT_FEE]
        assert stands(ledger, chart.FEE_INCOME) == 5

    @pytest.mark.parametrize("parts", [Parts(), Parts(principal=5, interest=-1)])
    def test_refuses_nothing_and_less(self, parts: Parts) -> None:
        with pytest.raises(PlanError):
            plans.received(Receipt(loan=LOAN, parts=parts, payment=payment("IN-1")))


class TestAllocated:
    def test_lays_money_that_waited_over_claims(self) -> None:
        ledger = drawn(1_000)
        waiting = Receipt(loan=LOAN, parts=Parts(), rest_fen=300, payment=payment("IN-1"))
        booked(ledger, "in", *plans.received(waiting))

        booked(ledger, "lay", *plans.allocated(LOAN, Parts(principal=300)))

        assert stands(ledger, NAMES.unallocated) == 0
        assert stands(ledger, NAMES.principal) == 700
        over = plans.allocated(LOAN, Parts(principal=1))
        assert refusal(ledger, "over", *over).about == NAMES.unallocated


class TestRefundOrdered:
    def test_gives_back_what_paid_no_claim(self) -> None:
        ledger = drawn(1_000)
        waiting = Receipt(loan=LOAN, parts=Parts(), rest_fen=300, payment=payment("IN-1"))
        booked(ledger, "in", *plans.received(waiting))
        legs = plans.refund_ordered(LOAN, amount_fen=300, payment=payment("OUT-1"))

        booked(ledger, "back", *plans.confirmed(booked(ledger, "order", *legs)))

        assert stands(ledger, NAMES.unallocated) == 0
        assert stands(ledger, BANK) == -1_000


class TestWrittenOff:
    def test_loses_the_asset_and_keeps_the_claim(self) -> None:
        ledger = drawn(1_000)
        booked(ledger, "i", *plans.charged(LOAN, Event.INTEREST_ACCRUED, amount_fen=50))

        booked(ledger, "off", *plans.written_off(LOAN, Parts(interest=50, principal=1_000)))

        assert stands(ledger, NAMES.principal) == stands(ledger, NAMES.interest) == 0
        assert stands(ledger, chart.CREDIT_LOSS) == 1_050
        assert stands(ledger, NAMES.written_off) == 1_050

    def test_refuses_nothing(self) -> None:
        with pytest.raises(PlanError):
            plans.written_off(LOAN, Parts())


class TestRecovered:
    def test_is_income_and_at_most_what_is_pursued(self) -> None:
        ledger = drawn(1_000)
        booked(ledger, "off", *plans.written_off(LOAN, Parts(principal=1_000)))

        booked(ledger, "r", *plans.recovered(LOAN, amount_fen=400, payment=payment("IN-1")))

        assert stands(ledger, chart.RECOVERY_INCOME) == 400
        assert stands(ledger, NAMES.written_off) == 600
        more = plans.recovered(LOAN, amount_fen=601, payment=payment("IN-2"))
        assert refusal(ledger, "more", *more).about == NAMES.written_off


class TestOfHouse:
    def test_names_no_account_twice(self) -> None:
        accounts = (*chart.of_house(("bank", "ecny")), *chart.of_loan("1"), *chart.of_facility("1"))

        assert len({account.id for account in accounts}) == len(accounts)
        assert {account.kind for account in accounts} == set(AccountKind) - {AccountKind.EQUITY}
