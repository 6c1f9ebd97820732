"""Several at the same moment: one wins, or all get the same answer; never both, never twice."""

import time
from decimal import Decimal
from typing import Any

import pytest

from tests.at_once import at_once
from tests.quick_house import QuickHouse
from tests.whole_house import FIRM, FIRM_ACCOUNT, YES, registrable, yuan
from zhirong.ledger.rails import OrderState, OrderStatus
from zhirong.ledger.reconciliation import Entry
from zhirong.platform.filing import sending
from zhirong.platform.filing.models import Filing, HeardNotice, PledgedRight, SentAct
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.ledger.models import Transfer
from zhirong.platform.lending import (
    day_end,
    deciding,
    drawing,
    incoming,
    receiving,
    registering,
)
from zhirong.platform.lending.blocks import blocks_of
from zhirong.platform.lending.models import DayDone, Decision, DrawDown, Receipt
from zhirong.platform.matters.models import Matter
from zhirong.platform.operations import clock, journal
from zhirong.platform.operations.models import LogEntry, Outbox
from zhirong.platform.work import polling
from zhirong.platform.work.handlers import HANDLERS

NO = Decision.Verdict.REFUSE
MANY = 6


def signed(house: QuickHouse, title: str = "") -> str:
    number = house.applied()
    house.appraised(number)
    house.approved(number)
    house.signed(number)
    return number


def open_line(house: QuickHouse) -> str:
    """A matter whose money may go out."""
    number = signed(house)
    house.registered(number)
    house.proved(number)
    return number


def request(key: str, amount: str) -> drawing.DrawRequest:
    return drawing.DrawRequest(
        key=key, amount=yuan(amount), payee_name=FIRM[0], payee_account=FIRM_ACCOUNT
    )


def ordered(house: QuickHouse, number: str) -> DrawDown:
    """Money ordered, not yet sent."""
    draw = drawing.ask(number, request("draw-1", "5000000"), actor=house.firm)
    return drawing.release(
        draw.number, blocks=blocks_of(Matter.objects.get(number=number)), actor=house.manager
    )


def assert_sound() -> None:
    assert ledger.trial().is_even
    assert journal.audit().faults == ()


class TestTwoClerks:
    @pytest.mark.parametrize("is_checked", [True, False])
    def test_pledge_one_patent_once(
        self, house: QuickHouse, monkeypatch: pytest.MonkeyPatch, *, is_checked: bool
    ) -> None:
        matters = [signed(house), signed(house)]
        filings = [Filing.objects.get(matter__number=number).number for number in matters]
        if not is_checked:
            # As if both had looked before either filed: only the table stands between them.
            monkeypatch.setattr(sending, "check", lambda filing: ())

        got = at_once(
            [
                lambda pair=pair: registering.file(*pair, actor=house.clerk)
                for pair in zip(matters, filings, strict=True)
            ]
        )

        assert len(got.answers) == 1
        (error,) = got.errors
        told = (sending.RightPledgedError, sending.PackageNotReadyError)
        assert isinstance(error, told if is_checked else sending.RightPledgedError)
        assert SentAct.objects.count() == Outbox.objects.filter(kind=sending.SEND).count() == 1
        live = PledgedRight.objects.filter(is_live=True)
        assert live.values("filing").distinct().count() == 1
        stages = sorted(Matter.objects.values_list("stage", flat=True))
        assert stages == [Matter.Stage.FILED, Matter.Stage.SIGNED]
        assert_sound()


