"""Both rails over HTTP: a WSGI application.

The bank takes and gives ISO 20022 files: POST /bank/orders (pain.001 in, pain.002 out), GET
/bank/orders?client_reference= (pain.002), GET /bank/notices?after= (JSON with one pain.002 each),
GET /bank/statement?account=&after= (camt.053). The operator speaks JSON: POST /ecny/orders, GET
/ecny/orders?client_reference=, /ecny/notices?after=, /ecny/entries?account=&after=. GET /health
gives the day. With `control`: POST /control/accounts, /control/down, /control/next.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIEnvironment

from zhirong.adapters.rails.iso20022 import account_statements, orders, statuses
from zhirong.adapters.rails.iso20022.account_statements import AccountStatement
from zhirong.adapters.rails.iso20022.statuses import StatusReport
from zhirong.adapters.rails.sandbox.counterparty import (
    Counterparty,
    NotAnsweringError,
    ReferenceTakenError,
)
from zhirong.adapters.rails.sandbox.records import BANK, ECNY, AccountRow
from zhirong.core import codec
from zhirong.core.errors import InputError, RegisterError
from zhirong.ledger.rails import OrderStatus, PaymentOrder

BODY_BYTES_MAX = 20_000_000
_XML, _JSON = "application/xml; charset=utf-8", "application/json"


class RequestError(InputError):
    """A request that cannot be read."""

    code = "error.sandbox_rail_request"

    def __init__(self, detail: str) -> None:
        super().__init__(f"The request cannot be read: {detail}.", detail=detail)


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, and what is said."""

    status: HTTPStatus
    body: bytes
    kind: str = _JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class RailsApp:
    """The WSGI application of one sandbox."""

    counterparty: Counterparty
    has_control: bool = False

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        answer = self._answer(environ)
        headers = [("Content-Type", answer.kind), ("Content-Length", str(len(answer.body)))]
        start_response(f"{answer.status.value} {answer.status.phrase}", headers)
        return [answer.body]

    def _answer(self, environ: WSGIEnvironment) -> Answer:
        try:
            return self._route(environ)
        except NotAnsweringError:
            return _said(HTTPStatus.SERVICE_UNAVAILABLE, {"error": "silent"})
        except ReferenceTakenError as taken:
            return _said(HTTPStatus.CONFLICT, {"error": str(taken)})
        except (InputError, RegisterError) as wrong:
            return _said(HTTPStatus.BAD_REQUEST, {"error": str(wrong)})

    def _route(self, environ: WSGIEnvironment) -> Answer:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "/")
        if path.startswith("/control/") and method == "POST" and self.has_control:
            return _control(self.counterparty, path.removeprefix("/control/"), _json(environ))
        day = self.counterparty.day()
        if path == "/health":
            return _said(HTTPStatus.OK, {"day": day.isoformat()})
        rail, _, name = path.strip("/").partition("/")
        route = _ROUTES.get((rail, method, name))
        if route is None:
            return _said(HTTPStatus.NOT_FOUND, {"error": "not found"})
        return route(self.counterparty, environ)


def _said(status: HTTPStatus, body: Mapping[str, Any]) -> Answer:
    return Answer(status, json.dumps(body, ensure_ascii=False).encode())


def _bank_take(bank: Counterparty, environ: WSGIEnvironment) -> Answer:
    file = orders.read(_body(environ))
    found = tuple(bank.submit(BANK, order) for order in file.orders)
    return _report(bank, file.message_id, found)


def _bank_find(bank: Counterparty, environ: WSGIEnvironment) -> Answer:
    reference = _asked(environ, "client_reference")
    found = bank.find(BANK, reference)
    if found is None:
        return _said(HTTPStatus.NOT_FOUND, {"error": "not found"})
    return _report(bank, reference, (found,))


def _report(bank: Counterparty, about: str, found: tuple[OrderStatus, ...]) -> Answer:
    return Answer(HTTPStatus.OK, _status_file(_instant(bank.day()), about, found), _XML)


def _status_file(at: datetime, about: str, found: tuple[OrderStatus, ...]) -> bytes:
    return statuses.write(
        StatusReport(
            message_id=f"S-{found[-1].rail_reference}",
            about=about,
            created_at=at,
            group=statuses.group_of(found),
            statuses=found,
        )
    )


