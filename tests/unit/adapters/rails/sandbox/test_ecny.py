"""The sandbox operator: wallets, their limits, and money bound to a purpose."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.payments import DAY, LENDER, order
from tests.rail_worlds import Day, account, client, control, counterparty, rail_of
from zhirong.adapters.rails.sandbox.app import RailsApp
from zhirong.ledger.purposes import Condition, Fallback, Purpose
from zhirong.ledger.rails import OrderState, OrderStatus, Party, PaymentOrder, RailRejectedError

SUB = Party(account="0022-1", name="杭州示例阀门有限公司")
SUPPLIER = Party(account="0033", name="宁波示例铸造有限公司")
PERSON = Party(account="0044", name="张三")


class Operator:
    """The operator with a lender, a firm's sub-wallet, a supplier and a person."""

    def __init__(self, folder: Path) -> None:
        self.day = Day()
        app = RailsApp(counterparty=counterparty(folder, today=self.day), has_control=True)
        self.line: httpx.Client = client(app)
        sub = {"kind": "sub_wallet", "mother": "0022", "opening_fen": 0}
        rows = [
            account("ecny", LENDER),
            account("ecny", SUB, **sub),
            account("ecny", SUPPLIER, opening_fen=0),
            account("ecny", PERSON, kind="personal_4", opening_fen=9_000_00),
        ]
        control(self.line, "accounts", {"accounts": rows})

    def send(self, given: PaymentOrder) -> OrderStatus:
        return rail_of("ecny", self.line).send(given)

    def balance(self, party: Party) -> int:
        found = rail_of("ecny", self.line, party.account).entries(after=0)
        return sum(entry.amount_fen for _, entry in found)


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator(tmp_path)


def purpose(**changes: Any) -> Purpose:
    given: dict[str, Any] = {
        "number": "P-1",
        "payer": LENDER.account,
        "payees": (SUPPLIER.account,),
        "goods": ("castings",),
        "cap_fen": 1_000,
        "expires_on": DAY + timedelta(days=30),
        "conditions": (Condition.INVOICE,),
        "fallback": Fallback.RETURN,
    }
    return Purpose(**(given | changes))


def binding(**changes: Any) -> PaymentOrder:
    return order("BIND", payee=SUB, amount_fen=1_000, purpose=purpose(**changes))


def releasing(reference: str = "REL", **changes: Any) -> PaymentOrder:
    given: dict[str, Any] = {
        "payer": SUB,
        "payee": SUPPLIER,
        "amount_fen": 400,
        "releases": "P-1",
        "goods": "castings",
        "evidence": ("invoice",),
    }
    return order(reference, **(given | changes))


class TestBinding:
    def test_leaves_the_money_in_the_wallet_but_not_free(self, operator: Operator) -> None:
        assert operator.send(binding()).state is OrderState.PAID

        free = operator.send(order("FREE", payer=SUB, payee=SUPPLIER, amount_fen=1))

        assert operator.balance(SUB) == 1_000
        assert free.reasons == ("BOUND",)
        assert free.words == "款项已定向，须按用途支付"

    def test_is_refused_under_a_number_that_is_taken(self, operator: Operator) -> None:
        operator.send(binding())

        again = operator.send(order("B2", payee=SUB, amount_fen=5, purpose=purpose()))

        assert again.reasons == ("PURPOSE",)

    def test_is_refused_in_the_name_of_another_payer(self, operator: Operator) -> None:
        assert operator.send(binding(payer="0099")).reasons == ("PURPOSE",)


class TestReleasing:
    def test_pays_the_supplier(self, operator: Operator) -> None:
        operator.send(binding())

        assert operator.send(releasing()).state is OrderState.PAID
        assert (operator.balance(SUB), operator.balance(SUPPLIER)) == (600, 400)

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"payee": PERSON}, "PAYEE"),
            ({"goods": "wine"}, "GOODS"),
            ({"amount_fen": 1_001}, "CAP"),
            ({"evidence": ("delivery",)}, "EVIDENCE"),
            ({"releases": "P-9"}, "PURPOSE"),
            ({"payer": LENDER}, "PURPOSE"),
        ],
    )
    def test_is_refused_outside_the_purpose(
        self, operator: Operator, changes: dict[str, Any], code: str
    ) -> None:
        operator.send(binding())

        found = operator.send(releasing(**changes))

        assert (found.state, found.reasons) == (OrderState.REFUSED, (code,))
        assert operator.balance(SUB) == 1_000

    def test_never_pays_more_than_the_cap_in_parts(self, operator: Operator) -> None:
        operator.send(binding(cap_fen=500))
        operator.send(releasing("R1"))

        assert operator.send(releasing("R2", amount_fen=101)).reasons == ("CAP",)
        assert operator.send(releasing("R3", amount_fen=100)).state is OrderState.PAID