class TestDrawDowns:
    def test_never_exceed_the_limit(self, house: QuickHouse) -> None:
        number = open_line(house)

        got = at_once(
            [
                lambda place=place: drawing.ask(
                    number, request(f"k{place}", "1500000"), actor=house.firm
                )
                for place in range(MANY)
            ]
        )

        assert len(got.answers) == 3
        assert {type(error) for error in got.errors} == {drawing.DrawDownError}
        assert sum(DrawDown.objects.values_list("amount_fen", flat=True)) == 450_000_000
        assert len(set(DrawDown.objects.values_list("number", flat=True))) == 3

    def test_happen_once_a_key(self, house: QuickHouse) -> None:
        number = open_line(house)

        got = at_once(
            [lambda: drawing.ask(number, request("same", "1500000"), actor=house.firm)] * MANY
        )

        assert not got.errors
        assert len(set(got.answers)) == 1
        assert DrawDown.objects.count() == 1

    def test_count_what_is_ordered_and_not_yet_paid(self, house: QuickHouse) -> None:
        number = open_line(house)
        ordered(house, number)

        with pytest.raises(drawing.DrawDownError):
            drawing.ask(number, request("second", "0.01"), actor=house.firm)

    def test_are_released_once(self, house: QuickHouse) -> None:
        number = open_line(house)
        draw = drawing.ask(number, request("one", "5000000"), actor=house.firm)

        got = at_once([lambda: drawing.release(draw.number, blocks=(), actor=house.manager)] * MANY)

        assert not got.errors
        assert Outbox.objects.filter(kind=drawing.SEND).count() == 1
        assert Transfer.objects.filter(key=f"draw/{draw.number}").count() == 2


class TestWhatIsTold:
    def test_books_one_payment_of_a_notice(self, house: QuickHouse) -> None:
        draw = ordered(house, open_line(house))
        status = OrderStatus(
            client_reference=draw.number,
            rail_reference="1",
            state=OrderState.PAID,
            on=clock.today(),
        )

        got = at_once([lambda: drawing.take_answer(status)] * MANY)

        assert not got.errors
        assert LogEntry.objects.filter(action="draw_paid").count() == 1
        assert ledger.net_fen(f"loan/{draw.number}/principal") == 500_000_000
        assert draw.installments.count() == 4
        assert_sound()

    def test_books_one_receipt_of_an_entry(self, house: QuickHouse) -> None:
        draw = house.drawn(open_line(house))
        entry = Entry(
            number="77",
            reference=f"{draw.number}-IN1",
            amount_fen=700_000_000,  # ends the loan, and something is left
            on=clock.today(),
        )

        got = at_once([lambda: incoming.take_entry(entry)] * MANY)

        assert not got.errors
        assert Receipt.objects.count() == 1
        assert Matter.objects.get().stage == Matter.Stage.REPAID
        assert_sound()

    def test_is_heard_once_by_two_pollers(self, house: QuickHouse) -> None:
        number = signed(house)
        house.filed(number)
        for _ in range(4):
            clock.next_working_day()
            got = at_once([polling.hear_office] * 3)
            assert not got.errors

        assert Matter.objects.get().stage == Matter.Stage.REGISTERED
        numbers = list(HeardNotice.objects.values_list("notice_no", flat=True))
        assert len(numbers) == len(set(numbers))
        assert LogEntry.objects.filter(action="notice_heard").count() == len(numbers)

    def test_is_paid_in_once_by_two_pollers(self, house: QuickHouse) -> None:
        draw = house.drawn(open_line(house))
        keys = [f"key-{place}" for place in range(3)]
        for key in keys:
            incoming.repay(draw.number, amount=yuan("1000"), key=key, actor=house.firm)
        for item in Outbox.objects.filter(kind=incoming.PAY_IN):
            HANDLERS[item.kind](item)

        got = at_once([polling.hear_rail] * 3)

        assert not got.errors
        assert Receipt.objects.count() == len(keys)
        assert_sound()


