"""Webhooks: told in the act's own transaction, signed, tried again, never into the own network."""

import hashlib
import hmac
import socket
from collections.abc import Callable, Iterable
from typing import Any

import httpx
import pytest
from django.db import transaction

from tests.callers import caller
from tests.people import House, viewer
from tests.plan_house import PlanHouse
from zhirong.platform.accounts.rights import Role
from zhirong.platform.lending.withdrawing import withdraw
from zhirong.platform.matters.services import advance, withdraw_consent
from zhirong.platform.operations import journal
from zhirong.platform.operations.models import Outbox
from zhirong.platform.webhooks import reaching, sending, services
from zhirong.platform.webhooks.models import KIND, Delivery, Webhook
from zhirong.platform.webhooks.reaching import WebhookAddressError

URL = "https://93.184.216.34/zhirong"


class Receiver:
    """A WSGI application that keeps what it is told and answers what it should."""

    def __init__(self, status: str = "204 No Content") -> None:
        self.status = status
        self.got: list[tuple[dict[str, Any], bytes]] = []

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.got.append((environ, environ["wsgi.input"].read()))
        start(self.status, [])
        return [b""]


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Receiver:
    app = Receiver()
    transport = httpx.WSGITransport(app=app)
    monkeypatch.setattr(sending, "client", lambda timeout: httpx.Client(transport=transport))
    return app


def waiting() -> list[Outbox]:
    return list(Outbox.objects.filter(kind=KIND, done_at=None))


def perform_all() -> None:
    for item in waiting():
        sending.perform(item)


class TestTell:
    def test_tells_what_was_registered_for_and_who_takes_part(self, house: House) -> None:
        stranger, _ = house.strangers()
        services.register(URL, ("stage_reached",), actor=house.firm)
        services.register(URL, ("*",), actor=stranger)
        matter = house.matter()

        withdraw(matter.number, actor=house.firm)

        assert [item.event for item in Delivery.objects.all()] == ["stage_reached"]
        assert len(waiting()) == 1

    def test_tells_the_borrower_not_what_the_bank_weighs(self, house: House) -> None:
        services.register(URL, ("*",), actor=house.firm)
        services.register(URL, ("*",), actor=house.manager)
        matter = house.matter()
        Delivery.objects.all().delete()
        with transaction.atomic():
            facts = {"limit_fen": 1, "rate": "0.03", "version": 1}
            journal.record("proposal_made", by=house.risk, matter_id=matter.pk, facts=facts)

        told = Delivery.objects.select_related("webhook")
        assert [item.webhook.organization_id for item in told] == [house.bank_organization.pk]

    def test_tells_investors_of_a_plan_what_they_read_of_it(self, db: None) -> None:
        plans = PlanHouse()
        both = viewer(plans.investing, Role.INVESTOR, Role.ACCOUNT_MANAGER)
        lender = viewer(plans.servicing, Role.ACCOUNT_MANAGER)
        working = viewer(plans.servicing, Role.SERVICER, Role.ACCOUNT_MANAGER)
        for person in (both, lender, working):
            services.register(URL, ("*",), actor=person)
        number = plans.opened()
        plans.with_parties(number)
        plans.published(number)

        told = {
            person: list(
                Delivery.objects.filter(webhook__made_by=person.user_id).values_list(
                    "event", flat=True
                )
            )
            for person in (both, lender, working)
        }
        assert told[both] == ["plan_structure_published"]
        assert told[lender] == []
        assert {"plan_files_given", "plan_structure_done"} < set(told[working])

    def test_tells_nothing_once_consent_is_withdrawn(self, house: House) -> None:
        services.register(URL, ("*",), actor=house.manager)
        matter = house.matter()
        bank = house.bank_organization.pk
        withdraw_consent(matter.number, organization_id=bank, actor=house.firm)
        Delivery.objects.all().delete()

        withdraw(matter.number, actor=house.firm)

        assert not Delivery.objects.exists()

    def test_tells_nothing_of_what_was_rolled_back(self, house: House) -> None:
        services.register(URL, ("*",), actor=house.firm)
        matter = house.matter()
        before = Delivery.objects.count()
        with transaction.atomic():
            advance(matter, matter.Stage.WITHDRAWN, actor=house.firm)
            assert Delivery.objects.count() == before + 1
            transaction.set_rollback(True)

        assert Delivery.objects.count() == before


