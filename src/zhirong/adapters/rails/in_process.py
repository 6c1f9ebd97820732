"""The sandbox's bank and e-CNY operator within one process: same requests, no port.

The clients of both rails speak HTTP to the sandbox's application, as they would over a line.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path

import httpx

from zhirong.adapters.rails.ecny.client import EcnyRail
from zhirong.adapters.rails.iso20022.client import BankRail
from zhirong.adapters.rails.rail_http import RailHttp
from zhirong.adapters.rails.sandbox.app import RailsApp, put_accounts
from zhirong.adapters.rails.sandbox.counterparty import Counterparty, open_counterparty
from zhirong.adapters.rails.sandbox.temper import Temper
from zhirong.ledger.rails import Party, Rail
from zhirong.securitization.money.hops import MoneyRail


@dataclass(slots=True)
class InProcessRails:
    """Both rails over one file in a folder, with a day that is moved on by hand."""

    folder: Path
    seed: int
    _day: date | None = field(default=None, init=False)
    _bank_accounts: set[str] = field(default_factory=set, init=False)
    _counterparty: Counterparty = field(init=False)
    _line: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self._counterparty = open_counterparty(
            self.folder, today=lambda: self._day, temper=Temper(seed=self.seed)
        )
        transport = httpx.WSGITransport(app=RailsApp(counterparty=self._counterparty))
        self._line = httpx.Client(transport=transport, base_url="http://rails")

    def open_account(self, rail: MoneyRail, party: Party, *, opening_fen: int) -> None:
        """Open an account at the bank, or a corporate wallet at the operator."""
        is_bank = rail is MoneyRail.BANK
        if is_bank:
            self._bank_accounts.add(party.account)
        row = {
            "rail": rail.value,
            "id": party.account,
            "holder": party.name,
            "kind": "account" if is_bank else "corporate",
            "opening_fen": opening_fen,
        }
        put_accounts(self._counterparty, [row])

    def advance(self, on: date) -> None:
        """Let it be that day."""
        self._day = on

    def of(self, account: str) -> Rail:
        """The rail as it is seen from an account or wallet."""
        if account not in self._bank_accounts:
            return EcnyRail(http=RailHttp(name="ecny", client=self._line), wallet=account)
        http = RailHttp(name="bank", client=self._line)
        return BankRail(http=http, account=account, now=self._instant)

    def _instant(self) -> datetime:
        assert self._day is not None, "the day is set before the first order"
        return datetime.combine(self._day, time(12), tzinfo=UTC)

    def close(self) -> None:
        """Close line and file."""
        self._line.close()
        self._counterparty.store.close()
