"""The client against the platform itself, without a network: its page's example, and faults."""

import re
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.wsgi import get_wsgi_application

import zhirong.client
from tests.people import House
from zhirong.client import AnswerError, Client, is_genuine
from zhirong.platform.api.keys import NewKey, make_key
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.lending.models import Proposal
from zhirong.platform.matters.models import Matter
from zhirong.platform.operations.models import Job
from zhirong.platform.webhooks.content import signature
from zhirong.platform.work.handlers import HANDLERS

PLATFORM = "http://testserver"
BLOCK = re.compile(r"^```py\n(.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.fixture
def house(db: None) -> House:
    return House()


def do_what_waits(_: float) -> None:
    """What the worker does while a program waits."""
    for job in Job.objects.filter(state="waiting"):
        HANDLERS[job.outbox.kind](job.outbox)


def over_wsgi() -> httpx.WSGITransport:
    return httpx.WSGITransport(app=get_wsgi_application())


def key_of(person: Any) -> NewKey:
    return make_key(person.user_id, label="journey", by=person)


def client_of(person: Any, transport: httpx.BaseTransport | None = None, **more: Any) -> Client:
    given = {"pause": lambda _: None} | more
    key = key_of(person)
    given = {"secret": key.secret} | given
    return Client(PLATFORM, key.token, transport=transport or over_wsgi(), **given)


class TestPageOfTheApi:
    def test_leads_to_a_proposal(
        self, house: House, checkout: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(checkout)
        ready = partial(Client, transport=over_wsgi(), pause=do_what_waits)
        monkeypatch.setattr(zhirong.client, "Client", ready)
        (text,) = BLOCK.findall((checkout / "docs" / "api.md").read_text(encoding="utf-8"))
        risk = key_of(house.risk)
        names: dict[str, Any] = {
            "platform": PLATFORM,
            "firm_key": key_of(house.firm).token,
            "manager_key": key_of(house.manager).token,
            "risk_key": risk.token,
            "risk_secret": risk.secret,
        }

        exec(compile(text, "docs/api.md", "exec"), names)  # noqa: S102 - our own documentation

        assert Proposal.objects.get().matter.number == names["matter"]
        assert Matter.objects.get().stage == "proposed"


class Flaky(httpx.BaseTransport):
    """Carries each request out, then loses the first answers or gives others in their place."""

    def __init__(self, *faults: Callable[[httpx.Request], httpx.Response]) -> None:
        self.inner = over_wsgi()
        self.faults = list(faults)
        self.keys: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.keys.append(request.headers.get("Idempotency-Key", ""))
        answer = self.inner.handle_request(request)
        return self.faults.pop(0)(request) if self.faults else answer


def lost(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("The answer was lost.", request=request)


def busy(_: httpx.Request) -> httpx.Response:
    return httpx.Response(503, json={"code": "busy"}, headers={"Retry-After": "1"})


class TestClient:
    def test_acts_once_however_many_answers_are_lost(self, house: House) -> None:
        transport = Flaky(lost, busy, lost)
        bank = house.bank_organization.pk
        with client_of(house.firm, transport) as firm:
            made = firm.open_matter("once", lender=bank)

        assert Matter.objects.get().number == made["number"]
        assert len(transport.keys) == 4
        assert len(set(transport.keys)) == 1

    def test_gives_up_after_its_tries(self, house: House) -> None:
        with client_of(house.firm, Flaky(*[lost] * 9)) as firm, pytest.raises(httpx.ReadTimeout):
            firm.open_matter("once", lender=house.bank_organization.pk)
        with client_of(house.firm, Flaky(*[busy] * 9)) as firm, pytest.raises(AnswerError):
            firm.me()

        assert Matter.objects.count() == 1

    def test_raises_what_the_api_says(self, house: House) -> None:
        firm = client_of(house.firm, language="en")
        with firm, pytest.raises(AnswerError) as turned_away:
            firm.matter("2026-99999")

        error = turned_away.value
        assert (error.status, error.code) == (404, "error.not_found")
        assert error.facts == {"what": "model.matter"}
        assert "no such matter" in error.message

    def test_goes_through_all_pages(self, house: House) -> None:
        for _ in range(53):
            house.matter()
        with client_of(house.firm) as firm:
            numbers = [matter["number"] for matter in firm.matters()]

        assert len(numbers) == len(set(numbers)) == 53
        assert numbers == sorted(numbers, reverse=True)

    def test_gives_and_takes_files(self, house: House, tmp_path: Path) -> None:
        file = tmp_path / "财务.csv"
        file.write_bytes(b"x,y\n1,2\n")
        number = house.matter().number
        with client_of(house.firm) as firm:
            (given,) = firm.upload(number, file)
            assert given["name"] == "财务.csv"
            assert firm.download(number, given["number"]) == file.read_bytes()
            assert firm.export(number).startswith(b"PK")
            firm.take_back(number, given["number"])
            assert firm.files(number) == []

        assert StoredFile.objects.get().is_withdrawn

    def test_waits_no_longer_than_told(self, house: House) -> None:
        number = house.matter().number
        with client_of(house.firm) as firm:
            firm.job = lambda *_: {"is_open": True, "state": "running"}  # type: ignore[method-assign]
            with pytest.raises(TimeoutError):
                firm.wait_for(number, 1, seconds=3)


class TestConfirmation:
    @pytest.mark.parametrize("secret", [None, "", "other"])
    def test_lets_the_client_bind(self, house: House, secret: str | None) -> None:
        more = {} if secret is None else {"secret": secret}
        with client_of(house.firm, **more) as firm, pytest.raises(AnswerError) as turned_away:
            firm.sign("2026-99999")  # there is no such matter: what is confirmed gets that far

        found = (turned_away.value.status, turned_away.value.code)
        known = (404, "error.not_found")
        assert found == (known if secret is None else (403, "error.confirmation"))

    def test_is_made_anew_for_each_try(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        """The last try comes when the first one's signature counts no more."""
        now = time.time()
        moments = iter([now - 1000, now - 500, now, now])
        monkeypatch.setattr("zhirong.client_sending.time.time", lambda: next(moments, now))
        with client_of(house.firm, Flaky(lost, lost)) as firm, pytest.raises(AnswerError) as error:
            firm.sign("2026-99999")

        assert error.value.status == 404


class TestIsGenuine:
    BODY, SECRET, AT = '{"event":"x"}', "secret", 1_783_300_000

    def test_knows_our_signature(self) -> None:
        ours = signature(self.BODY, secret=self.SECRET, at=self.AT)

        assert is_genuine(self.BODY.encode(), ours, secret=self.SECRET, now=self.AT + 60)

    @pytest.mark.parametrize(
        ("body", "secret", "now"),
        [("{}", "secret", 0), ('{"event":"x"}', "other", 0), ('{"event":"x"}', "secret", 301)],
    )
    def test_knows_no_other(self, body: str, secret: str, now: int) -> None:
        ours = signature(self.BODY, secret=self.SECRET, at=self.AT)

        assert not is_genuine(body.encode(), ours, secret=secret, now=self.AT + now)

    @pytest.mark.parametrize("text", ["", "t=", "t=x,v1=y", "v1=00", "t=1783300000", "t=²,v1=é"])
    def test_takes_any_text(self, text: str) -> None:
        assert not is_genuine(b"{}", text, secret="s", now=self.AT)  # noqa: S106 - a test's
