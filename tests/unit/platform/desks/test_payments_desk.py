"""What could not be booked waits on a desk, and nothing waits behind it."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.money_house import MoneyHouse
from tests.people import organization, viewer
from tests.unit.platform.desks.clients import browser
from zhirong.ledger.rails import RailDownError
from zhirong.ledger.reconciliation import Entry
from zhirong.platform.accounts.rights import Role
from zhirong.platform.lending import answers, drawing, incoming
from zhirong.platform.lending.models import DrawDown, Receipt, StuckAnswer, UnknownEntry
from zhirong.platform.operations import clock
from zhirong.platform.work import polling


@pytest.fixture
def house(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MoneyHouse:
    return MoneyHouse(tmp_path, monkeypatch)


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def come_in(house: MoneyHouse, reference: str, fen: int) -> None:
    """Money that the bank's statement tells of."""
    store = house.bank_app.counterparty.store
    row = store.account("bank", "6100000000000001")
    assert row is not None
    with store.transaction():
        store.add_entry(row, reference=reference, amount_fen=fen, on=clock.today())


class TestEntries:
    def test_of_nobody_do_not_stop_those_behind_them(self, house: MoneyHouse) -> None:
        draw = house.paid_out(house.ready())
        come_in(house, "房租", 12_300)
        come_in(house, f"{draw.number}-IN1", 5_000)

        house.work()

        assert [row.reference for row in UnknownEntry.objects.all()] == ["房租"]
        assert Receipt.objects.get().reference == f"{draw.number}-IN1"

    def test_that_cannot_be_booked_say_why_and_are_claimed(self, house: MoneyHouse) -> None:
        draw = house.paid_out(house.ready())
        clock.set_day(clock.today() + timedelta(days=5))
        house.work()
        early = Entry(
            number="901", reference=f"{draw.number}-IN7", amount_fen=700, on=clock.today()
        )
        late = Entry(
            number="902",
            reference=f"{draw.number}-IN8",
            amount_fen=800,
            on=clock.today() - timedelta(days=2),
        )
        for entry in (early, late, late):
            incoming.take_entry(entry)

        waiting = UnknownEntry.objects.get()
        assert waiting.problem["code"] == "error.receipt"
        page = browser(house.manager).get("/payments/")
        assert f"{draw.number}-IN8" in text(page)
        address = f"/payments/entries/{waiting.pk}/"
        for status in (302, 422):  # pressed twice
            answer = browser(house.manager).post(address, {"loan": draw.number})
            assert answer.status_code == status

        booked = Receipt.objects.get(reference=f"{draw.number}-IN8")
        assert (booked.amount_fen, booked.received_on) == (800, early.on)
        waiting.refresh_from_db()
        assert waiting.settled_by_id == house.manager.user_id

    def test_on_a_repaid_loan_go_back(self, house: MoneyHouse) -> None:
        draw = house.paid_out(house.ready())
        browser(house.firm).post(
            f"/matters/{draw.facility.matter.number}/money/{draw.number}/pay/",
            {"kind": "whole", "key": "k"},
        )
        house.work()
        come_in(house, f"{draw.number}-IN9", 4_400)

        house.work()
        house.work()

        draw.refresh_from_db()
        assert draw.state == DrawDown.State.REPAID
        assert draw.refunds.get().state == "paid"
        assert not UnknownEntry.objects.exists()


class TestAnswers:
    def test_that_fail_are_set_aside_and_taken_again(
        self, house: MoneyHouse, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        number = house.ready()
        first, second = house.asked(number), house.asked(number)
        take = drawing.take_answer

        def broken(status: object) -> object:
            if getattr(status, "client_reference", "") == first.number:
                raise ArithmeticError("a fault")
            return take(status)  # type: ignore[arg-type]

        with monkeypatch.context() as patch:
            patch.setattr(drawing, "take_answer", broken)
            for draw in (first, second):
                drawing.release(draw.number, blocks=(), actor=house.manager)
                order = drawing.order_of(
                    DrawDown.objects.get(pk=draw.pk), payer=incoming.settlement_of("bank")
                )
                house.rail().send(order)
            polling.hear_rail()

        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.state, second.state) == (DrawDown.State.ORDERED, DrawDown.State.PAID)
        stuck = list(StuckAnswer.objects.all())
        assert stuck
        assert "ArithmeticError" in text(browser(house.manager).get("/payments/"))
        for row in stuck:
            answers.take_again(row.pk, actor=house.manager)
        first.refresh_from_db()
        assert first.state == DrawDown.State.PAID
        with pytest.raises(answers.NothingStuckError):
            answers.take_again(stuck[0].pk, actor=house.manager)


class TestDesk:
    def test_is_equal_to_the_fen_with_both_rails(self, house: MoneyHouse) -> None:
        house.paid_out(house.ready(pay_by="ecny"))

        page = browser(house.manager).get("/payments/")

        assert text(page).count("逐分相符") == 2

    def test_shows_what_differs(self, house: MoneyHouse) -> None:
        come_in(house, "房租", 12_300)

        page = browser(house.manager).get("/payments/")

        assert "账簿没有" in text(page)
        assert "123.00" in text(page)

    def test_stands_while_a_rail_is_silent(
        self, house: MoneyHouse, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Silent:
            def entries(self, *, after: int) -> None:
                raise RailDownError("bank")

        monkeypatch.setattr(polling, "rail", Silent)

        assert "没有应答" in text(browser(house.manager).get("/payments/"))

    def test_is_for_the_keeper_of_the_account_alone(self, house: MoneyHouse) -> None:
        other = viewer(organization("bank", "乙银行"), Role.ACCOUNT_MANAGER)

        assert browser(other).get("/payments/").status_code == 404
        assert "/payments/" not in text(browser(other).get("/manager/"))
        assert "/payments/" in text(browser(house.manager).get("/manager/"))
