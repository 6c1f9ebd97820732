"""A bank over ISO 20022 files, as a rail seen from one account of ours."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from zhirong.adapters.rails.iso20022 import account_statements, orders, statuses
from zhirong.adapters.rails.iso20022.orders import OrderFile
from zhirong.adapters.rails.rail_http import RailHttp
from zhirong.ledger.rails import OrderStatus, PaymentOrder, RailAnswerError
from zhirong.ledger.reconciliation import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class BankRail:
    """One account at a bank.

    Attributes:
        http: The line to the bank.
        account: The account whose statement is read.
        now: The instant that files bear.
    """

    http: RailHttp
    account: str
    now: Callable[[], datetime]

    def send(self, order: PaymentOrder) -> OrderStatus:
        """See `Rail.send`; the file is named after the order, so that it too is sent once."""
        file = OrderFile(message_id=order.client_reference, created_at=self.now(), orders=(order,))
        data = self.http.post(
            "/bank/orders",
            orders.write(file),
            kind="application/xml",
            reference=order.client_reference,
        )
        return self._status(data, order.client_reference)

    def _status(self, data: bytes, reference: str) -> OrderStatus:
        found = statuses.read(data).of(reference)
        if found is None:
            raise RailAnswerError(self.http.name, reason=f"it says nothing of {reference}")
        return found

    def find(self, client_reference: str) -> OrderStatus | None:
        """See `Rail.find`."""
        data = self.http.get("/bank/orders", client_reference=client_reference)
        return None if data is None else self._status(data, client_reference)

    def notices(self, *, after: int) -> tuple[tuple[int, OrderStatus], ...]:
        """See `Rail.notices`."""
        data = self.http.get("/bank/notices", after=after) or b"{}"
        try:
            items = [
                (int(one["cursor"]), one["file"].encode()) for one in json.loads(data)["notices"]
            ]
        except (ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise RailAnswerError(self.http.name, reason="notices that are none") from wrong
        return tuple(
            (cursor, status) for cursor, file in items for status in statuses.read(file).statuses
        )

    def entries(self, *, after: int) -> tuple[tuple[int, Entry], ...]:
        """See `Rail.entries`; the bank numbers its entries in the order of booking."""
        data = self.http.get("/bank/statement", account=self.account, after=after)
        if data is None:
            raise RailAnswerError(self.http.name, reason=f"it does not know {self.account}")
        return tuple(
            (self._cursor(entry), entry)
            for statement in account_statements.read(data)
            if statement.account == self.account
            for entry in statement.entries
        )

    def _cursor(self, entry: Entry) -> int:
        number = entry.number.partition("/")[0]
        if not number.isdecimal():
            raise RailAnswerError(self.http.name, reason=f"entry {number} has no place")
        return int(number)
