"""The firm's payments on pages: due, early, a supplier; refunds with a second pair of eyes."""

from pathlib import Path

import pytest

from tests.money_house import MoneyHouse
from tests.people import viewer
from tests.unit.platform.desks.clients import browser
from tests.whole_house import OTHER_SUPPLIER, SUPPLIER
from zhirong.core.money import Money
from zhirong.ledger import chart
from zhirong.platform.accounts.rights import Role
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.lending import receiving
from zhirong.platform.lending.models import DrawDown, Receipt, Refund, RepaymentOrder
from zhirong.platform.lending.owing import owed
from zhirong.platform.lending.rail_models import PurposeLock, SupplierPayment
from zhirong.platform.operations import clock


@pytest.fixture
def house(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MoneyHouse:
    return MoneyHouse(tmp_path, monkeypatch)


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def tab(draw: DrawDown, *more: str) -> str:
    return "/".join(("", "matters", draw.facility.matter.number, "money", *more, ""))


class TestPay:
    def test_orders_what_is_due_and_books_it_when_it_comes(self, house: MoneyHouse) -> None:
        draw = house.paid_out(house.ready())
        clock.set_day(draw.installments.all()[0].due_on)
        due = owed(draw, on=clock.today()).due
        firm = browser(house.firm)
        assert f"{due / 100:,.2f}" in text(firm.get(tab(draw)))
        form = {"kind": "due", "key": "k", "amount": f"{due / 100:.2f}"}

        for _ in range(2):  # pressed twice
            assert firm.post(tab(draw, draw.number, "pay"), form).status_code == 302
        house.work()

        assert RepaymentOrder.objects.count() == 1
        assert Receipt.objects.get().amount_fen == due
        assert "已入账" in text(firm.get(tab(draw)))

    def test_says_at_once_that_the_bank_refused(self, house: MoneyHouse) -> None:
        draw = house.paid_out(house.ready())
        house.bank_app.counterparty.order_next("refuse")
        firm = browser(house.firm)

        firm.post(tab(draw, draw.number, "pay"), {"kind": "due", "key": "k", "amount": "10"})
        house.work()

        order = RepaymentOrder.objects.get()
        assert order.refused_on == clock.today()
        shown = text(firm.get(tab(draw)))
        assert "未成功" in shown
        assert order.refusal in shown

    def test_ends_the_loan_by_one_press(self, house: MoneyHouse) -> None:
        draw = house.paid_out(house.ready())
        clock.set_day(draw.installments.all()[0].start.replace(month=8))

        browser(house.firm).post(tab(draw, draw.number, "pay"), {"kind": "whole", "key": "k"})
        house.work()

        draw.refresh_from_db()
        assert draw.state == DrawDown.State.REPAID

    def test_pays_principal_early_at_the_cost_it_quotes(self, house: MoneyHouse) -> None:
        draw = house.paid_out(house.ready())
        clock.set_day(draw.installments.all()[0].start.replace(month=8))
        house.work()
        firm = browser(house.firm)
        quoted = firm.get(tab(draw), {"early_of": draw.number, "early": "400000"})
        quote = quoted.context["early_quotes"][draw.number]
        planned = sum(line.interest_fen for line in draw.installments.all())

        firm.post(
            tab(draw, draw.number, "pay"), {"kind": "early", "key": "k", "amount": "400,000.00"}
        )
        house.work()

        assert Receipt.objects.get().amount_fen == quote.total > 40_000_000
        lines = list(draw.installments.all())
        assert sum(line.principal_fen for line in lines) == draw.amount_fen
        assert ledger.net_fen(chart.LoanAccounts(draw.number).principal) == 60_000_000
        assert planned - sum(line.interest_fen for line in lines) == quote.saved > 0

    def test_keeps_what_was_typed_where_it_is_refused(self, house: MoneyHouse) -> None:
        draw = house.paid_out(house.ready())

        answer = browser(house.firm).post(
            tab(draw, draw.number, "pay"), {"kind": "due", "key": "k", "amount": "-5"}
        )

        assert answer.status_code == 422
        assert 'value="-5"' in text(answer)


class TestSuppliers:
    def test_are_named_with_the_draw_down_and_paid_from_the_page(self, house: MoneyHouse) -> None:
        number = house.ready(pay_by="ecny")
        firm, manager = browser(house.firm), browser(house.manager)
        asked = firm.post(
            f"/matters/{number}/money/ask/",
            {
                "key": "k", "amount": "50", "goods": "树脂", "use_until": "2026-12-31",
                "supplier_1": SUPPLIER[0], "wallet_1": SUPPLIER[1],
            },
        )  # fmt: skip
        assert asked.status_code == 302, text(asked)
        draw = DrawDown.objects.get()
        assert draw.rail == "ecny"
        manager.post(tab(draw, draw.number, "release"))
        house.work()
        bill = {
            "key": "b", "payee_name": SUPPLIER[0], "payee_wallet": SUPPLIER[1], "goods": "树脂",
            "amount": "1000", "invoice_number": "2442",
        }  # fmt: skip
        firm.post(tab(draw, draw.number, "suppliers"), bill)
        other = {**bill, "key": "c", "payee_wallet": OTHER_SUPPLIER[1], "invoice_number": "2443"}
        firm.post(tab(draw, draw.number, "suppliers"), other)
        house.work()

        states = SupplierPayment.objects.values_list("state", flat=True)
        assert list(states) == ["paid", "refused"]
        for person in (firm, manager):
            shown = text(person.get(tab(draw)))
            assert OTHER_SUPPLIER[1] in shown
            assert "被拒" in shown

    def test_are_asked_for_where_they_are_missing(self, house: MoneyHouse) -> None:
        number = house.ready(pay_by="ecny")

        answer = browser(house.firm).post(
            f"/matters/{number}/money/ask/", {"key": "k", "amount": "50"}
        )

        assert answer.status_code == 422
        assert "供应商" in text(answer)
        assert not PurposeLock.objects.exists()


class TestRefund:
    def overpaid(self, house: MoneyHouse, by: object = None) -> DrawDown:
        draw = house.paid_out(house.ready())
        fen = owed(draw, on=clock.today()).payoff + 500_000
        receiving.receive(
            draw.number,
            amount=Money.of_fen(fen),
            reference="R1",
            received_on=clock.today(),
            by=by,  # type: ignore[arg-type]
        )
        return DrawDown.objects.get(pk=draw.pk)

    def test_is_released_by_another_person(self, house: MoneyHouse) -> None:
        draw = self.overpaid(house, house.manager)
        refund = Refund.objects.get()
        assert (refund.state, refund.amount_fen) == ("proposed", 500_000)
        address = tab(draw, "refunds", refund.reference)

        own = browser(house.manager).post(address)
        assert own.status_code == 422
        other = viewer(house.bank_organization, Role.ACCOUNT_MANAGER)
        assert browser(other).post(address).status_code == 302
        house.work()

        refund.refresh_from_db()
        assert refund.state == "paid"
        assert ledger.net_fen(chart.LoanAccounts(draw.number).unallocated) == 0
        assert ledger.trial().is_even

    def test_is_proposed_anew_after_the_bank_refused_it(self, house: MoneyHouse) -> None:
        draw = self.overpaid(house)
        first = Refund.objects.get()
        house.bank_app.counterparty.order_next("refuse")
        manager = browser(house.manager)
        manager.post(tab(draw, "refunds", first.reference))
        house.work()
        first.refresh_from_db()
        assert first.state == "refused"
        assert ledger.net_fen(chart.LoanAccounts(draw.number).unallocated) == 500_000

        manager.post(tab(draw, "refunds", first.reference))
        house.work()

        assert sorted(Refund.objects.values_list("state", flat=True)) == ["paid", "refused"]
        assert ledger.net_fen(chart.LoanAccounts(draw.number).unallocated) == 0


class TestStatement:
    @pytest.mark.parametrize("lang", ["zh-hans", "en"])
    def test_is_a_file_to_take_away(self, house: MoneyHouse, lang: str) -> None:
        draw = house.paid_out(house.ready())

        answer = browser(house.firm, lang=lang).get(tab(draw, draw.number, "statement.pdf")[:-1])

        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
