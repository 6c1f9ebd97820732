"""The bank and the operator themselves: orders are taken in, carried out in time, and told of."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from zhirong.adapters.rails.sandbox.records import ECNY, BoundRow, PaymentRow
from zhirong.adapters.rails.sandbox.rules import Rules
from zhirong.adapters.rails.sandbox.store import Store
from zhirong.adapters.rails.sandbox.temper import Temper
from zhirong.core import codec
from zhirong.core.errors import RegisterError, StateError
from zhirong.core.messages import Message
from zhirong.ledger.purposes import Fallback
from zhirong.ledger.rails import OrderState, OrderStatus, PaymentOrder
from zhirong.parameters import calendars
from zhirong.parameters.reader import Parameters, catalog

# The clearing number of the sandbox bank; payees there must be known to it.
OWN_BANK = "313331000014"
_REFUSE_NEXT, _MISHAP_NEXT, _DOWN_UNTIL = "refuse_next", "mishap_next", "down_until"


class NotAnsweringError(RegisterError):
    """The rail is closed, or its answer gets lost."""

    code = "error.sandbox_rail_silent"

    def __init__(self) -> None:
        super().__init__("The rail does not answer.")


class ReferenceTakenError(StateError):
    """A client reference that was used for another order."""

    code = "error.sandbox_rail_reference"

    def __init__(self, reference: str) -> None:
        super().__init__(f"Reference {reference} was used for another order.", reference=reference)


@dataclass(slots=True)
class Counterparty:
    """One sandbox: both rails over one file.

    Attributes:
        store: The file.
        today: The day by the platform's clock; None where it does not answer.
        temper: What goes wrong by itself.
    """

    store: Store
    today: Callable[[], date | None]
    temper: Temper
    parameters: Parameters = field(default_factory=Parameters)

    @property
    def rules(self) -> Rules:
        """What is refused."""
        return Rules(self.store, self.parameters, OWN_BANK)

    def day(self) -> date:
        """The day, with everything that is due on it done.

        Raises:
            NotAnsweringError: The clock does not answer, or the rail is closed on the day.
        """
        day = self.today()
        if day is None:
            raise NotAnsweringError
        with self.store.transaction():
            for row in self.store.due_payments(day):
                self._settle(row, day)
            for bound in self.store.bound():
                self._fall_back(bound, day)
        if self.temper.is_down(day) or day.isoformat() < self.store.setting(_DOWN_UNTIL):
            raise NotAnsweringError
        return day

    def submit(self, rail: str, order: PaymentOrder) -> OrderStatus:
        """Take an order in, once.

        Raises:
            NotAnsweringError: Closed, busy, or the answer got lost behind the deed.
            ReferenceTakenError: The reference was used for another order.
        """
        day = self.day()
        mishap = self._mishap(rail, order.client_reference)
        if mishap == "busy":
            raise NotAnsweringError
        with self.store.transaction():
            row = self.store.payment(rail, order.client_reference)
            body = codec.canonical(codec.encode(order)).decode()
            if row is not None and row.body != body:
                raise ReferenceTakenError(order.client_reference)
            if row is None:
                self._take(rail, order, body, day)
        if mishap == "lost":
            raise NotAnsweringError
        found = self.find(rail, order.client_reference)
        assert found is not None
        return found

    def _mishap(self, rail: str, reference: str) -> str:
        with self.store.transaction():
            ordered = self.store.setting(_MISHAP_NEXT)
            self.store.set(_MISHAP_NEXT, "")
            is_first = self.store.is_first_attempt(rail, reference)
        return ordered or (self.temper.mishap(reference) if is_first else "")

    def _take(self, rail: str, order: PaymentOrder, body: str, day: date) -> None:
        workdays = self.temper.delay_workdays(order.client_reference)
        calendar = calendars.china()
        start = max(day, order.on)
        settles_on = calendar.plus_workdays(start, workdays) if workdays else start
        is_to_refuse = bool(self.store.setting(_REFUSE_NEXT))
        self.store.set(_REFUSE_NEXT, "")
        row = PaymentRow(
            number=0,
            rail=rail,
            reference=order.client_reference,
            body=body,
            state=OrderState.RECEIVED,
            dated_on=day,
            settles_on=settles_on,
            reasons=(),
            is_to_refuse=is_to_refuse,
        )
        self.store.add_payment(row)
        kept = self.store.payment(rail, order.client_reference)
        assert kept is not None
        self._tell(kept)
        if settles_on <= day:
            self._settle(kept, day)

    def _settle(self, row: PaymentRow, day: date) -> None:
        order: PaymentOrder = codec.decode(PaymentOrder, json.loads(row.body))
        reasons = ("MS03",) if row.is_to_refuse else self.rules.refusals(row.rail, order, on=day)
        if not reasons:
            self._move(row.rail, order, day)
        state = OrderState.REFUSED if reasons else OrderState.PAID
        self.store.decide(row.number, state=state, on=day, reasons=reasons)
        kept = self.store.payment(row.rail, row.reference)
        assert kept is not None
        self._tell(kept)

    def _move(self, rail: str, order: PaymentOrder, day: date) -> None:
        moves = ((order.payer.account, -1), (order.payee.account, 1))
        for name, sign in moves:
            account = self.store.account(rail, name)
            if account is not None:  # a payee at another bank has no account here
                self.store.add_entry(
                    account,
                    reference=order.client_reference,
                    amount_fen=sign * order.amount_fen,
                    on=day,
                )
        if order.releases is not None:
            self.store.release(order.releases, order.amount_fen)
        if order.purpose is not None:
            body = codec.canonical(codec.encode(order.purpose)).decode()
            self.store.bind(
                BoundRow(
                    number=order.purpose.number,
                    account=order.payee.account,
                    body=body,
                    bound_fen=order.amount_fen,
                    released_fen=0,
                )
            )

    def _fall_back(self, bound: BoundRow, day: date) -> None:
        """Send the rest of bound money back to its payer when its time is over."""
        terms = json.loads(bound.body)
        if day.isoformat() <= terms["expires_on"] or terms["fallback"] != Fallback.RETURN:
            return
        for name, sign in ((bound.account, -1), (terms["payer"], 1)):
            account = self.store.account(ECNY, name)
            if account is not None and bound.left_fen:
                self.store.add_entry(
                    account,
                    reference=f"RETURN-{bound.number}",
                    amount_fen=sign * bound.left_fen,
                    on=day,
                )
        self.store.end_binding(bound.number)

    def _tell(self, row: PaymentRow) -> None:
        self.store.add_notice(row.number, row.status(""), rail=row.rail)

    def find(self, rail: str, reference: str) -> OrderStatus | None:
        """What became of an order; None where it never arrived."""
        row = self.store.payment(rail, reference)
        return None if row is None else row.status(_words(row.reasons))

    def notices(self, rail: str, *, after: int) -> tuple[tuple[int, OrderStatus], ...]:
        """What is told behind a cursor, as the temper has it: twice, out of order."""
        start = self._page_start("notices", after)
        found = list(self.store.notices(rail, after=start))
        if self.temper.draw("shuffled", rail, after, len(found)) < self.temper.shuffled:
            found.sort(key=lambda item: self.temper.draw("place", item[0]))
        return tuple(found)

    def entries_after(self, after: int) -> int:
        """The cursor from which a statement is told: by the temper one of before once more."""
        return self._page_start("entries", after)

    def _page_start(self, what: str, after: int) -> int:
        is_doubled = self.temper.draw("doubled", what, after) < self.temper.doubled
        return max(after - 1, 0) if is_doubled else after

    def order_next(self, mood: str) -> None:
        """Let the next order be refused, or its submission be busy or lost."""
        with self.store.transaction():
            name = _REFUSE_NEXT if mood == "refuse" else _MISHAP_NEXT
            self.store.set(name, mood)

    def close_until(self, day: date) -> None:
        """Let nothing answer before the day."""
        with self.store.transaction():
            self.store.set(_DOWN_UNTIL, day.isoformat())


def _words(reasons: tuple[str, ...]) -> str:
    texts = catalog("adapters/rails")
    return " ".join(texts.text(Message(f"rail_sandbox.{code}"), "zh") for code in reasons)


def open_counterparty(
    folder: Path, *, today: Callable[[], date | None], temper: Temper
) -> Counterparty:
    """The sandbox whose file is in a folder; made where there is none."""
    return Counterparty(store=Store(folder / "rails.sqlite3"), today=today, temper=temper)