def _instant(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


def _bank_notices(bank: Counterparty, environ: WSGIEnvironment) -> Answer:
    at = _instant(bank.day())
    found = bank.notices(BANK, after=_cursor(environ))
    files = [
        {"cursor": cursor, "file": _status_file(at, status.client_reference, (status,)).decode()}
        for cursor, status in found
    ]
    return _said(HTTPStatus.OK, {"notices": files})


def _bank_statement(bank: Counterparty, environ: WSGIEnvironment) -> Answer:
    account = bank.store.account(BANK, _asked(environ, "account"))
    if account is None:
        return _said(HTTPStatus.NOT_FOUND, {"error": "not found"})
    after = bank.entries_after(_cursor(environ))
    told = bank.store.entries(account, after=after)
    last = told[-1][0] if told else after
    file = AccountStatement(
        number=f"ST-{account.id[-12:]}-{last}",
        account=account.id,
        currency="CNY",
        created_at=_instant(bank.day()),
        opening_fen=bank.store.balance_fen(account, through=after),
        closing_fen=bank.store.balance_fen(account, through=last),
        entries=tuple(entry for _, entry in told),
    )
    return Answer(HTTPStatus.OK, account_statements.write(file), _XML)


def _ecny_take(operator: Counterparty, environ: WSGIEnvironment) -> Answer:
    order: PaymentOrder = codec.decode(PaymentOrder, _json(environ))
    if order.amount_fen <= 0 or not 0 < len(order.client_reference) <= 35:
        raise RequestError("amount or reference is out of range")
    return _said(HTTPStatus.OK, codec.encode(operator.submit(ECNY, order)))


def _ecny_find(operator: Counterparty, environ: WSGIEnvironment) -> Answer:
    found = operator.find(ECNY, _asked(environ, "client_reference"))
    if found is None:
        return _said(HTTPStatus.NOT_FOUND, {"error": "not found"})
    return _said(HTTPStatus.OK, codec.encode(found))


def _ecny_notices(operator: Counterparty, environ: WSGIEnvironment) -> Answer:
    found = operator.notices(ECNY, after=_cursor(environ))
    body = [{"cursor": cursor, "notice": codec.encode(status)} for cursor, status in found]
    return _said(HTTPStatus.OK, {"notices": body})


def _ecny_entries(operator: Counterparty, environ: WSGIEnvironment) -> Answer:
    account = operator.store.account(ECNY, _asked(environ, "account"))
    if account is None:
        return _said(HTTPStatus.NOT_FOUND, {"error": "not found"})
    found = operator.store.entries(account, after=operator.entries_after(_cursor(environ)))
    body = [{"cursor": cursor, "entry": codec.encode(entry)} for cursor, entry in found]
    return _said(HTTPStatus.OK, {"entries": body})


_ROUTES = {
    (BANK, "POST", "orders"): _bank_take,
    (BANK, "GET", "orders"): _bank_find,
    (BANK, "GET", "notices"): _bank_notices,
    (BANK, "GET", "statement"): _bank_statement,
    (ECNY, "POST", "orders"): _ecny_take,
    (ECNY, "GET", "orders"): _ecny_find,
    (ECNY, "GET", "notices"): _ecny_notices,
    (ECNY, "GET", "entries"): _ecny_entries,
}


def _control(counterparty: Counterparty, name: str, body: Mapping[str, Any]) -> Answer:
    if name == "accounts":
        put_accounts(counterparty, body.get("accounts", []))
    elif name == "down":
        counterparty.close_until(codec.decode(date, body.get("until")))
    elif name == "next" and body.get("mood") in ("refuse", "busy", "lost"):
        counterparty.order_next(body["mood"])
    else:
        return _said(HTTPStatus.NOT_FOUND, {"error": "not found"})
    return _said(HTTPStatus.OK, {"done": name})


def put_accounts(counterparty: Counterparty, accounts: Any) -> None:  # noqa: ANN401 - plain JSON
    """Open accounts and wallets from plain JSON: a list of the fields of `AccountRow`.

    Raises:
        CodecError: A row that is none.
    """
    rows: tuple[AccountRow, ...] = codec.decode(tuple[AccountRow, ...], accounts)
    with counterparty.store.transaction():
        for row in rows:
            counterparty.store.put_account(row)


def _body(environ: WSGIEnvironment) -> bytes:
    length = str(environ.get("CONTENT_LENGTH") or "0")
    if not length.isdecimal() or int(length) > BODY_BYTES_MAX:
        raise RequestError("the body has no length, or too much")
    data: bytes = environ["wsgi.input"].read(int(length))
    return data


def _json(environ: WSGIEnvironment) -> Mapping[str, Any]:
    try:
        body = json.loads(_body(environ) or b"{}")
    except ValueError as wrong:
        raise RequestError("the body is no JSON") from wrong
    if not isinstance(body, dict):
        raise RequestError("the body is no object")
    return body


def _asked(environ: WSGIEnvironment, name: str) -> str:
    found = parse_qs(environ.get("QUERY_STRING", "")).get(name)
    if not found:
        raise RequestError(f"{name} is missing")
    return str(found[0])


def _cursor(environ: WSGIEnvironment) -> int:
    text = _asked(environ, "after")
    if not text.isdecimal() or len(text) > 18:
        raise RequestError("after is no number")
    return int(text)
