"""Rails with levers: a sandbox over WSGI for the bank and for the operator, and the fake."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx

from tests.fake_rail import FakeRail
from tests.payments import AT, DAY, FIRM, LENDER
from zhirong.adapters.rails.ecny.client import EcnyRail
from zhirong.adapters.rails.iso20022.client import BankRail
from zhirong.adapters.rails.rail_http import RailHttp
from zhirong.adapters.rails.sandbox.app import RailsApp
from zhirong.adapters.rails.sandbox.counterparty import Counterparty, open_counterparty
from zhirong.adapters.rails.sandbox.temper import Temper
from zhirong.ledger.rails import Rail

FUNDS = 500_000_00


@dataclass
class World:
    """A rail seen from the lender's account, and what moves it."""

    rail: Rail
    next_order: Callable[[str], None]
    close: Callable[[], None]
    reopen: Callable[[], None]
    restart: Callable[[], Rail]


@dataclass
class Day:
    """A clock that a test moves."""

    day: date = DAY
    steps: int = field(default=0)

    def __call__(self) -> date:
        return self.day

    def forward(self, days: int) -> None:
        self.day += timedelta(days=days)


def account(rail: str, party: Any, **changes: Any) -> dict[str, Any]:
    kind = "account" if rail == "bank" else "corporate"
    given = {"rail": rail, "id": party.account, "holder": party.name, "kind": kind}
    return given | {"opening_fen": FUNDS} | changes


def counterparty(
    folder: Path, *, today: Day | None = None, temper: Temper | None = None
) -> Counterparty:
    return open_counterparty(folder, today=today or Day(), temper=temper or Temper(seed=1))


def client(app: RailsApp) -> httpx.Client:
    transport = httpx.WSGITransport(app=app)
    return httpx.Client(transport=transport, base_url="http://rails")


def control(line: httpx.Client, name: str, body: dict[str, Any]) -> None:
    answer = line.post(f"/control/{name}", content=json.dumps(body).encode())
    assert answer.status_code == 200, answer.text


def rail_of(name: str, line: httpx.Client, own: str = LENDER.account) -> Rail:
    http = RailHttp(name=name, client=line)
    if name == "bank":
        return BankRail(http=http, account=own, now=lambda: AT)
    return EcnyRail(http=http, wallet=own)


def sandbox(name: str, folder: Path, **changes: Any) -> World:
    """A world on the sandbox, with the lender and the firm known and funded."""
    app = RailsApp(counterparty=counterparty(folder, **changes), has_control=True)
    line = client(app)
    accounts = [account(name, LENDER), account(name, FIRM)]
    control(line, "accounts", {"accounts": accounts})

    def restart() -> Rail:
        app.counterparty.store.close()
        fresh = RailsApp(counterparty=counterparty(folder, **changes))
        return rail_of(name, client(fresh))

    def close_until(day: date) -> None:
        control(line, "down", {"until": day.isoformat()})

    return World(
        rail=rail_of(name, line),
        next_order=lambda mood: control(line, "next", {"mood": mood}),
        close=lambda: close_until(DAY + timedelta(days=1)),
        reopen=lambda: close_until(DAY),
        restart=restart,
    )


def fake() -> World:
    rail = FakeRail(account=LENDER.account, funds_fen={LENDER.account: FUNDS}, today=DAY)

    def change(**values: Any) -> None:
        for name, value in values.items():
            setattr(rail, name, value)

    return World(
        rail=rail,
        next_order=lambda mood: change(mood=mood),
        close=lambda: change(is_down=True),
        reopen=lambda: change(is_down=False),
        restart=lambda: rail,
    )
