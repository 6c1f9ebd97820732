"""What the sandbox bank and operator refuse: their own rules, written from what is published.

They are not imported from our checks, or both would agree by construction.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhirong.adapters.rails.sandbox.records import BANK, AccountRow, BoundRow
from zhirong.adapters.rails.sandbox.store import Store
from zhirong.core.money import Money
from zhirong.ledger.rails import PaymentOrder
from zhirong.parameters.reader import Parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """What a rule looks at: the order, its accounts, the day."""

    rail: str
    order: PaymentOrder
    payer: AccountRow | None
    payee: AccountRow | None
    on: date


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules over the sandbox's own file."""

    store: Store
    parameters: Parameters
    own_bank: str

    def refusals(self, rail: str, order: PaymentOrder, *, on: date) -> tuple[str, ...]:
        """The codes of everything that speaks against an order on the day."""
        asked = Counter(
            rail=rail,
            order=order,
            payer=self.store.account(rail, order.payer.account),
            payee=self.store.account(rail, order.payee.account),
            on=on,
        )
        if asked.payer is None or (asked.payee is None and self._is_ours(asked)):
            return ("AC01",)
        found = [*_of_parties(asked), *self._of_amount(asked, asked.payer)]
        if rail != BANK:
            found += [*self._of_wallets(asked, asked.payer), *self._of_purpose(asked, asked.payer)]
        return tuple(dict.fromkeys(found))

    def _is_ours(self, asked: Counter) -> bool:
        """Whether the payee must be known here; what goes to another bank is not."""
        return asked.rail != BANK or asked.order.payee.bank in ("", self.own_bank)

    def free_fen(self, account: AccountRow) -> int:
        """What is in an account and not bound to a purpose."""
        bound = [row for row in self.store.bound() if row.account == account.id]
        own = bound if account.rail != BANK else []
        return self.store.balance_fen(account) - sum(row.left_fen for row in own)

    def _of_amount(self, asked: Counter, payer: AccountRow) -> Iterator[str]:
        fen = asked.order.amount_fen
        single, day = self._limits(payer, asked.on)
        if single is not None and fen > single:
            yield "AM02"
        if day is not None and self.store.paid_fen(payer, on=asked.on) + fen > day:
            yield "AM14"
        if asked.order.releases is None and fen > self.free_fen(payer):
            yield "BOUND" if fen <= self.store.balance_fen(payer) else "AM04"

    def _limits(self, account: AccountRow, on: date) -> tuple[int | None, int | None]:
        row = self._class(account, on)
        single = [fen for fen in (account.single_max_fen, _fen(row.get("single"))) if fen]
        day = [fen for fen in (account.day_max_fen, _fen(row.get("day"))) if fen]
        return min(single, default=None), min(day, default=None)

    def _class(self, account: AccountRow, on: date) -> dict[str, Any]:
        table = self.parameters.get("ecny.personal_limits", on=on).value
        found: dict[str, Any] = table.get(account.kind, {})
        return found

    def _of_wallets(self, asked: Counter, payer: AccountRow) -> Iterator[str]:
        payee = asked.payee
        assert payee is not None
        if payer.payees and payee.id not in (*payer.payees, payer.mother):
            yield "SCOPE"
        most = _fen(self._class(payee, asked.on).get("balance"))
        if most is not None and self.store.balance_fen(payee) + asked.order.amount_fen > most:
            yield "FULL"

    def _of_purpose(self, asked: Counter, payer: AccountRow) -> Iterator[str]:
        order = asked.order
        if order.purpose is not None and (
            self.store.is_bound(order.purpose.number) or order.purpose.payer != payer.id
        ):
            yield "PURPOSE"
        if order.releases is None:
            return
        bound = [row for row in self.store.bound() if row.number == order.releases]
        if not bound or bound[0].account != payer.id:
            yield "PURPOSE"
        else:
            yield from _of_release(order, bound[0], asked.on)


def _fen(yuan: Any) -> int | None:  # noqa: ANN401 - a cell of a table
    return None if yuan is None else Money(yuan).fen


def _of_parties(asked: Counter) -> Iterator[str]:
    order = asked.order
    if order.currency != "CNY":
        yield "AM03"
    for row, named in ((asked.payer, order.payer.name), (asked.payee, order.payee.name)):
        if row is not None and row.is_closed:
            yield "AC04"
        if row is not None and row.holder != named:
            yield "BE01"


def _of_release(order: PaymentOrder, bound: BoundRow, on: date) -> Iterator[str]:
    terms = json.loads(bound.body)
    if order.payee.account not in terms["payees"]:
        yield "PAYEE"
    if order.goods not in terms["goods"]:
        yield "GOODS"
    if order.amount_fen > min(bound.left_fen, terms["cap_fen"] - bound.released_fen):
        yield "CAP"
    if on.isoformat() > terms["expires_on"]:
        yield "EXPIRED"
    if set(terms["conditions"]) - set(order.evidence):
        yield "EVIDENCE"
