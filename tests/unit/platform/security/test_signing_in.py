"""Signing in as a browser does it: over the pages, with their cookies and tokens."""

import base64
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.test import Client

from tests.people import PASSWORD, organization, person
from zhirong.platform.accounts.models import SecondFactor, SignIn, User
from zhirong.platform.accounts.rights import Role
from zhirong.platform.accounts.second_factor import enroll, offer
from zhirong.platform.operations import clock
from zhirong.platform.operations.models import LogEntry

NOON = datetime(2026, 7, 6, 12, 0, 0, tzinfo=clock.CHINA)


def app_code(secret: str, moment: datetime) -> str:
    totp = TOTP(base64.b32decode(secret), 6, SHA1(), 30)  # noqa: S303 - what apps compute
    return totp.generate(int(moment.timestamp())).decode("ascii")


class Hands:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.moment = NOON

    def move(self, **step: int) -> None:
        self.moment += timedelta(**step)


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    made = Hands()
    monkeypatch.setattr(clock, "real_now", lambda: made.moment)
    return made


@pytest.fixture
def user(db: None, hands: Hands) -> User:
    return person(organization(), Role.FIRM_OFFICER)


@pytest.fixture
def secret(user: User) -> str:
    """Of a person who has set up an app."""
    made = offer(user).secret
    enroll(user, app_code(made, NOON))
    return made


def give_password(client: Client, user: User, password: str = PASSWORD) -> Any:
    return client.post(
        "/sign-in/?next=/account/", {"name": user.sign_in_name, "password": password}
    )


def is_in(client: Client) -> bool:
    return bool(client.get("/account/").status_code == 200)


class TestSignIn:
    def test_lets_a_demonstrations_person_in_with_the_password(
        self, client: Client, user: User
    ) -> None:
        assert give_password(client, user)["Location"] == "/account/"
        assert is_in(client)

    def test_says_nothing_of_which_names_there_are(self, client: Client, user: User) -> None:
        answers = [
            client.post("/sign-in/", {"name": name, "password": "no"}).content
            for name in (user.sign_in_name, "nobody")
        ]
        texts = {re.sub(rb'value="[A-Za-z0-9]{64}"', b"", answer) for answer in answers}
        assert len(texts) == 1

    @pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:1"])
    def test_leads_nowhere_else(self, client: Client, user: User, address: str) -> None:
        answer = client.post(
            "/sign-in/", {"name": user.sign_in_name, "password": PASSWORD, "next": address}
        )
        assert answer["Location"] == "/"

    def test_gives_the_session_a_new_key(self, client: Client, user: User) -> None:
        """A key that somebody planted before is worth nothing after."""
        session = client.session
        session["planted"] = True
        session.save()
        planted = session.session_key
        give_password(client, user)

        assert client.session.session_key != planted
        thief = Client()
        thief.cookies["sessionid"] = str(planted)
        assert not is_in(thief)

    def test_holds_back_after_too_many_tries_from_one_address(
        self, client: Client, user: User
    ) -> None:
        tries = [
            client.post("/sign-in/", {"name": f"guess{number}", "password": "no"})
            for number in range(101)
        ]
        assert {answer.status_code for answer in tries[:100]} == {422}
        assert tries[100].status_code == 429
        assert int(tries[100]["Retry-After"]) > 0
        assert give_password(Client(REMOTE_ADDR="10.0.0.9"), user).status_code == 302

    def test_is_open_again_in_the_next_window(
        self, client: Client, user: User, hands: Hands
    ) -> None:
        for number in range(101):
            client.post("/sign-in/", {"name": f"guess{number}", "password": "no"})
        hands.move(seconds=600)
        assert give_password(client, user).status_code == 302


class TestSecondStep:
    def test_stands_between_password_and_pages(
        self, client: Client, user: User, secret: str, hands: Hands
    ) -> None:
        assert give_password(client, user)["Location"] == "/sign-in/code/"
        assert not is_in(client)

        hands.move(minutes=1)
        answer = client.post("/sign-in/code/", {"code": app_code(secret, hands.moment)})
        assert answer["Location"] == "/account/"
        assert is_in(client)
        assert LogEntry.objects.filter(action="signed_in").count() == 1

    def test_is_not_reached_without_the_password(self, client: Client, secret: str) -> None:
        answer = client.post("/sign-in/code/", {"code": app_code(secret, NOON)})
        assert answer["Location"] == "/sign-in/"
        assert not is_in(client)

    def test_keeps_out_with_a_wrong_code(self, client: Client, user: User, secret: str) -> None:
        give_password(client, user)
        assert client.post("/sign-in/code/", {"code": "000000"}).status_code == 422
        assert not is_in(client)

    def test_locks_after_guesses_though_the_password_is_given_in_between(
        self, client: Client, user: User, secret: str, hands: Hands
    ) -> None:
        for _ in range(5):
            give_password(client, user)
            client.post("/sign-in/code/", {"code": "000000"})
        hands.move(minutes=1)

        assert give_password(client, user).status_code == 422
        client.post("/sign-in/code/", {"code": app_code(secret, hands.moment)})
        assert not is_in(client)

    def test_waits_some_minutes_only(
        self, client: Client, user: User, secret: str, hands: Hands
    ) -> None:
        give_password(client, user)
        hands.move(minutes=11)
        answer = client.post("/sign-in/code/", {"code": app_code(secret, hands.moment)})
        assert answer["Location"] == "/sign-in/"
        assert not is_in(client)