class TestPerform:
    def test_signs_and_is_done_once(self, house: House, receiver: Receiver) -> None:
        secret = services.register(URL, ("matter_opened",), actor=house.firm).secret
        matter = house.matter()
        perform_all()
        perform_all()

        ((environ, body),) = receiver.got
        at, given = environ["HTTP_ZHIRONG_SIGNATURE"].removeprefix("t=").split(",v1=")
        wanted = hmac.new(str(secret).encode(), f"{at}.".encode() + body, hashlib.sha256)
        assert given == wanted.hexdigest()
        assert matter.number.encode() in body
        assert environ["HTTP_HOST"] == "93.184.216.34"
        assert Delivery.objects.get().state == "delivered"

    def test_tries_again_and_gives_up_in_the_end(self, house: House, receiver: Receiver) -> None:
        receiver.status = "503 Service Unavailable"
        hook = services.register(URL, ("matter_opened",), actor=house.firm)
        house.matter()
        (item,) = waiting()
        for _ in range(11):
            with pytest.raises(sending.ReceiverDownError):
                sending.perform(item)
        sending.perform(item)

        delivery = Delivery.objects.get()
        assert (delivery.state, delivery.tries, delivery.status) == ("given_up", 12, 503)
        receiver.status = "200 OK"
        services.tell_again(hook.number, delivery.pk, actor=house.firm)
        perform_all()
        assert Delivery.objects.get().state == "delivered"

    def test_goes_to_no_address_that_became_private(
        self, house: House, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        services.register("https://hook.example", ("matter_opened",), actor=house.firm)
        house.matter()
        inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.5", 443))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: inside)

        with pytest.raises(sending.ReceiverDownError):
            perform_all()

        assert receiver.got == []
        assert Delivery.objects.get().problem == "error.webhook_address.private"

    def test_tells_nothing_to_an_address_that_was_ended(
        self, house: House, receiver: Receiver
    ) -> None:
        hook = services.register(URL, ("matter_opened",), actor=house.firm)
        house.matter()
        services.end(hook.number, actor=house.firm)
        perform_all()

        assert receiver.got == []
        assert Delivery.objects.get().state == "given_up"

    def test_follows_no_redirect_and_no_proxy(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HTTPS_PROXY", "http://10.0.0.1:3128")
        with sending.client(1.0) as http:
            assert http.follow_redirects is False
            assert http.trust_env is False
            assert http._mounts == {}


class TestTarget:
    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1",
            "10.1.2.3",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",  # noqa: S104 - an address to be refused
            "[::1]",
            "[fe80::1]",
            "[fd00::1]",
            "[::ffff:10.0.0.1]",
            "[2002:0a00:0001::]",
            "224.0.0.1",
        ],
    )
    def test_is_never_inside(self, host: str) -> None:
        with pytest.raises(WebhookAddressError) as refused:
            reaching.target(f"https://{host}/x")

        assert refused.value.facts["reason"] == "error.webhook_address.private"

    @pytest.mark.parametrize(
        "url",
        [
            "http://93.184.216.34/",
            "ftp://93.184.216.34/",
            "https://",
            "https://user:word@93.184.216.34/",
            "https://93.184.216.34/#x",
            "https://93.184.216.34:99999/",
            "https://[/",
            "https://93.184.216.34/ x",
            "file:///etc/passwd",
        ],
    )
    def test_has_the_right_form(self, url: str) -> None:
        with pytest.raises(WebhookAddressError):
            reaching.target(url)

    def test_is_the_number_that_was_checked(self) -> None:
        found = reaching.target("https://93.184.216.34:8443/a?b=c")

        assert found.url == "https://93.184.216.34:8443/a?b=c"
        assert found.host == "93.184.216.34:8443"

    def test_may_be_inside_where_the_house_says_so(self, settings: Any) -> None:
        settings.PRIVATE_WEBHOOKS = True

        assert reaching.target("http://127.0.0.1:8001/x").url == "http://127.0.0.1:8001/x"


class TestOverTheApi:
    def test_tells_its_secret_once(self, house: House) -> None:
        firm = caller(house.firm)
        made = firm.post("/webhooks", {"url": URL, "events": ["*"]})

        assert made.status_code == 201
        assert len(made.json()["secret"]) > 40
        assert firm.get("/webhooks").json()[0]["secret"] is None
        assert made.json()["secret"] == Webhook.objects.get().secret

    def test_belongs_to_the_organization(self, house: House) -> None:
        hook = services.register(URL, ("*",), actor=house.firm)
        house.matter()
        bank, firm = caller(house.manager), caller(house.firm)
        delivery = firm.get(f"/webhooks/{hook.number}/deliveries").json()[0]["number"]

        assert bank.get(f"/webhooks/{hook.number}/deliveries").status_code == 404
        path = f"/webhooks/{hook.number}/deliveries/{delivery}/repetition"
        assert bank.post(path).status_code == 404
        assert bank.ask("DELETE", f"/webhooks/{hook.number}").status_code == 404
        assert firm.ask("DELETE", f"/webhooks/{hook.number}").status_code == 204
        assert firm.get("/webhooks").json() == []

    @pytest.mark.parametrize("events", [[], ["no_such_event"], ["*", "nothing"]])
    def test_wants_events_that_there_are(self, house: House, events: list[str]) -> None:
        answer = caller(house.firm).post("/webhooks", {"url": URL, "events": events})

        assert answer.status_code == 422

    def test_lets_an_organization_have_so_many(self, house: House) -> None:
        for _ in range(20):
            services.register(URL, ("*",), actor=house.firm)

        answer = caller(house.firm).post("/webhooks", {"url": URL, "events": ["*"]})

        assert (answer.status_code, answer.json()["code"]) == (409, "error.webhooks_max")
