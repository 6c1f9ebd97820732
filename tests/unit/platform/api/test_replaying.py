"""A repeated request acts once; another one under the same key is turned away."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.callers import caller
from tests.people import House
from zhirong.platform.accounts.models import User
from zhirong.platform.api import replaying
from zhirong.platform.api.models import KeptAnswer
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.matters.models import Matter


def wish(house: House, title: str = "扩大产能") -> dict[str, object]:
    return {"title": title, "lender": house.bank_organization.pk}


class TestOnceAKey:
    def test_acts_once_and_answers_the_same(self, house: House) -> None:
        firm = caller(house.firm)
        first = firm.post("/matters", wish(house), Idempotency_Key="k1")
        again = firm.post("/matters", wish(house), Idempotency_Key="k1")

        assert first.status_code == again.status_code == 201
        assert first.json() == again.json()
        assert again.headers["Idempotency-Replayed"] == "true"
        assert "Idempotency-Replayed" not in first.headers
        assert Matter.objects.count() == 1

    def test_acts_again_under_another_key_or_none(self, house: House) -> None:
        firm = caller(house.firm)
        firm.post("/matters", wish(house), Idempotency_Key="k1")
        firm.post("/matters", wish(house), Idempotency_Key="k2")
        firm.post("/matters", wish(house))

        assert Matter.objects.count() == 3

    def test_turns_another_request_away(self, house: House) -> None:
        firm = caller(house.firm)
        firm.post("/matters", wish(house), Idempotency_Key="k1")
        other = firm.post("/matters", wish(house, "另一用途"), Idempotency_Key="k1")

        assert other.status_code == 409
        assert other.json()["code"] == "error.idempotency_key"
        assert Matter.objects.count() == 1

    def test_gives_a_twin_the_answer_of_the_first(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The first commits after the twin has looked and before it writes."""
        firm = caller(house.firm)
        first = firm.post("/matters", wish(house), Idempotency_Key="k1")
        looked = iter([True])

        def too_early(asked: replaying._Asked) -> object:
            return None if next(looked, False) else look(asked)

        look = replaying._kept
        monkeypatch.setattr(replaying, "_kept", too_early)
        twin = firm.post("/matters", wish(house), Idempotency_Key="k1")

        assert twin.json() == first.json()
        assert twin.headers["Idempotency-Replayed"] == "true"
        assert Matter.objects.count() == 1

    def test_keeps_organizations_apart(self, house: House) -> None:
        stranger, _ = house.strangers()
        caller(house.firm).post("/matters", wish(house), Idempotency_Key="k1")
        theirs = caller(stranger).post("/matters", wish(house), Idempotency_Key="k1")

        assert theirs.status_code == 201
        assert Matter.objects.count() == 2

    def test_shows_an_answer_to_nobody_else_of_the_organization(self, house: House) -> None:
        matter = house.matter()
        path = f"/matters/{matter.number}/qualification"
        caller(house.manager).post(path, Idempotency_Key="k1")
        caller(house.firm).post("/matters", wish(house), Idempotency_Key="k1")
        colleague = caller(house.other_risk())

        answer = colleague.post("/matters", wish(house), Idempotency_Key="k1")

        assert answer.status_code == 404

    def test_keeps_no_answer_of_what_did_not_act(self, house: House) -> None:
        firm = caller(house.firm)
        wrong = {"title": "x", "lender": 10_000}
        refused = firm.post("/matters", wrong, Idempotency_Key="k1")

        assert refused.status_code == 404
        assert not KeptAnswer.objects.exists()
        assert firm.post("/matters", wish(house), Idempotency_Key="k1").status_code == 201

    def test_knows_an_upload_by_its_files(self, house: House) -> None:
        firm, path = caller(house.firm), f"/matters/{house.matter().number}/files"
        first = firm.give(path, {"a.csv": b"x,y\n"}, Idempotency_Key="u1")
        again = firm.give(path, {"a.csv": b"x,y\n"}, Idempotency_Key="u1")
        other = firm.give(path, {"a.csv": b"x,z\n"}, Idempotency_Key="u1")

        assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
        assert StoredFile.objects.count() == 1
        assert StoredFile.objects.get().size == 4

    @pytest.mark.parametrize("key", ["", " ", "x" * 81])
    def test_wants_a_key_of_plain_characters(self, house: House, key: str) -> None:
        answer = caller(house.firm).post("/matters", wish(house), Idempotency_Key=key)

        assert answer.status_code == 422
        assert answer.json()["code"] == "error.idempotency_key_form"

    def test_asks_who_it_is_before_anything(self, house: House) -> None:
        firm = caller(house.firm)
        firm.post("/matters", wish(house), Idempotency_Key="k1")
        User.objects.update(is_active=False)

        again = firm.post("/matters", wish(house), Idempotency_Key="k1")

        assert again.status_code == 401

    def test_forgets_after_its_time(self, house: House) -> None:
        firm = caller(house.firm)
        firm.post("/matters", wish(house), Idempotency_Key="k1")
        row = KeptAnswer.objects.get()
        KeptAnswer.objects.update(made_at=row.made_at - timedelta(days=31))
        firm.post("/matters", wish(house), Idempotency_Key="k2")

        assert [kept.key for kept in KeptAnswer.objects.all()] == ["k2"]

    def test_takes_no_more_files_than_are_read(self, house: House) -> None:
        firm, path = caller(house.firm), f"/matters/{house.matter().number}/files"
        many = {f"{place}.csv": b"x" for place in range(101)}

        for headers in ({"Idempotency_Key": "u1"}, {}):
            answer = firm.give(path, many, **headers)
            assert (answer.status_code, answer.json()["code"]) == (400, "error.api_request")
        assert not StoredFile.objects.exists()

    def test_keeps_the_answer_under_lock(self, house: House) -> None:
        manager = caller(house.manager)
        wanted = {"url": "https://hook.example/x", "events": ["*"]}
        told = manager.post("/webhooks", wanted, Idempotency_Key="w1").json()["secret"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT body FROM api_keptanswer")
            (lies,) = cursor.fetchone()

        assert lies.startswith("zr1.")
        assert told not in lies
        again = manager.post("/webhooks", wanted, Idempotency_Key="w1")
        assert again.json()["secret"] == told
