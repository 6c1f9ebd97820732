"""What every answer carries, whatever became of the request."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tests.people import PASSWORD, House
from zhirong.platform import urls
from zhirong.platform.accounts.models import User


def broken(_: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of ours, with a secret: hunter2")


urlpatterns = [path("broken/", broken), *urls.urlpatterns]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
PAGES = ("/", "/sign-in/", "/account/", "/no/such/page/", "/health/", "/broken/", "/sign-out/")


@pytest.fixture(params=[False, True], ids=["signed out", "signed in"])
def visitor(request: pytest.FixtureRequest, house: House) -> Client:
    client = Client(raise_request_exception=False)
    if request.param:
        client.force_login(User.objects.get(pk=house.firm.user_id))
    return client


@pytest.fixture(autouse=True)
def addresses(settings: object) -> None:
    settings.ROOT_URLCONF = __name__  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", PAGES)
class TestEveryAnswer:
    def test_lets_nothing_inline_or_foreign_run(self, visitor: Client, page: str) -> None:
        policy = visitor.get(page)["Content-Security-Policy"]
        assert "unsafe" not in policy
        for part in ("default-src 'self'", "object-src 'none'", "base-uri 'none'",
                     "form-action 'self'", "frame-ancestors 'none'"):  # fmt: skip
            assert part in policy

    def test_is_not_guessed_framed_or_told_to_others(self, visitor: Client, page: str) -> None:
        answer = visitor.get(page)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer["X-Frame-Options"] == "DENY"

    def test_says_that_it_is_a_demonstration(self, visitor: Client, page: str) -> None:
        answer = visitor.get(page)
        if answer.status_code not in {301, 302, 405} and page != "/health/":
            assert 'class="demonstration"' in answer.content.decode()


class TestAnswers:
    def test_of_people_stay_in_no_cache(self, house: House, client: Client) -> None:
        client.force_login(User.objects.get(pk=house.firm.user_id))
        assert client.get("/account/")["Cache-Control"] == "no-store"

    def test_of_a_fault_tell_nothing_of_it(self, visitor: Client) -> None:
        answer = visitor.get("/broken/")
        # Who is not signed in is sent to the sign-in before anything runs.
        assert answer.status_code in {302, 500}
        assert b"hunter2" not in answer.content
        assert b"RuntimeError" not in answer.content

    def test_of_a_form_that_is_not_ours_are_a_refusal_in_words(self, house: House) -> None:
        answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"name": "x", "password": "y"})
        assert answer.status_code == 403
        assert 'role="alert"' in answer.content.decode()

    def test_set_cookies_that_no_script_reads(self, house: House, client: Client) -> None:
        name = User.objects.get(pk=house.firm.user_id).sign_in_name
        client.post("/sign-in/", {"name": name, "password": PASSWORD})
        cookie = client.cookies["sessionid"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
