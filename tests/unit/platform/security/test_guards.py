from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tests.people import PASSWORD, organization, person
from zhirong.platform import urls
from zhirong.platform.accounts.models import SignIn, User
from zhirong.platform.accounts.rights import Role
from zhirong.platform.accounts.second_factor import shown_code
from zhirong.platform.desks.guards import limited, with_second_factor

DONE: list[dict[str, Any]] = []


@with_second_factor
def act(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        DONE.append({key: request.POST.getlist(key) for key in request.POST})
    return HttpResponse("done")


@limited("upload")
def upload(request: HttpRequest) -> HttpResponse:
    return HttpResponse("taken")


urlpatterns = [path("act/", act, name="act"), path("upload/", upload), *urls.urlpatterns]
handler404 = urls.handler404
handler500 = urls.handler500
FIELDS = {"amount": "100", "right": ["a", "b"], "words": 'x" onload="y'}


@pytest.fixture(autouse=True)
def addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    DONE.clear()


@pytest.fixture
def user(db: None) -> User:
    return person(organization(), Role.FIRM_OFFICER)


@pytest.fixture
def signed_in(client: Client, user: User) -> Client:
    client.post("/sign-in/", {"name": user.sign_in_name, "password": PASSWORD})
    return client


def code_of(user: User) -> str:
    code = shown_code(user)
    assert code is not None
    return code


class TestWithSecondFactor:
    def test_does_nothing_before_the_code(self, signed_in: Client, user: User) -> None:
        answer = signed_in.post("/act/", FIELDS)
        page = answer.content.decode()

        assert answer.status_code == 403
        assert DONE == []
        assert code_of(user) in page
        assert '<input type="hidden" name="right" value="b">' in page
        assert "x&quot; onload=&quot;y" in page

    def test_goes_on_with_the_same_fields(self, signed_in: Client, user: User) -> None:
        fields = {**FIELDS, "second_factor_code": code_of(user)}
        assert signed_in.post("/act/", fields).content == b"done"
        assert DONE[0]["amount"] == ["100"]
        assert DONE[0]["right"] == ["a", "b"]

    def test_counts_for_some_minutes(self, signed_in: Client, user: User) -> None:
        signed_in.post("/act/", {"second_factor_code": code_of(user)})
        assert signed_in.post("/act/", FIELDS).content == b"done"
        row = SignIn.objects.get()
        assert row.factor_at is not None
        SignIn.objects.update(factor_at=row.factor_at - timedelta(minutes=15, seconds=1))

        assert signed_in.post("/act/", FIELDS).status_code == 403
        assert len(DONE) == 2

    def test_refuses_a_wrong_code_and_locks(self, signed_in: Client, user: User) -> None:
        for _ in range(5):
            answer = signed_in.post("/act/", {"second_factor_code": "12"})
            assert answer.status_code == 422
        assert signed_in.post("/act/", {"second_factor_code": code_of(user)}).status_code == 422
        assert DONE == []

    def test_takes_a_code_once(self, signed_in: Client, user: User) -> None:
        code = code_of(user)
        signed_in.post("/act/", {"second_factor_code": code})
        SignIn.objects.update(factor_at=None)

        assert signed_in.post("/act/", {"second_factor_code": code}).status_code == 422
        assert len(DONE) == 1

    def test_is_of_one_session_only(self, signed_in: Client, user: User) -> None:
        signed_in.post("/act/", {"second_factor_code": code_of(user)})
        other = Client()
        other.post("/sign-in/", {"name": user.sign_in_name, "password": PASSWORD})

        assert other.post("/act/", FIELDS).status_code == 403

    def test_lets_everybody_read(self, signed_in: Client) -> None:
        assert signed_in.get("/act/").content == b"done"

    def test_shows_no_code_in_production(
        self, signed_in: Client, user: User, settings: Any
    ) -> None:
        code = code_of(user)
        settings.IS_DEMONSTRATION = False

        assert code not in signed_in.post("/act/", FIELDS).content.decode()
        assert signed_in.post("/act/", {"second_factor_code": code}).status_code == 422
        assert DONE == []


class TestLimited:
    def test_counts_posts_by_person(self, signed_in: Client, user: User) -> None:
        answers = [signed_in.post("/upload/").status_code for _ in range(121)]
        assert answers == [200] * 120 + [429]
        assert signed_in.get("/upload/").status_code == 200

        other = Client()
        stranger = person(organization(), Role.FIRM_OFFICER)
        other.post("/sign-in/", {"name": stranger.sign_in_name, "password": PASSWORD})
        assert other.post("/upload/").status_code == 200
