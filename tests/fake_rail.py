"""A rail in memory: the protocol of a rail in its plainest form, with levers for tests."""

from dataclasses import dataclass, field
from datetime import date

from zhirong.ledger.rails import (
    OrderState,
    OrderStatus,
    PaymentOrder,
    RailDownError,
    RailRejectedError,
)
from zhirong.ledger.reconciliation import Entry


@dataclass(slots=True)
class FakeRail:
    """Pays at once what the payer has; `mood` is what happens to the next order."""

    account: str
    funds_fen: dict[str, int]
    today: date
    is_down: bool = False
    mood: str = ""
    _orders: dict[str, tuple[PaymentOrder, OrderStatus]] = field(default_factory=dict)
    _notices: list[tuple[int, OrderStatus]] = field(default_factory=list)
    _entries: list[tuple[str, Entry]] = field(default_factory=list)

    def send(self, order: PaymentOrder) -> OrderStatus:
        """See `Rail.send`."""
        mood, self.mood = self.mood, ""
        self._answer()
        if mood == "busy":
            raise RailDownError("fake")
        status = self._take(order, is_refused=mood == "refuse")
        if mood == "lost":
            raise RailDownError("fake")
        return status

    def _take(self, order: PaymentOrder, *, is_refused: bool) -> OrderStatus:
        reference = order.client_reference
        if reference in self._orders:
            known, status = self._orders[reference]
            if known != order:
                raise RailRejectedError("fake", reference=reference, reason="taken")
            return status
        has_funds = self.funds_fen.get(order.payer.account, 0) >= order.amount_fen
        is_paid = has_funds and not is_refused
        status = OrderStatus(
            client_reference=reference,
            rail_reference=str(len(self._orders) + 1),
            state=OrderState.PAID if is_paid else OrderState.REFUSED,
            on=self.today,
            reasons=() if is_paid else ("MS03" if is_refused else "AM04",),
        )
        self._orders[reference] = (order, status)
        self._notices.append((len(self._notices) + 1, status))
        if is_paid:
            for account, sign in ((order.payer.account, -1), (order.payee.account, 1)):
                self._book(account, reference, sign * order.amount_fen)
        return status

    def _book(self, account: str, reference: str, fen: int) -> None:
        self.funds_fen[account] = self.funds_fen.get(account, 0) + fen
        number = str(len(self._entries) + 1)
        entry = Entry(number=number, reference=reference, amount_fen=fen, on=self.today)
        self._entries.append((account, entry))

    def find(self, client_reference: str) -> OrderStatus | None:
        """See `Rail.find`."""
        self._answer()
        found = self._orders.get(client_reference)
        return None if found is None else found[1]

    def notices(self, *, after: int) -> tuple[tuple[int, OrderStatus], ...]:
        """See `Rail.notices`."""
        self._answer()
        return tuple(item for item in self._notices if item[0] > after)

    def entries(self, *, after: int) -> tuple[tuple[int, Entry], ...]:
        """See `Rail.entries`."""
        self._answer()
        own = [entry for account, entry in self._entries if account == self.account]
        return tuple((int(entry.number), entry) for entry in own if int(entry.number) > after)

    def _answer(self) -> None:
        if self.is_down:
            raise RailDownError("fake")
