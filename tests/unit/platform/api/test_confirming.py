"""What binds is confirmed: by the key's secret, over this request, lately, and acts once."""

import json
import time
from typing import Any

import pytest

from tests.callers import Caller, caller, operations
from tests.people import House
from tests.unit.platform.lending.test_loan import paid
from tests.unit.platform.security.addresses import rules
from zhirong.platform.api.confirming import BINDING
from zhirong.platform.api.keys import make_key, rotate_key
from zhirong.platform.api.models import ApiKey
from zhirong.platform.api.urls import api
from zhirong.platform.lending.models import DrawDown, RepaymentOrder

# What the pages ask the second factor for, and what is the same over the API.
SAME = {
    "matter-decide": "decide",
    "matter-draw": "ask_draw",
    "matter-release": "release_draw",
    "matter-repay": "book_receipt",
    "matter-pay": "repay",
    "matter-supplier-pay": "pay_supplier",
    "matter-refund": "release_refund",
    "matter-sign": "sign",
    "matter-submit": "file_pledge",
    "matter-release-submit": "file_release",
    "matter-amend-submit": "file_amendment",
    "plan-publish": "publish_plan_run",
}
# Over the API nobody does these.
ON_PAGES_ALONE = {
    "api-keys",
    "second-factor-set-up",
    "payments-settle",
}
SIGN = "/matters/2026-00001/signatures"  # of no matter: confirmed, it is simply not there
HEADER = "Zhirong-Confirmation"


def reason(answer: Any) -> str:
    content = answer.json()
    assert (answer.status_code, content["code"]) == (403, "error.confirmation"), content
    assert content["facts"]["header"] == HEADER
    assert HEADER in content["message"]
    return str(content["facts"]["reason"]).rpartition(".")[2]


def confirmed(who: Caller, *, at: int | None = None, **other: str) -> str:
    """A confirmation of signing; or of something else."""
    given = {"path": SIGN, "content": "", "key": "k"} | other
    headers = {"Idempotency-Key": given["key"]}
    moment = int(time.time()) if at is None else at
    return who.signed(given["path"], given["content"], headers, at=moment)


def asked(who: Caller, confirmation: str) -> Any:
    return who.post(SIGN, Idempotency_Key="k", Zhirong_Confirmation=confirmation)


class TestBinding:
    def test_is_all_that_pages_ask_the_second_factor_for(self) -> None:
        on_pages = {rule.name for rule in rules() if rule.asks_factor}
        administering = {name for name in on_pages if name.startswith("admin-")}

        assert on_pages - administering - ON_PAGES_ALONE == set(SAME)
        assert set(SAME.values()) == BINDING

    def test_is_shown_in_the_description(self) -> None:
        paths = api.get_openapi_schema(path_prefix="/")["paths"]
        needing = {
            details["operationId"]
            for methods in paths.values()
            for details in methods.values()
            if {"Idempotency-Key", HEADER}
            <= {item["name"] for item in details.get("parameters", ()) if item["required"]}
        }

        assert needing == BINDING

    @pytest.mark.parametrize("name", sorted(BINDING))
    def test_is_asked_before_anything_else(self, house: House, name: str) -> None:
        method, path = operations()[name]
        asked_path = path.removeprefix("/api/v1").format(
            **dict.fromkeys(("number", "filing", "draw", "refund", "run"), "2026-00001")
        )
        bare = Caller(caller(house.firm).token)

        answer = bare.ask(method, asked_path, {}, Idempotency_Key="k")

        assert reason(answer) == "missing"


class TestCheck:
    def test_lets_pass_what_is_signed(self, house: House) -> None:
        firm = caller(house.firm)

        assert asked(firm, confirmed(firm)).status_code == 404

    def test_knows_no_other_request(self, house: House) -> None:
        firm, manager = caller(house.firm), caller(house.manager)
        others = (
            confirmed(firm, content="{}"),
            confirmed(firm, path="/matters/2026-00002/signatures"),
            confirmed(firm, key="other"),
            confirmed(manager),
        )

        assert [reason(asked(firm, other)) for other in others] == ["wrong"] * 4

    def test_counts_for_its_time(self, house: House) -> None:
        firm, now = caller(house.firm), int(time.time())

        for near in (-280, 280):
            assert asked(firm, confirmed(firm, at=now + near)).status_code == 404
        for far in (-320, 320):
            assert reason(asked(firm, confirmed(firm, at=now + far))) == "time"

    @pytest.mark.parametrize("text", ["x", "t=", "t=²,v1=a", "v1=00", "t=1e9,v1=00", "t=12"])
    def test_wants_its_form(self, house: House, text: str) -> None:
        assert reason(asked(caller(house.firm), text)) == "form"

    def test_wants_an_idempotency_key(self, house: House) -> None:
        answer = caller(house.firm).post(SIGN)

        assert (answer.status_code, answer.json()["code"]) == (422, "error.idempotency_key_form")

    def test_wants_a_key_of_the_api_first(self, house: House) -> None:
        assert Caller("zr_none_none").post(SIGN).status_code == 401

    def test_knows_keys_from_before_there_were_secrets(self, house: House) -> None:
        firm = caller(house.firm)
        ApiKey.objects.update(secret="")

        assert reason(asked(firm, confirmed(firm))) == "no_secret"

    def test_ends_with_the_secret(self, house: House) -> None:
        made = make_key(house.firm.user_id, label="a", by=house.firm)
        new = rotate_key(made.number, by=house.firm)
        old_secret = Caller(new.token, made.secret)

        assert reason(asked(old_secret, confirmed(old_secret))) == "wrong"


class TestConfirmed:
    def test_acts_once_however_often_it_is_sent(self, house: House) -> None:
        draw = paid(house)
        path = f"/matters/{draw.facility.matter.number}/draws/{draw.number}/repayments"
        firm, body = caller(house.firm), {"amount": "100.00"}
        headers = {"Idempotency-Key": "r1"}
        at = int(time.time())
        caught = firm.signed(path, json.dumps(body), headers, at=at)

        answers = [
            firm.post(path, body, Idempotency_Key="r1", Zhirong_Confirmation=caught)
            for _ in range(3)
        ]

        assert {answer.status_code for answer in answers} == {202}
        assert RepaymentOrder.objects.count() == 1
        other_key = firm.post(path, body, Idempotency_Key="r2", Zhirong_Confirmation=caught)
        other_body = firm.post(
            path, {"amount": "200.00"}, Idempotency_Key="r1", Zhirong_Confirmation=caught
        )
        assert reason(other_key) == reason(other_body) == "wrong"
        assert RepaymentOrder.objects.count() == 1

    def test_answers_nobody_again_without_it(self, house: House) -> None:
        draw = paid(house)
        path = f"/matters/{draw.facility.matter.number}/draws/{draw.number}/repayments"
        firm = caller(house.firm)
        assert firm.post(path, {"amount": "1"}, Idempotency_Key="r1").status_code == 202

        bare = Caller(firm.token).post(path, {"amount": "1"}, Idempotency_Key="r1")

        assert reason(bare) == "missing"
        assert DrawDown.objects.get().repayments.count() == 1