class TestExpiry:
    @pytest.mark.parametrize("fallback", list(Fallback))
    def test_comes_behind_the_last_day(self, operator: Operator, fallback: Fallback) -> None:
        operator.send(binding(fallback=fallback))
        operator.day.forward(30)

        assert operator.send(releasing()).state is OrderState.PAID

    def test_sends_the_rest_back_once(self, operator: Operator) -> None:
        operator.send(binding())
        operator.send(releasing())
        operator.day.forward(31)

        assert operator.balance(SUB) == 0
        assert operator.balance(LENDER) == -400
        assert operator.send(releasing("LATE")).reasons == ("PURPOSE",)
        assert operator.balance(SUB) == 0

    def test_holds_the_rest_where_that_is_agreed(self, operator: Operator) -> None:
        operator.send(binding(fallback=Fallback.HOLD))
        operator.day.forward(31)

        assert operator.send(releasing()).reasons == ("EXPIRED",)
        assert operator.balance(SUB) == 1_000


class TestWallets:
    def test_of_class_four_hold_no_more_than_their_most(self, operator: Operator) -> None:
        assert operator.send(order("A", payee=PERSON, amount_fen=1_000_01)).reasons == ("FULL",)
        assert operator.send(order("B", payee=PERSON, amount_fen=1_000_00)).state == "paid"

    def test_pay_no_more_at_once_and_a_day_than_their_class_may(self, operator: Operator) -> None:
        def pay(reference: str, fen: int) -> OrderStatus:
            return operator.send(order(reference, payer=PERSON, payee=SUPPLIER, amount_fen=fen))

        assert pay("A", 2_000_01).reasons == ("AM02",)
        assert [pay(name, 2_000_00).state for name in ("B", "C")] == ["paid", "paid"]
        assert pay("D", 1_000_01).reasons == ("AM14",)
        operator.day.forward(1)
        assert pay("E", 1_000_01).state is OrderState.PAID

    def test_of_a_sub_wallet_pay_their_scope_alone(self, operator: Operator) -> None:
        row = account("ecny", SUB, kind="sub_wallet", mother="0022", payees=[SUPPLIER.account])
        control(operator.line, "accounts", {"accounts": [row | {"opening_fen": 0}]})
        operator.send(order("IN", payee=SUB, amount_fen=500))

        out = operator.send(order("A", payer=SUB, payee=PERSON, amount_fen=5))

        assert out.reasons == ("SCOPE",)
        assert operator.send(order("B", payer=SUB, payee=SUPPLIER, amount_fen=5)).state == "paid"


class TestRequests:
    @pytest.mark.parametrize(
        "changes", [{"amount_fen": 0}, {"amount_fen": -5}, {"client_reference": "x" * 36}]
    )
    def test_out_of_range_are_turned_away(
        self, operator: Operator, changes: dict[str, Any]
    ) -> None:
        given: dict[str, Any] = {"client_reference": "A"} | changes
        with pytest.raises(RailRejectedError):
            operator.send(order(given.pop("client_reference"), **given))

    @pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"client_reference": "A"}', b"\xff"])
    def test_that_are_none_are_turned_away(self, operator: Operator, body: bytes) -> None:
        assert operator.line.post("/ecny/orders", content=body).status_code == 400

    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("/ecny/orders", 400),
            ("/ecny/notices?after=x", 400),
            ("/ecny/notices?after=-1", 400),
            ("/ecny/entries?account=none&after=0", 404),
            ("/ecny/elsewhere", 404),
            ("/", 404),
            ("/health", 200),
        ],
    )
    def test_are_answered_by_status(self, operator: Operator, path: str, status: int) -> None:
        assert operator.line.get(path).status_code == status
