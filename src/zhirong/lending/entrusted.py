"""Entrusted payment: the lender pays the payee itself, against contract and invoice.

Source:
    Measures for working-capital loans: above a threshold (`lending.entrusted_payment_above`) the
    lender pays the borrower's counterparty; invoices serve one loan, and the use is followed.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from zhirong.core import money
from zhirong.core.calendar import plus_months
from zhirong.core.messages import Message
from zhirong.core.money import Money
from zhirong.lending.products import is_entrusted_payment
from zhirong.parameters.reader import Parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """Who is paid: name, account, and the identifier in the register of firms if known."""

    name: str
    account: str
    identifier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """An invoice that proves the use: its number, who issued it, and its amount with tax."""

    number: str
    seller: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseContract:
    """The contract that is paid; `paid` is what was paid on it before."""

    number: str
    seller: str
    amount: Money
    paid: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRequest:
    """A single payment out of a loan that the borrower asks for.

    `payee` is None where the money is to go to the borrower's own account.
    """

    loan: str
    amount: Money
    on: date
    payee: Payee | None = None
    contract: PurchaseContract | None = None
    invoices: tuple[Invoice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the lender knows around a request.

    Attributes:
        used_invoices: Numbers of invoices that proved a payment before, with the loan of each.
        related: Names and identifiers of the borrower itself and of its related parties.
    """

    used_invoices: tuple[tuple[str, str], ...]
    related: tuple[str, ...]


def refusals(
    request: PaymentRequest, *, known: Surroundings, parameters: Parameters
) -> tuple[Message, ...]:
    """Everything that speaks against a payment; none if it may go on.

    A payment up to the threshold may go to the borrower. One that names a payee is checked whatever
    its amount.

    Raises:
        CurrencyMismatchError: Payment, contract and invoices are in several currencies.
        ParameterNotFoundError: The day is before the first published threshold.
    """
    if request.payee is None:
        is_above = is_entrusted_payment(request.amount, on=request.on, parameters=parameters)
        facts = {"amount": request.amount.amount}
        return (Message("lending.entrusted.payee", facts),) if is_above else ()
    return (
        *_of_contract(request, request.payee),
        *_of_invoices(request, request.payee, known),
        *_of_payee(request.payee, known),
    )


def _of_contract(request: PaymentRequest, payee: Payee) -> Iterator[Message]:
    contract = request.contract
    if contract is None or not contract.number.strip():
        yield Message("lending.entrusted.contract", {"payee": payee.name})
        return
    facts = {"number": contract.number, "payee": payee.name}
    if _same(contract.seller) != _same(payee.name):
        yield Message("lending.entrusted.contract_seller", {**facts, "seller": contract.seller})
    left = contract.amount - contract.paid
    if request.amount > left:
        amounts = {"amount": request.amount.amount, "left": left.amount}
        yield Message("lending.entrusted.contract_amount", {**facts, **amounts})


def _of_invoices(request: PaymentRequest, payee: Payee, known: Surroundings) -> Iterator[Message]:
    invoices = request.invoices
    proven = money.total((item.amount for item in invoices), request.amount.currency)
    if request.amount > proven:
        facts = {"amount": request.amount.amount, "proven": proven.amount}
        yield Message("lending.entrusted.invoice_amount", facts)
    used = {_same(number): loan for number, loan in known.used_invoices}
    seen: set[str] = set()
    for invoice in invoices:
        number = _same(invoice.number)
        if not number or number in seen:
            yield Message("lending.entrusted.invoice_twice", {"number": invoice.number})
        seen.add(number)
        if number in used:
            repeat = {"number": invoice.number, "loan": used[number]}
            yield Message("lending.entrusted.invoice_used", repeat)
        if _same(invoice.seller) != _same(payee.name):
            sellers = {"number": invoice.number, "seller": invoice.seller, "payee": payee.name}
            yield Message("lending.entrusted.invoice_seller", sellers)


def _of_payee(payee: Payee, known: Surroundings) -> Iterator[Message]:
    related = {_same(text) for text in known.related if text.strip()}
    if {_same(payee.name), _same(payee.identifier)} & related:
        yield Message("lending.entrusted.related", {"payee": payee.name})


def _same(text: str) -> str:
    """A name or number as it is compared: full-width, case and blanks make no difference."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def followed_until(paid_on: date, *, parameters: Parameters) -> date:
    """The day until which the payee's use of the money is followed."""
    months = int(parameters.number("payments.entrusted_follow_months", on=paid_on))
    return plus_months(paid_on, months)


def invoice_numbers(invoices: Iterable[Invoice]) -> tuple[str, ...]:
    """The numbers as they are kept and compared, so that a unique column holds the rule."""
    return tuple(_same(invoice.number) for invoice in invoices)