class TestFirstSetUp:
    @pytest.fixture(autouse=True)
    def production(self, settings: Any) -> None:
        settings.IS_DEMONSTRATION = False

    def test_is_asked_of_everybody_in_production(
        self, client: Client, user: User, hands: Hands
    ) -> None:
        assert give_password(client, user)["Location"] == "/sign-in/code/"
        assert client.get("/sign-in/code/")["Location"] == "/sign-in/set-up/"
        page = client.get("/sign-in/set-up/").content.decode()
        offered = SecondFactor.objects.get().offered
        assert offered in page
        assert "<svg" in page
        assert not is_in(client)

        done = client.post("/sign-in/set-up/", {"code": app_code(offered, hands.moment)})
        codes = re.findall(r"<code>([a-z2-7]{4}(?:-[a-z2-7]{4}){3})</code>", done.content.decode())
        assert len(codes) == 10
        assert is_in(client)

    def test_replaces_no_app_with_the_password_alone(
        self, client: Client, user: User, secret: str, hands: Hands
    ) -> None:
        give_password(client, user)
        assert client.get("/sign-in/set-up/")["Location"] == "/sign-in/"
        kept = SecondFactor.objects.get()
        assert (kept.secret, kept.offered) == (secret, "")

    def test_shows_no_people_and_no_codes_in_production(self, client: Client, user: User) -> None:
        page = client.get("/sign-in/").content.decode()
        assert user.name not in page
        assert "zhirong-demo" not in page


class TestSessions:
    def test_end_after_idle_time(self, client: Client, user: User, hands: Hands) -> None:
        give_password(client, user)
        hands.move(minutes=29)
        assert is_in(client)
        hands.move(minutes=29)
        assert is_in(client)
        hands.move(minutes=31)
        assert not is_in(client)

    def test_end_after_their_life_though_in_use(
        self, client: Client, user: User, hands: Hands
    ) -> None:
        give_password(client, user)
        for _ in range(19):
            hands.move(minutes=25)
            assert is_in(client)
        hands.move(minutes=6)
        assert not is_in(client)

    def test_are_written_at_most_once_a_minute(
        self, client: Client, user: User, hands: Hands, django_assert_num_queries: Any
    ) -> None:
        give_password(client, user)
        seen = []
        for _ in range(4):
            hands.move(seconds=25)
            is_in(client)
            seen.append(SignIn.objects.get().seen_at)
        assert seen[0] == seen[1] == NOON
        assert seen[2] == seen[3] == NOON + timedelta(seconds=75)

    def test_are_listed_and_ended_from_elsewhere(self, client: Client, user: User) -> None:
        other, third = Client(), Client()
        for browser in (client, other, third):
            give_password(browser, user)
        assert client.get("/account/").content.count(b"<tr><td ") == 3

        client.post("/account/sessions/end/")

        assert [is_in(browser) for browser in (client, other, third)] == [True, False, False]
        assert SignIn.objects.count() == 1

    def test_of_others_are_not_touched(self, client: Client, user: User) -> None:
        stranger = Client()
        give_password(stranger, person(organization(), Role.FIRM_OFFICER))
        give_password(client, user)
        client.post("/account/sessions/end/")
        assert is_in(stranger)

    def test_end_with_the_sign_out(self, client: Client, user: User) -> None:
        give_password(client, user)
        copied = Client()
        copied.cookies["sessionid"] = client.cookies["sessionid"].value
        client.post("/sign-out/")
        assert not is_in(client)
        assert not is_in(copied)
        assert not SignIn.objects.exists()

    def test_end_for_who_is_sent_away(self, client: Client, user: User) -> None:
        give_password(client, user)
        User.objects.update(is_active=False)
        assert not is_in(client)


class TestChangePassword:
    def test_ends_the_other_sessions_and_keeps_this_one(self, client: Client, user: User) -> None:
        other = Client()
        give_password(other, user)
        give_password(client, user)
        fields = {"old": PASSWORD, "new": "another-long-sentence", "again": "another-long-sentence"}
        assert client.post("/account/password/", fields).status_code == 302
        assert is_in(client)
        assert not is_in(other)
        assert SignIn.objects.count() == 1

    @pytest.mark.parametrize(
        "changed", [{"old": "no"}, {"again": "x"}, {"new": "short", "again": "short"}]
    )
    def test_says_what_is_wrong(self, client: Client, user: User, changed: dict[str, str]) -> None:
        give_password(client, user)
        fields = {"old": PASSWORD, "new": "another-long-sentence", "again": "another-long-sentence"}
        answer = client.post("/account/password/", {**fields, **changed})
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
        assert User.objects.get().check_password(PASSWORD)


class TestSecondFactorSetUp:
    def test_asks_for_the_app_in_force_before_another_one(
        self, client: Client, user: User, secret: str, hands: Hands
    ) -> None:
        hands.move(minutes=1)
        give_password(client, user)
        client.post("/sign-in/code/", {"code": app_code(secret, hands.moment)})
        client.get("/account/second-factor/")
        hands.move(minutes=16)
        offered = SecondFactor.objects.get().offered

        answer = client.post("/account/second-factor/", {"code": app_code(offered, hands.moment)})

        assert answer.status_code == 403
        assert SecondFactor.objects.get().secret == secret
