from datetime import date
from typing import Any

import pytest

from tests.loans import yuan
from zhirong.core.messages import Language
from zhirong.lending import entrusted
from zhirong.lending.entrusted import (
    Invoice,
    Payee,
    PaymentRequest,
    PurchaseContract,
    Surroundings,
)
from zhirong.parameters.reader import Parameters, catalog

SELLER = "宁波示例铸造有限公司"
DAY = date(2026, 3, 2)
KNOWN = Surroundings(
    used_invoices=(("2433 2000 0001", "L0"),),
    related=("杭州示例阀门有限公司", "91330100799655058B"),
)


def invoice(**changes: Any) -> Invoice:
    given: dict[str, Any] = {
        "number": "24332000000012345678",
        "seller": SELLER,
        "amount": yuan(12_000_000),
    }
    return Invoice(**(given | changes))


def contract(**changes: Any) -> PurchaseContract:
    given: dict[str, Any] = {
        "number": "C-7",
        "seller": SELLER,
        "amount": yuan(15_000_000),
        "paid": yuan(3_000_000),
    }
    return PurchaseContract(**(given | changes))


def request(**changes: Any) -> PaymentRequest:
    given: dict[str, Any] = {
        "loan": "L1",
        "amount": yuan(12_000_000),
        "on": DAY,
        "payee": Payee(name=SELLER, account="0033"),
        "contract": contract(),
        "invoices": (invoice(),),
    }
    return PaymentRequest(**(given | changes))


def codes(asked: PaymentRequest) -> list[str]:
    found = entrusted.refusals(asked, known=KNOWN, parameters=Parameters())
    return [message.code.removeprefix("lending.entrusted.") for message in found]


class TestRefusals:
    def test_are_none_for_a_purchase_that_is_proven(self) -> None:
        assert codes(request()) == []

    @pytest.mark.parametrize(("amount", "found"), [("10000000.00", []), ("10000000.01", ["payee"])])
    def test_ask_for_a_payee_only_above_the_threshold(self, amount: str, found: list[str]) -> None:
        own = request(amount=yuan(amount), payee=None, contract=None, invoices=())

        assert codes(own) == found

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"contract": None}, "contract"),
            ({"contract": contract(number=" ")}, "contract"),
            ({"contract": contract(seller="别的公司")}, "contract_seller"),
            ({"contract": contract(paid=yuan("3000000.01"))}, "contract_amount"),
            ({"invoices": (invoice(amount=yuan("11999999.99")),)}, "invoice_amount"),
            ({"invoices": (invoice(number="２４３３２０００ 0001"),)}, "invoice_used"),
            (
                {"invoices": (invoice(), invoice(number="2433 2000 0000 1234 5678"))},
                "invoice_twice",
            ),
            ({"invoices": (invoice(number=""),)}, "invoice_twice"),
            ({"invoices": (invoice(seller="别的公司"),)}, "invoice_seller"),
            (
                {"payee": Payee(name=SELLER, account="1", identifier="91330100799655058b")},
                "related",
            ),
        ],
    )
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_say_what_is_missing_or_wrong(
        self, changes: dict[str, Any], code: str, lang: Language
    ) -> None:
        asked = request(**changes)

        (found,) = entrusted.refusals(asked, known=KNOWN, parameters=Parameters())

        assert found.code == f"lending.entrusted.{code}"
        assert catalog("lending").text(found, lang)

    def test_pay_no_related_party_by_its_name(self) -> None:
        own = "杭州示例阀门 有限公司"
        asked = request(
            payee=Payee(name=own, account="1"),
            contract=contract(seller=own),
            invoices=(invoice(seller=own),),
        )

        assert codes(asked) == ["related"]

    def test_check_a_payee_below_the_threshold_too(self) -> None:
        assert codes(request(amount=yuan(5), contract=None)) == ["contract"]


class TestFollowedUntil:
    def test_is_three_months_on(self) -> None:
        found = entrusted.followed_until(date(2026, 11, 30), parameters=Parameters())

        assert found == date(2027, 2, 28)


class TestInvoiceNumbers:
    def test_are_kept_as_they_are_compared(self) -> None:
        spelled = invoice(number=" ２４３３ 2000ab ")

        assert entrusted.invoice_numbers((spelled,)) == ("24332000AB",)
