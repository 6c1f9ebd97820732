"""An e-CNY operator over JSON, as a rail seen from one wallet of ours."""

import json
from dataclasses import dataclass
from typing import Any

from zhirong.adapters.rails.rail_http import RailHttp
from zhirong.core import codec
from zhirong.core.codec import CodecError
from zhirong.ledger.rails import OrderStatus, PaymentOrder, RailAnswerError
from zhirong.ledger.reconciliation import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class EcnyRail:
    """One wallet at an operator: corporate, or a sub-wallet that pays out bound money."""

    http: RailHttp
    wallet: str

    def send(self, order: PaymentOrder) -> OrderStatus:
        """See `Rail.send`; an order with a purpose binds the money in the payee's wallet."""
        data = self.http.post(
            "/ecny/orders",
            codec.canonical(codec.encode(order)),
            kind="application/json",
            reference=order.client_reference,
        )
        return self._status(_plain(self.http.name, data))

    def find(self, client_reference: str) -> OrderStatus | None:
        """See `Rail.find`."""
        data = self.http.get("/ecny/orders", client_reference=client_reference)
        return None if data is None else self._status(_plain(self.http.name, data))

    def notices(self, *, after: int) -> tuple[tuple[int, OrderStatus], ...]:
        """See `Rail.notices`."""
        found = self._page("/ecny/notices", ("notices", "notice"), after=after)
        return tuple((cursor, self._status(body)) for cursor, body in found)

    def entries(self, *, after: int) -> tuple[tuple[int, Entry], ...]:
        """See `Rail.entries`."""
        found = self._page("/ecny/entries", ("entries", "entry"), after=after, account=self.wallet)
        return tuple((cursor, self._entry(body)) for cursor, body in found)

    def _page(self, path: str, names: tuple[str, str], **query: str | int) -> list[tuple[int, Any]]:
        """The numbered items of a page: `names` are those of the list and of one item."""
        data = self.http.get(path, **query)
        if data is None:
            raise RailAnswerError(self.http.name, reason=f"it does not know {self.wallet}")
        items, item = names
        try:
            return [(int(one["cursor"]), one[item]) for one in _plain(self.http.name, data)[items]]
        except (ValueError, KeyError, TypeError) as wrong:
            raise RailAnswerError(self.http.name, reason=f"{items} that are none") from wrong

    def _status(self, body: Any) -> OrderStatus:  # noqa: ANN401 - plain JSON
        try:
            found: OrderStatus = codec.decode(OrderStatus, body)
        except CodecError as wrong:
            raise RailAnswerError(self.http.name, reason=str(wrong)) from wrong
        return found

    def _entry(self, body: Any) -> Entry:  # noqa: ANN401 - plain JSON
        try:
            found: Entry = codec.decode(Entry, body)
        except CodecError as wrong:
            raise RailAnswerError(self.http.name, reason=str(wrong)) from wrong
        return found


def _plain(rail: str, data: bytes) -> Any:  # noqa: ANN401 - plain JSON
    try:
        return json.loads(data)
    except ValueError as wrong:
        raise RailAnswerError(rail, reason="it is no JSON") from wrong
