"""The firm's payments on pages: due, early, a supplier; refunds with a second pair of eyes."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.money_house import MoneyHouse, bill
from tests.people import viewer
from tests.unit.platform.desks.clients import browser
from tests.whole_house import OTHER_SUPPLIER, SUPPLIER
from zhirong.core.calendar import plus_months
from zhirong.core.money import Money
from zhirong.ledger import chart
from zhirong.lending import rates
from zhirong.lending.rates import RatePath, RateStep
from zhirong.platform.accounts.rights import Role
from zhirong.platform.desks.matter import draw_request
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.lending import drawing, receiving, suppliers, terms
from zhirong.platform.lending.costs import cost_of
from zhirong.platform.lending.models import DrawDown, Facility, Receipt, Refund, RepaymentOrder
from zhirong.platform.lending.owing import owed
from zhirong.platform.lending.rail_models import PurposeLock, SupplierPayment
from zhirong.platform.lending.wallet_views import wallet_of
from zhirong.platform.operations import clock
from zhirong.platform.operations.models import LogEntry


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

    def test_are_counted_against_the_wallet_of_the_day(self, house: MoneyHouse) -> None:
        draw = house.paid_out(house.ready(pay_by="ecny"))
        suppliers.pay(draw.number, bill("1000"), actor=house.firm)
        suppliers.pay(draw.number, bill("2000", invoice_number=""), actor=house.firm)  # refused
        house.work()

        number = draw.facility.matter.number
        found = wallet_of(number, house.manager)
        assert found is not None
        assert (found.count, found.paid) == (1, 100_000)
        assert found.bound == 100_000_000 - 100_000
        assert [row.balance for row in found.classes] == [None, 500_000, 20_000, 10_000]
        for person in (house.firm, house.manager):
            shown = text(browser(person).get(tab(draw)))
            assert "今天付出" in shown
            assert "二类" in shown
        house.next_day()
        later = wallet_of(number, house.firm)
        assert later is not None
        assert (later.count, later.paid) == (0, 0)

    def test_are_asked_for_where_they_are_missing(self, house: MoneyHouse) -> None:
        number = house.ready(pay_by="ecny")

        answer = browser(house.firm).post(
            f"/matters/{number}/money/ask/", {"key": "k", "amount": "50"}
        )

        assert answer.status_code == 422
        assert "供应商" in text(answer)
        assert not PurposeLock.objects.exists()


class TestEntrusted:
    def test_names_every_paper_that_does_not_fit(
        self, house: MoneyHouse, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(draw_request, "entrusted_above", lambda: Decimal(0))
        monkeypatch.setattr(drawing, "is_entrusted_payment", lambda *_, **__: True)
        number, firm = house.ready(), browser(house.firm)
        typed = {
            "key": "k", "amount": "50", "payee_name": SUPPLIER[0], "payee_account": "6217000000001",
            "contract_number": "HT-1", "contract_seller": SUPPLIER[0],
            "contract_amount": "500,000", "invoice_1": "2442", "invoice_seller_1": "某公司",
            "invoice_amount_1": "400000",
        }  # fmt: skip

        answer = firm.post(f"/matters/{number}/money/ask/", typed)

        shown = text(answer)
        assert answer.status_code == 422
        assert "发票合计400,000.00 元，不足以支持支付500,000.00 元" in shown
        assert "发票2442的销售方是某公司，不是收款人" in shown
        assert 'value="HT-1"' in shown
        mended = {**typed, "invoice_seller_1": SUPPLIER[0], "invoice_amount_1": "500000"}
        assert firm.post(f"/matters/{number}/money/ask/", mended).status_code == 302
        bank = text(browser(house.manager).get(f"/matters/{number}/money/"))
        assert "HT-1" in bank
        assert "2442" in bank


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

    def test_is_a_workbook_as_well(self, house: MoneyHouse) -> None:
        draw = house.paid_out(house.ready())

        answer = browser(house.firm).get(tab(draw, draw.number, "statement.xlsx")[:-1])

        assert answer.content[:2] == b"PK"


class TestCosts:
    def test_are_shown_before_signing(self, house: MoneyHouse) -> None:
        number = house.ready()

        sheet = cost_of(number, house.firm)

        assert sheet is not None
        assert sheet.total == sheet.interest > 0
        # Interest paid each quarter is worth more than its yearly rate, on 360 days besides.
        assert sheet.rate < sheet.all_in < sheet.rate * Decimal("1.05")
        assert sum(fen for _, fen in sheet.dues) == sheet.principal + sheet.interest
        shown = text(browser(house.firm).get(f"/matters/{number}/credit/"))
        assert "综合年化成本" in shown

    def test_are_those_of_an_overdue_loan_too(self, house: MoneyHouse) -> None:
        draw = house.paid_out(house.ready())
        first = draw.installments.all()[0]
        house.on(first.due_on + timedelta(days=40))

        shown = browser(house.manager).get(tab(draw))

        state = shown.context["states"][draw.number]
        assert state.overdue_days == 40
        assert state.charged > 0
        assert state.overdue_rate == state.rate * Decimal("1.5")
        assert "已计罚息与复利" in text(shown)


class TestRepricing:
    def test_follows_the_reference_rate_each_year(
        self, house: MoneyHouse, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        draw = house.paid_out(house.ready())
        Facility.objects.update(repricing_months=6)
        day = plus_months(draw.paid_on, 6)
        before = {line.number: line.interest_fen for line in draw.installments.all()}
        known = rates.rate_path

        def cheaper(*args: object, **named: object) -> RatePath:
            path = known(*args, **named)  # type: ignore[arg-type]
            steps = tuple(
                RateStep(step.start, step.rate - Decimal("0.005")) if step.start >= day else step
                for step in path.steps
            )
            return RatePath(steps)

        monkeypatch.setattr(terms, "rate_path", cheaper)
        clock.set_day(day + timedelta(days=1))
        house.work()

        after = {line.number: line.interest_fen for line in draw.installments.all()}
        assert [number for number in before if after[number] < before[number]] == [3, 4]
        assert LogEntry.objects.filter(action="rate_repriced").count() == 1
        shown = browser(house.firm).get(tab(draw))
        state = shown.context["states"][draw.number]
        assert len(state.steps) == 2
        assert state.reprices_on is None
        last = list(draw.installments.all())[-1]
        house.on(last.end)
        accrued = ledger.net_fen(chart.LoanAccounts(draw.number).interest)
        assert accrued == sum(after.values())
