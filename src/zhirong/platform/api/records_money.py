"""What goes in and out about contracts, registration, draw-downs and payments."""

from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from zhirong.platform.api.fields import Day, Line, Number, Rate, Yuan, YuanGiven
from zhirong.platform.api.records_paying import Use

PLAIN = r"^[^\x00-\x1f\x7f]*$"


class Condition(Schema):
    """A condition of the approval; `document_id` is the file that shows it is met."""

    number: int
    text: str
    document: str
    document_id: int | None
    ticked_by: str
    ticked_on: date | None


class Facility(Schema):
    """A granted line; `room` is what can still be drawn."""

    number: str
    limit: Yuan
    room: Yuan
    available_from: date
    available_until: date
    last_maturity: date
    quoted_rate: Rate
    form: str
    every_months: int
    conditions: list[Condition]


class Proof(Schema):
    """A file of the matter that shows something."""

    document: Number


class NewPurchase(Schema):
    """The contract that an entrusted payment pays; `paid` is what was paid on it elsewhere."""

    number: Annotated[str, Field(min_length=1, max_length=60, pattern=PLAIN)]
    seller: Annotated[str, Field(min_length=1, max_length=120, pattern=PLAIN)]
    amount: YuanGiven
    paid: Annotated[str, Field(pattern=r"^(0|[1-9][0-9]{0,12})(\.[0-9]{1,2})?$")] = "0"


class NewInvoice(Schema):
    """An invoice that proves what an entrusted payment is for."""

    number: Annotated[str, Field(min_length=1, max_length=40, pattern=PLAIN)]
    seller: Annotated[str, Field(min_length=1, max_length=120, pattern=PLAIN)]
    amount: YuanGiven


class TradePaper(Schema):
    """A contract or an invoice behind a payment; `paid` is what was paid on a contract before."""

    kind: str
    number: str
    seller: str
    amount: Yuan
    paid: Yuan


class NewDraw(Schema):
    """What the firm asks to be paid, and to whom; contract and invoices prove an entrusted one.

    In digital yuan, a payment that is not entrusted goes to the firm's own wallet: it needs no
    payee, but `use` says which suppliers it is bound to.
    """

    amount: YuanGiven
    payee_name: Annotated[str, Field(max_length=120, pattern=PLAIN)] = ""
    payee_account: Annotated[str, Field(max_length=40, pattern=r"^[0-9A-Za-z -]*$")] = ""
    use: Use | None = None
    invoice_number: Annotated[str, Field(max_length=40, pattern=PLAIN)] = ""
    contract_number: Annotated[str, Field(max_length=60, pattern=PLAIN)] = ""
    contract: NewPurchase | None = None
    invoices: Annotated[list[NewInvoice], Field(max_length=50, default_factory=list)]


class Due(Schema):
    """A line of a schedule: paid, due, overdue or open; charges up to this day.

    `paid` is of principal and interest, `charges_paid` of penalty and compound interest.
    """

    number: int
    due_on: date
    principal: Yuan
    interest: Yuan
    penalty: Yuan
    compound: Yuan
    paid: Yuan
    charges_paid: Yuan
    outstanding: Yuan
    state: str


class Owed(Schema):
    """What is owed at the beginning of this day."""

    principal: Yuan
    due_principal: Yuan
    due_interest: Yuan
    running_interest: Yuan
    charges: Yuan
    due: Yuan
    payoff: Yuan
    overdue_since: date | None


class Booked(Schema):
    """A line of a loan's statement: how each claim moved, and what is owed behind it."""

    key: str
    on: date
    event: str
    cost: Yuan
    compound: Yuan
    penalty: Yuan
    interest: Yuan
    principal: Yuan
    owed: Annotated[Yuan, Field(validation_alias="owed_fen")]


class Draw(Schema):
    """A draw-down: asked, ordered, paid, refused or repaid."""

    number: str
    state: str
    amount: Yuan
    is_entrusted: bool
    payee_name: str
    payee_account: str
    invoice_number: str
    contract_number: str
    papers: list[TradePaper]
    rail: str
    asked_by: str
    asked_on: date
    paid_on: date | None
    matures_on: date
    rail_reference: str
    refusal: str
    schedule: list[Due]
    owed: Owed | None


class Payoff(Schema):
    """What ends a loan on a day."""

    on: date
    amount: Yuan


class NewReceipt(Schema):
    """A payment that came in; the same reference is booked once."""

    amount: YuanGiven
    reference: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[!-~]+$")]
    received_on: Day


class Receipt(Schema):
    """A payment and how it was laid over what is owed."""

    reference: str
    amount: Yuan
    received_on: date
    parts: dict[str, Yuan]
    rest: Yuan


class NewRepayment(Schema):
    """What the firm pays from its own account or wallet.

    `is_early` lets what is above all that is due pay principal before its day.
    """

    amount: YuanGiven
    rail: Literal["bank", "ecny"] = "bank"
    is_early: bool = False


class Repayment(Schema):
    """The reference of the ordered payment, which comes back on the bank's statement."""

    reference: Line
