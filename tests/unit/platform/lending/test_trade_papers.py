"""Papers of entrusted payments: they name the payee, cover the amount, serve once."""

from dataclasses import replace

import pytest

from tests.people import House
from tests.unit.platform.lending.test_loan import answer, registered, request, yuan
from zhirong.ledger.rails import OrderState
from zhirong.lending.entrusted import Invoice, PurchaseContract
from zhirong.platform.lending import drawing
from zhirong.platform.lending.loan_views import draws_of
from zhirong.platform.lending.models import DrawDown
from zhirong.platform.lending.trade_papers import TradePaperError

SELLER = "某树脂贸易公司"
CONTRACT = PurchaseContract(number="HT-1", seller=SELLER, amount=yuan("3000000"), paid=yuan("0"))
INVOICES = (
    Invoice(number="24420001", seller=SELLER, amount=yuan("1500000")),
    Invoice(number="24420002", seller=SELLER, amount=yuan("500000")),
)


@pytest.fixture
def number(house: House, monkeypatch: pytest.MonkeyPatch) -> str:
    """Of a matter whose payments are all above the threshold of entrusted ones."""
    monkeypatch.setattr(drawing, "is_entrusted_payment", lambda *_, **__: True)
    return registered(house).number


def asked(
    house: House, number: str, key: str = "k1", amount: str = "2000000", **changes: object
) -> DrawDown:
    given = {"payee_name": SELLER, "contract": CONTRACT, "invoices": INVOICES}
    return drawing.ask(number, request(key, amount, **(given | changes)), actor=house.firm)


def reasons(house: House, number: str, key: str = "k1", **changes: object) -> list[str]:
    with pytest.raises(TradePaperError) as wrong:
        asked(house, number, key, **changes)
    return [block.code.rpartition(".")[2] for block in wrong.value.blocks]


class TestCheck:
    def test_takes_what_contract_and_invoices_prove(self, house: House, number: str) -> None:
        draw = asked(house, number)

        (line,) = draws_of(number, house.manager)
        assert (line.is_entrusted, line.contract_number) == (True, "HT-1")
        assert [(paper.kind, paper.number, paper.amount) for paper in line.papers] == [
            ("contract", "HT-1", 300_000_000),
            ("invoice", "24420001", 150_000_000),
            ("invoice", "24420002", 50_000_000),
        ]
        assert draw.invoice_number == "24420001"

    def test_wants_a_contract_and_invoices(self, house: House, number: str) -> None:
        assert reasons(house, number, contract=None, invoices=()) == ["contract", "invoice_amount"]
        assert not DrawDown.objects.exists()

    def test_wants_amounts_that_cover_the_payment(self, house: House, number: str) -> None:
        small = replace(CONTRACT, amount=yuan("1999999.99"))
        assert reasons(house, number, contract=small) == ["contract_amount"]
        half = replace(CONTRACT, paid=yuan("1000000.01"))
        assert reasons(house, number, contract=half) == ["contract_amount"]
        assert reasons(house, number, invoices=INVOICES[:1]) == ["invoice_amount"]

    def test_wants_the_payee_as_the_seller(self, house: House, number: str) -> None:
        other = replace(CONTRACT, seller="另一家公司")
        strange = (replace(INVOICES[0], seller="另一家公司"), INVOICES[1])
        found = reasons(house, number, contract=other, invoices=strange)
        assert found == ["contract_seller", "invoice_seller"]

    def test_never_pays_the_firm_itself(self, house: House, number: str) -> None:
        firm = house.firm_organization.name
        own = {
            "payee_name": firm,
            "contract": replace(CONTRACT, seller=firm),
            "invoices": tuple(replace(item, seller=firm) for item in INVOICES),
        }
        assert reasons(house, number, **own) == ["related"]

    def test_counts_what_was_paid_on_the_contract_before(self, house: House, number: str) -> None:
        asked(house, number)
        more = (Invoice(number="24420003", seller=SELLER, amount=yuan("1000000.01")),)
        found = reasons(house, number, "k2", amount="1000000.01", invoices=more)
        assert found == ["contract_amount"]
        rest = replace(more[0], amount=yuan("1000000"))
        assert asked(house, number, "k2", "1000000", invoices=(rest,)).state == "asked"

    def test_takes_no_paper_without_amount(self, house: House, number: str) -> None:
        nothing = (replace(INVOICES[0], amount=yuan("0")), *INVOICES)
        with pytest.raises(drawing.DrawDownError):
            asked(house, number, invoices=nothing)


class TestUsed:
    def test_lets_an_invoice_serve_once_however_it_is_written(
        self, house: House, number: str
    ) -> None:
        asked(house, number)
        bought = replace(CONTRACT, number="HT-2")
        again = (replace(INVOICES[0], number="２４４２ 0001", amount=yuan("2000000")),)
        found = reasons(house, number, "k2", contract=bought, invoices=again)
        assert found == ["invoice_used"]

    def test_holds_for_payments_below_the_threshold_as_well(
        self, house: House, number: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked(house, number)
        monkeypatch.setattr(drawing, "is_entrusted_payment", lambda *_, **__: False)
        with pytest.raises(drawing.DrawDownError):
            drawing.ask(number, request("k2", "100", invoice_number="24420002"), actor=house.firm)
        assert DrawDown.objects.count() == 1

    def test_frees_the_papers_of_a_payment_that_the_rail_refused(
        self, house: House, number: str
    ) -> None:
        draw = asked(house, number)
        drawing.release(draw.number, blocks=(), actor=house.manager)
        drawing.take_answer(answer(draw, OrderState.REFUSED))

        assert asked(house, number, "k2").state == "asked"
