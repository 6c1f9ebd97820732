"""Draw-downs in digital yuan: bound to suppliers, paid on, refused, returned, and to the fen."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests import filings
from tests.money_house import MoneyHouse, bill, use
from tests.whole_house import (
    FIRM,
    FIRM_WALLET,
    OTHER_SUPPLIER,
    OWN_WALLET,
    PERSONAL,
    SUB_WALLET,
    SUPPLIER,
    yuan,
)
from zhirong.adapters.documents.filing.deed import Speech
from zhirong.adapters.documents.filing.loan_contract import loan_contract as deed_of
from zhirong.core.money import Money
from zhirong.ledger import chart
from zhirong.ledger.reconciliation import reconcile
from zhirong.lending.entrusted import Invoice, PurchaseContract
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.lending import drawing, incoming, suppliers
from zhirong.platform.lending.models import DrawDown, Receipt
from zhirong.platform.lending.owing import owed
from zhirong.platform.lending.rail_models import PurposeLock, SupplierPayment
from zhirong.platform.lending.receiving import Way
from zhirong.platform.lending.trade_papers import TradePaperError
from zhirong.platform.operations import clock, journal

State = SupplierPayment.State


@pytest.fixture
def house(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MoneyHouse:
    return MoneyHouse(tmp_path, monkeypatch)


def held(house: MoneyHouse, wallet: str) -> int:
    store = house.bank_app.counterparty.store
    row = store.account("ecny", wallet)
    assert row is not None
    return store.balance_fen(row)


def assert_reconciled(house: MoneyHouse) -> None:
    for rail, line in (("bank", house.rail()), ("ecny", house.operator())):
        told = [entry for _, entry in line.entries(after=0)]
        found = reconcile(ledger.postings_of(chart.cash(rail)), told)
        assert found.is_clean, found
        assert found.difference_fen == 0
    assert ledger.trial().is_even
    assert journal.audit().faults == ()


def paid(house: MoneyHouse, draw: DrawDown, request: suppliers.SupplierRequest) -> SupplierPayment:
    payment = suppliers.pay(draw.number, request, actor=house.firm)
    house.work()
    return SupplierPayment.objects.get(pk=payment.pk)


class TestTheWholeWay:
    def test_goes_to_the_wallet_on_to_suppliers_and_back(self, house: MoneyHouse) -> None:
        draw = house.paid_out(house.ready(pay_by="ecny"))

        assert (draw.state, draw.rail) == (DrawDown.State.PAID, "ecny")
        assert (draw.payee_name, draw.payee_account) == (FIRM[0], FIRM_WALLET)
        assert ledger.net_fen(chart.cash("ecny")) == -100_000_000
        assert held(house, FIRM_WALLET) == 200_000_000

        first = paid(house, draw, bill("600000"))
        assert first.state == State.PAID
        assert held(house, SUPPLIER[1]) == 60_000_000

        clock.set_day(draw.installments.all()[0].due_on)
        fen = owed(draw, on=clock.today()).due
        incoming.repay(
            draw.number,
            amount=Money.of_fen(fen),
            key="r",
            actor=house.firm,
            way=Way(rail="ecny"),
        )
        house.work()
        assert Receipt.objects.get().rail == "ecny"

        whole = owed(draw, on=clock.today()).payoff
        incoming.repay(draw.number, amount=Money.of_fen(whole), key="s", actor=house.firm)
        house.work()
        house.work()
        draw.refresh_from_db()
        assert draw.state == DrawDown.State.REPAID
        assert sorted(Receipt.objects.values_list("rail", flat=True)) == ["bank", "ecny"]
        assert_reconciled(house)

    def test_comes_back_when_its_time_is_over(self, house: MoneyHouse) -> None:
        draw = house.paid_out(house.ready(pay_by="ecny"), use=use(days=10))
        paid(house, draw, bill("300000"))

        house.on(clock.today() + timedelta(days=11))

        (receipt,) = Receipt.objects.all()
        assert (receipt.amount_fen, receipt.rail) == (70_000_000, "ecny")
        assert PurposeLock.objects.get().returned_fen == 70_000_000
        # Interest up to the day first, the rest is principal before its day.
        left = ledger.net_fen(chart.LoanAccounts(draw.number).principal)
        assert left == 30_000_000 + receipt.parts["interest"]
        assert sum(line.principal_fen for line in draw.installments.all()) == 100_000_000
        assert_reconciled(house)


class TestRefusals:
    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"payee": OTHER_SUPPLIER}, "purpose.refused.payee"),
            ({"goods": "办公家具"}, "purpose.refused.goods"),
            ({"amount": "1000000.01"}, "purpose.refused.cap"),
            ({"invoice_number": ""}, "purpose.refused.condition"),
        ],
    )
    def test_are_said_before_anything_is_sent(
        self, house: MoneyHouse, changes: dict[str, object], code: str
    ) -> None:
        draw = house.paid_out(house.ready(pay_by="ecny"))
        amount = str(changes.pop("amount", "1000"))

        payment = paid(house, draw, bill(amount, **changes))  # type: ignore[arg-type]

        assert payment.state == State.REFUSED
        assert [reason["code"] for reason in payment.reasons] == [code]
        assert house.operator().find(payment.reference) is None

    def test_name_an_invoice_that_was_used(self, house: MoneyHouse) -> None:
        draw = house.paid_out(house.ready(pay_by="ecny"))
        paid(house, draw, bill("1000", invoice_number="ＡＢ 12"))

        again = paid(house, draw, bill("2000", invoice_number="ab12"))

        assert [reason["code"] for reason in again.reasons] == ["supplier.refused.invoice_used"]

    @pytest.mark.parametrize(
        ("changes", "words"),
        [({"payee": OTHER_SUPPLIER}, "收款人"), ({"goods": "办公家具"}, "货物")],
    )
    def test_are_the_operators_own_as_well(
        self,
        house: MoneyHouse,
        monkeypatch: pytest.MonkeyPatch,
        changes: dict[str, object],
        words: str,
    ) -> None:
        """As if our own check were not there: the operator keeps the lock by rules of its own."""
        draw = house.paid_out(house.ready(pay_by="ecny"))
        monkeypatch.setattr(suppliers, "_against", lambda *_: ())

        payment = paid(house, draw, bill("1000", **changes))  # type: ignore[arg-type]

        assert payment.state == State.REFUSED
        assert payment.refusal, words
        assert held(house, FIRM_WALLET) == 200_000_000

    def test_free_a_draw_down_to_a_wallet_that_cannot_hold_it(self, house: MoneyHouse) -> None:
        """A personal wallet of class 3, under another name: refused, and nothing is booked."""
        draw = house.paid_out(house.ready(pay_by="ecny", wallet=PERSONAL[1]))

        assert draw.state == DrawDown.State.REFUSED
        assert draw.refusal
        assert ledger.net_fen(chart.LoanAccounts(draw.number).principal) == 0
        assert_reconciled(house)

    def test_keep_a_sub_wallet_to_its_payees(self, house: MoneyHouse) -> None:
        named = use(SUPPLIER, OTHER_SUPPLIER)
        draw = house.paid_out(house.ready(pay_by="ecny", wallet=SUB_WALLET), use=named)

        assert paid(house, draw, bill("1000")).state == State.PAID
        outside = paid(house, draw, bill("1000", payee=OTHER_SUPPLIER))
        assert (outside.state, outside.reasons) == (State.REFUSED, [])
        assert outside.refusal

    def test_are_one_for_a_key(self, house: MoneyHouse) -> None:
        draw = house.paid_out(house.ready(pay_by="ecny"))

        first, second = (paid(house, draw, bill("1000")) for _ in range(2))

        assert first == second
        assert held(house, SUPPLIER[1]) == 100_000


class TestTheUse:
    def test_is_needed(self, house: MoneyHouse) -> None:
        number = house.ready(pay_by="ecny")
        for wrong, reason in (
            (None, "none"),
            (use(("", "1")), "incomplete"),
            (use((FIRM[0], "1")), "own"),
            (use(("某公司", FIRM_WALLET)), "own"),
            (use(days=-1), "until"),
            (use(days=4000), "until"),
        ):
            with pytest.raises(suppliers.SupplierError) as found:
                house.asked(number, use=wrong)
            assert found.value.facts["reason"] == f"error.supplier.{reason}"
        assert not DrawDown.objects.exists()


class TestEntrusted:
    def test_goes_to_the_supplier_itself_above_the_limit(
        self, house: MoneyHouse, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(drawing, "is_entrusted_payment", lambda *_, **__: True)
        number = house.ready(pay_by="ecny")
        bought = {"seller": SUPPLIER[0], "amount": yuan("1000000")}
        papers = {
            "contract": PurchaseContract(number="HT-1", paid=yuan("0"), **bought),
            "invoices": (Invoice(number="24420001", **bought),),
        }

        with pytest.raises(TradePaperError):
            house.asked(number, payee_account=FIRM_WALLET, **papers)
        draw = house.paid_out(number, payee_name=SUPPLIER[0], payee_account=SUPPLIER[1], **papers)

        assert (draw.state, draw.is_entrusted) == (DrawDown.State.PAID, True)
        assert not PurposeLock.objects.exists()
        assert held(house, SUPPLIER[1]) == 100_000_000
        assert held(house, OWN_WALLET) == 10**12 - 100_000_000
        assert_reconciled(house)


class TestTheContract:
    def test_says_where_the_money_goes_and_what_it_is_bound_to(self) -> None:
        given = filings.loan(wallet=FIRM_WALLET)
        text = str(deed_of(given, Speech("zh"), dated_on=date(2026, 6, 29)))

        assert FIRM_WALLET in text
        assert "数字人民币" in text
        assert "数字人民币" not in str(
            deed_of(filings.loan(), Speech("zh"), dated_on=date(2026, 6, 29))
        )
