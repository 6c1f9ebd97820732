"""Answers that no rail should give: each is an error of the protocol, never a crash."""

import json
from collections.abc import Callable

import httpx
import pytest

from tests.payments import order
from tests.rail_worlds import rail_of
from zhirong.adapters.rails.iso20022.documents import PaymentDocumentError
from zhirong.ledger.rails import RailAnswerError, RailDownError, RailRejectedError


def line(handler: Callable[[httpx.Request], httpx.Response]) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(handler), base_url="http://rails")


def saying(status: int, content: bytes = b"") -> httpx.Client:
    return line(lambda _: httpx.Response(status, content=content))


def breaking(_: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("too late")


RAILS = pytest.mark.parametrize("name", ["bank", "ecny"])
PAGE = json.dumps({"notices": [{"cursor": "x", "notice": {}}], "entries": [{}]}).encode()


@RAILS
class TestSend:
    @pytest.mark.parametrize("status", [302, 500, 502, 503])
    def test_is_not_answered_by_anything_but_success(self, name: str, status: int) -> None:
        with pytest.raises(RailDownError):
            rail_of(name, saying(status)).send(order())

    def test_may_come_too_late(self, name: str) -> None:
        with pytest.raises(RailDownError):
            rail_of(name, line(breaking)).send(order())

    @pytest.mark.parametrize("status", [400, 409, 422])
    def test_is_rejected_with_what_the_rail_says(self, name: str, status: int) -> None:
        with pytest.raises(RailRejectedError, match="no such thing"):
            rail_of(name, saying(status, b"no such thing")).send(order())

    @pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"state": "paid"}', b"<a/>", b"\xff"])
    def test_is_not_done_by_an_answer_that_cannot_be_read(self, name: str, content: bytes) -> None:
        with pytest.raises((RailAnswerError, PaymentDocumentError)):
            rail_of(name, saying(200, content)).send(order())

    def test_bears_our_reference_in_a_heading(self, name: str) -> None:
        seen = []

        def note(request: httpx.Request) -> httpx.Response:
            seen.append(request.headers["Client-Reference"])
            return httpx.Response(503)

        with pytest.raises(RailDownError):
            rail_of(name, line(note)).send(order("DRAW-9"))
        assert seen == ["DRAW-9"]


@RAILS
class TestNotices:
    @pytest.mark.parametrize("content", [b"", b"[]", b"{}", PAGE, b'{"notices": 5}', b"\xff"])
    def test_that_are_none_are_an_error(self, name: str, content: bytes) -> None:
        with pytest.raises((RailAnswerError, PaymentDocumentError)):
            rail_of(name, saying(200, content)).notices(after=0)


@RAILS
class TestEntries:
    @pytest.mark.parametrize("content", [b"", b"[]", b"{}", PAGE, b'{"entries": 5}', b"<a/>"])
    def test_that_are_none_are_an_error(self, name: str, content: bytes) -> None:
        with pytest.raises((RailAnswerError, PaymentDocumentError)):
            rail_of(name, saying(200, content)).entries(after=0)

    def test_of_an_account_that_the_rail_does_not_know_are_an_error(self, name: str) -> None:
        with pytest.raises(RailAnswerError):
            rail_of(name, saying(404)).entries(after=0)

    def test_asked_for_wrongly_are_an_error(self, name: str) -> None:
        with pytest.raises(RailAnswerError):
            rail_of(name, saying(400)).entries(after=0)
