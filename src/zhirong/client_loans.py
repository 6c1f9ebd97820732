"""What the API takes and gives: contracts, loans and webhooks.

Dictionaries with known keys, made from the API's description. Amounts are yuan with two decimals
as text, days are ISO dates.
"""

from typing import Literal, NotRequired, TypedDict

from zhirong.client_matters import Said


class Booked(TypedDict):
    """A line of a loan's statement: how each claim moved, and what is owed behind it."""

    key: str
    on: str
    event: str
    cost: str
    compound: str
    penalty: str
    interest: str
    principal: str
    owed: str


class Supplier(TypedDict):
    """Who may be paid out of bound money: name and wallet."""

    name: str
    wallet: str


class Condition(TypedDict):
    """A condition of the approval; `document_id` is the file that shows it is met."""

    number: int
    text: str
    document: str
    document_id: int | None
    ticked_by: str
    ticked_on: str | None


class Delivery(TypedDict):
    """What was told: waiting, delivered or given up."""

    number: int
    event: str
    state: str
    tries: int
    status: int | None
    problem: str
    made_at: str
    delivered_at: str | None


class Due(TypedDict):
    """A line of a schedule: paid, due, overdue or open; charges up to this day.

    `paid` is of principal and interest, `charges_paid` of penalty and compound interest.
    """

    number: int
    due_on: str
    principal: str
    interest: str
    penalty: str
    compound: str
    paid: str
    charges_paid: str
    outstanding: str
    state: str


class Owed(TypedDict):
    """What is owed at the beginning of this day."""

    principal: str
    due_principal: str
    due_interest: str
    running_interest: str
    charges: str
    due: str
    payoff: str
    overdue_since: str | None


class TradePaper(TypedDict):
    """A contract or an invoice behind a payment; `paid` is what was paid on a contract before."""

    kind: str
    number: str
    seller: str
    amount: str
    paid: str


class EarlyQuote(TypedDict):
    """What it costs to pay principal before its day, today; `total` is what is to be paid."""

    on: str
    principal: str
    due: str
    running_interest: str
    fee: str
    saved: str
    total: str
    is_whole: bool


class NewInvoice(TypedDict):
    """An invoice that proves what an entrusted payment is for."""

    number: str
    seller: str
    amount: str


class NewPurchase(TypedDict):
    """The contract that an entrusted payment pays; `paid` is what was paid on it elsewhere."""

    number: str
    seller: str
    amount: str
    paid: NotRequired[str]


class NewReceipt(TypedDict):
    """A payment that came in; the same reference is booked once."""

    amount: str
    reference: str
    received_on: str


class NewRepayment(TypedDict):
    """What the firm pays from its own account or wallet.

    `is_early` lets what is above all that is due pay principal before its day.
    """

    amount: str
    rail: NotRequired[Literal["bank", "ecny"]]
    is_early: NotRequired[bool]


class NewWebhook(TypedDict):
    """An address, and the actions of the log that are told to it; `*` stands for all."""

    url: str
    events: list[str]


class OrderedPayment(TypedDict):
    """A payment that the firm ordered: ordered, received or refused."""

    reference: str
    amount: str
    rail: str
    is_early: bool
    asked_on: str
    state: str
    refusal: str


class Refund(TypedDict):
    """What was paid beyond the debt and goes back: proposed, ordered, paid or refused."""

    reference: str
    amount: str
    rail: str
    state: str
    made_on: str
    ended_on: str | None
    refusal: str


class Payoff(TypedDict):
    """What ends a loan on a day."""

    on: str
    amount: str


class Proof(TypedDict):
    """A file of the matter that shows something."""

    document: int


class Receipt(TypedDict):
    """A payment and how it was laid over what is owed."""

    reference: str
    amount: str
    received_on: str
    parts: dict[str, str]
    rest: str


class Repayment(TypedDict):
    """The reference of the ordered payment, which comes back on the bank's statement."""

    reference: str


class Webhook(TypedDict):
    """A registered address; its secret is told once, when it is registered."""

    number: int
    url: str
    events: list[str]
    made_at: str
    secret: str | None


class NewSupplierPayment(TypedDict):
    """A payment to a named supplier out of bound money, against its invoice."""

    payee: Supplier
    goods: str
    amount: str
    invoice_number: NotRequired[str]


class Use(TypedDict):
    """What the money of a draw-down in digital yuan is bound to: suppliers, goods, the last day."""

    suppliers: list[Supplier]
    goods: str
    until: str


class Facility(TypedDict):
    """A granted line; `room` is what can still be drawn."""

    number: str
    limit: str
    room: str
    available_from: str
    available_until: str
    last_maturity: str
    quoted_rate: str
    form: str
    every_months: int
    conditions: list[Condition]


class Draw(TypedDict):
    """A draw-down: asked, ordered, paid, refused or repaid."""

    number: str
    state: str
    amount: str
    is_entrusted: bool
    payee_name: str
    payee_account: str
    invoice_number: str
    contract_number: str
    papers: list[TradePaper]
    rail: str
    asked_by: str
    asked_on: str
    paid_on: str | None
    matures_on: str
    rail_reference: str
    refusal: str
    schedule: list[Due]
    owed: Owed | None


class SupplierPayment(TypedDict):
    """A payment out of bound money: ordered, paid or refused; `reasons` speak against it."""

    reference: str
    payee_name: str
    payee_wallet: str
    goods: str
    amount: str
    invoice_number: str
    asked_on: str
    state: str
    reasons: list[Said]
    refusal: str


class NewDraw(TypedDict):
    """What the firm asks to be paid, and to whom; contract and invoices prove an entrusted one.

    In digital yuan, a payment that is not entrusted goes to the firm's own wallet: it needs no
    payee, but `use` says which suppliers it is bound to.
    """

    amount: str
    payee_name: NotRequired[str]
    payee_account: NotRequired[str]
    use: NotRequired[Use | None]
    invoice_number: NotRequired[str]
    contract_number: NotRequired[str]
    contract: NotRequired[NewPurchase | None]
    invoices: NotRequired[list[NewInvoice]]


class BoundMoney(TypedDict):
    """What the money of a draw-down is bound to, and what became of it."""

    goods: str
    until: str
    suppliers: list[Supplier]
    bound: str
    released: str
    returned: str
    left: str
    payments: list[SupplierPayment]


class Payments(TypedDict):
    """The payments around a loan; `waiting` came in and pays no claim yet."""

    orders: list[OrderedPayment]
    refunds: list[Refund]
    bound: BoundMoney | None
    waiting: str
