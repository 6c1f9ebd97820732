"""What goes in and out about payments: the firm's orders, bound money, early payment, refunds."""

from datetime import date
from typing import Annotated

from ninja import Schema
from pydantic import Field

from zhirong.platform.api.fields import Day, Said, Yuan, YuanGiven

NAME = r"^[^\x00-\x1f\x7f]*$"
WALLET = r"^[0-9A-Za-z -]+$"


class Supplier(Schema):
    """Who may be paid out of bound money: name and wallet."""

    name: Annotated[str, Field(min_length=1, max_length=120, pattern=NAME)]
    wallet: Annotated[str, Field(min_length=1, max_length=40, pattern=WALLET)]


class Use(Schema):
    """What the money of a draw-down in digital yuan is bound to: suppliers, goods, the last day."""

    suppliers: Annotated[list[Supplier], Field(min_length=1, max_length=20)]
    goods: Annotated[str, Field(min_length=1, max_length=80, pattern=NAME)]
    until: Day


class EarlyQuote(Schema):
    """What it costs to pay principal before its day, today; `total` is what is to be paid."""

    on: date
    principal: Yuan
    due: Yuan
    running_interest: Yuan
    fee: Yuan
    saved: Yuan
    total: Yuan
    is_whole: bool


class NewSupplierPayment(Schema):
    """A payment to a named supplier out of bound money, against its invoice."""

    payee: Supplier
    goods: Annotated[str, Field(min_length=1, max_length=80, pattern=NAME)]
    amount: YuanGiven
    invoice_number: Annotated[str, Field(max_length=40, pattern=NAME)] = ""


class SupplierPayment(Schema):
    """A payment out of bound money: ordered, paid or refused; `reasons` speak against it."""

    reference: str
    payee_name: str
    payee_wallet: str
    goods: str
    amount: Yuan
    invoice_number: str
    asked_on: date
    state: str
    reasons: list[Said]
    refusal: str


class BoundMoney(Schema):
    """What the money of a draw-down is bound to, and what became of it."""

    goods: str
    until: date
    suppliers: list[Supplier]
    bound: Yuan
    released: Yuan
    returned: Yuan
    left: Yuan
    payments: list[SupplierPayment]


class OrderedPayment(Schema):
    """A payment that the firm ordered: ordered, received or refused."""

    reference: str
    amount: Yuan
    rail: str
    is_early: bool
    asked_on: date
    state: str
    refusal: str


class Refund(Schema):
    """What was paid beyond the debt and goes back: proposed, ordered, paid or refused."""

    reference: str
    amount: Yuan
    rail: str
    state: str
    made_on: date
    ended_on: date | None
    refusal: str


class Payments(Schema):
    """The payments around a loan; `waiting` came in and pays no claim yet."""

    orders: list[OrderedPayment]
    refunds: list[Refund]
    bound: BoundMoney | None
    waiting: Yuan