class TestOneOrderOfLocks:
    def test_lets_a_payment_end_a_loan_while_the_firm_orders_another(
        self, house: QuickHouse, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        draw = house.drawn(open_line(house))
        accrue = receiving.accrue_to

        def slowly(*given: Any, **named: Any) -> None:
            # The loan is locked by now; the matter is wanted when the payment has ended the loan.
            time.sleep(0.5)
            accrue(*given, **named)

        monkeypatch.setattr(receiving, "accrue_to", slowly)

        def late(key: str) -> str:
            time.sleep(0.2)
            return incoming.repay(draw.number, amount=yuan("1"), key=key, actor=house.firm)

        got = at_once(
            [
                lambda: receiving.receive(
                    draw.number, amount=yuan("7000000"), reference="1", received_on=clock.today()
                ),
                lambda: late("a"),
                lambda: late("b"),
            ]
        )

        # Who comes behind the payment finds the loan repaid; nobody is thrown out of a ring.
        assert {type(error) for error in got.errors} <= {receiving.ReceiptError}
        assert Matter.objects.get().stage == Matter.Stage.REPAID
        assert_sound()


class TestTwoOfficers:
    def proposed(self, house: QuickHouse) -> str:
        number = house.applied()
        house.appraised(number)
        terms = deciding.Terms(
            limit=yuan("5000000"),
            spread_bp=Decimal(60),
            rights=registrable(Matter.objects.get()),
            conditions=(),
            reason="订单充足",
        )
        deciding.propose(number, terms, actor=house.risk)
        return number

    def test_are_first_and_second(self, house: QuickHouse) -> None:
        number = self.proposed(house)
        chiefs = [house.chief, house.second_chief()]

        got = at_once(
            [
                lambda actor=actor: deciding.decide(number, YES, reason="", version=1, actor=actor)
                for actor in chiefs
            ]
        )

        assert not got.errors
        seconds = sorted(Decision.objects.values_list("is_second", flat=True))
        assert seconds == [False, True]
        assert Matter.objects.get().stage == Matter.Stage.APPROVED

    def test_of_two_minds_end_in_one_state(self, house: QuickHouse) -> None:
        number = self.proposed(house)
        acts = [(house.chief, YES), (house.second_chief(), NO)]

        got = at_once(
            [
                lambda actor=actor, verdict=verdict: deciding.decide(
                    number, verdict, reason="行业下行", version=1, actor=actor
                )
                for actor, verdict in acts
            ]
        )

        # Whoever comes first, one refusal is enough: an approval behind it comes too late.
        assert Matter.objects.get().stage == Matter.Stage.REFUSED
        assert Decision.objects.count() == len(got.answers)

    def test_decide_once_each(self, house: QuickHouse) -> None:
        number = self.proposed(house)

        got = at_once(
            [lambda: deciding.decide(number, YES, reason="", version=1, actor=house.chief)] * 3
        )

        assert len(got.answers) == 1
        assert {type(error) for error in got.errors} == {deciding.DecisionError}
        assert Decision.objects.count() == 1


class TestTwoWorkers:
    def test_send_an_act_once(self, house: QuickHouse) -> None:
        number = signed(house)
        registering.file(number, Filing.objects.get().number, actor=house.clerk)
        item = Outbox.objects.get(kind=sending.SEND)

        got = at_once([lambda: HANDLERS[item.kind](item)] * 3)

        assert not got.errors
        assert LogEntry.objects.filter(action="act_received").count() == 1
        assert house.office().find(SentAct.objects.get().client_reference) is not None

    def test_pay_once(self, house: QuickHouse) -> None:
        draw = ordered(house, open_line(house))
        item = Outbox.objects.get(kind=drawing.SEND)

        got = at_once([lambda: HANDLERS[item.kind](item)] * 3)

        assert not got.errors
        paid = [entry for _, entry in house.rail().entries(after=0)]
        assert [entry.amount_fen for entry in paid] == [-draw.amount_fen]
        assert LogEntry.objects.filter(action="draw_paid").count() == 1

    def test_appraise_once(self, house: QuickHouse) -> None:
        number = house.applied()
        house.work = lambda: None  # type: ignore[method-assign]
        house.appraised(number)
        item = Outbox.objects.get(kind="appraise")

        got = at_once([lambda: HANDLERS[item.kind](item)] * 2)

        assert not got.errors
        assert LogEntry.objects.filter(action="appraisal_done").count() == 1

    def test_end_a_day_once(self, house: QuickHouse) -> None:
        house.drawn(open_line(house))
        day = clock.today()

        got = at_once([lambda: day_end.end_day(day)] * 3)

        assert not got.errors
        assert DayDone.objects.count() == 1
        assert Transfer.objects.filter(event="interest_accrued").count() == 1
