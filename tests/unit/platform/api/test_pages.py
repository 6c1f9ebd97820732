"""The page of keys, the page of the description, and the command."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from tests.callers import Caller, caller, operations
from tests.people import House
from tests.unit.platform.desks.clients import browser
from zhirong.platform.accounts.models import SignIn, User
from zhirong.platform.api.models import ApiKey
from zhirong.platform.matters.visibility import NotFoundError

TOKEN = re.compile(r"zr_[0-9a-f]{12}_[\w-]{43}")


class TestPageOfKeys:
    @pytest.mark.parametrize("lang", ["zh-hans", "en"])
    def test_shows_a_new_key_once(self, house: House, lang: str) -> None:
        page = browser(house.firm, lang=lang)
        answer = page.post("/keys/", {"label": "books", "person": "", "rights": "follow"})

        found = TOKEN.search(answer.content.decode())
        assert found is not None
        assert Caller(found[0]).get("/me").status_code == 200
        assert not TOKEN.search(page.get("/keys/").content.decode())
        assert "books" in page.get("/keys/").content.decode()

    def test_makes_and_revokes_keys_of_the_own_people(self, house: House) -> None:
        page = browser(house.admin)
        page.post(
            "/keys/",
            {"label": "for the manager", "person": str(house.manager.user_id), "rights": "check"},
        )
        key = ApiKey.objects.get()

        assert key.user_id == house.manager.user_id
        assert page.post("/keys/", {"revoke": key.pk}).status_code == 302
        assert ApiKey.objects.get().revoked_at is not None

    def test_renews_a_key_and_shows_its_rights(self, house: House) -> None:
        page = browser(house.firm, lang="en")
        answer = page.post("/keys/", {"label": "x", "person": "", "rights": ["follow", "draw"]})
        old = TOKEN.search(answer.content.decode())
        assert "draw · follow matters" in answer.content.decode()

        text = page.post("/keys/", {"rotate": ApiKey.objects.get().pk}).content.decode()

        new = TOKEN.search(text)
        assert new is not None
        assert old is not None
        assert Caller(new[0]).get("/me").status_code == 200
        assert Caller(old[0]).get("/me").status_code == 401
        secret = ApiKey.objects.get().secret
        assert secret in text
        assert secret not in page.get("/keys/").content.decode()

    def test_keeps_what_was_chosen_until_it_is_right(self, house: House) -> None:
        page, ticked = browser(house.firm), 'value="draw" checked'

        wrong = page.post("/keys/", {"label": "", "person": "", "rights": "draw"})
        made = page.post("/keys/", {"label": "x", "person": "", "rights": "draw"})

        assert ticked in wrong.content.decode()
        assert ticked not in made.content.decode()

    def test_wants_a_right(self, house: House) -> None:
        answer = browser(house.firm).post("/keys/", {"label": "x", "person": ""})

        assert answer.status_code == 422
        assert not ApiKey.objects.exists()

    def test_knows_no_people_and_keys_of_others(self, house: House) -> None:
        caller(house.firm)
        page = browser(house.admin)
        number = ApiKey.objects.get().pk

        assert (
            page.post(
                "/keys/", {"label": "x", "person": str(house.firm.user_id), "rights": "draw"}
            ).status_code
            == 404
        )
        assert page.post("/keys/", {"revoke": number}).status_code == 404
        assert ApiKey.objects.get().revoked_at is None

    def test_wants_a_label(self, house: House) -> None:
        answer = browser(house.firm).post(
            "/keys/", {"label": " ", "person": "", "rights": "follow"}
        )

        assert answer.status_code == 422
        assert not ApiKey.objects.exists()

    def test_asks_for_the_second_factor(self, house: House) -> None:
        page = browser(house.firm)
        SignIn.objects.update(factor_at=None)

        answer = page.post("/keys/", {"label": "x", "person": "", "rights": "follow"})

        assert not ApiKey.objects.exists()
        assert not TOKEN.search(answer.content.decode())

    def test_is_behind_the_sign_in(self, house: House) -> None:
        assert Client().get("/keys/").headers["Location"].startswith("/sign-in/")


class TestDescription:
    def test_shows_every_operation_to_everybody(self, db: None) -> None:
        answer = Client().get("/api/v1/docs")

        text = answer.content.decode()
        assert answer.status_code == 200
        assert [name for name in operations() if f'id="{name}"' not in text] == []

    def test_is_openapi(self, db: None) -> None:
        schema = Client().get("/api/v1/openapi.json").json()

        assert schema["openapi"].startswith("3.1")
        assert schema["components"]["securitySchemes"]["Key"]["scheme"] == "bearer"
        posted = [item["post"] for item in schema["paths"].values() if "post" in item]
        assert all(
            any(given["name"] == "Idempotency-Key" for given in item["parameters"])
            for item in posted
        )


class TestCommand:
    def test_makes_and_revokes(self, house: House) -> None:
        name = User.objects.get(pk=house.firm.user_id).sign_in_name
        out = StringIO()
        call_command("api_key", "make", name, "--label=books", "--right=follow", stdout=out)
        number, token, _ = out.getvalue().split()

        assert Caller(token).get("/me").status_code == 200
        call_command("api_key", "renew", number, stdout=(renewed := StringIO()))
        assert Caller(token).get("/me").status_code == 401
        token = renewed.getvalue().split()[1]
        assert Caller(token).get("/me").status_code == 200
        call_command("api_key", "revoke", number)
        assert Caller(token).get("/me").status_code == 401

    def test_knows_who_there_is(self, house: House) -> None:
        with pytest.raises(NotFoundError):
            call_command("api_key", "make", "nobody", label="x")
