"""Loan products as data: what may be pledged, how far, how much, how long; and the check."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zhirong.core.calendar import plus_months
from zhirong.core.errors import InputError
from zhirong.core.messages import Message
from zhirong.core.money import Money
from zhirong.lending.collateral import PledgedRight
from zhirong.parameters.reader import Parameters


class ProductError(InputError):
    """A product that is not among the published ones."""

    code = "error.loan_product"

    def __init__(self, key: str, *, known: tuple[str, ...]) -> None:
        super().__init__(f"There is no product {key!r}; there are {known}.", key=key, known=known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What a bank's policy says of one product.

    Attributes:
        key: Its name in the table of products.
        caps: Kind of right → share of market value that may be lent; other kinds are not taken.
            None where the product has no caps of its own and the house's apply.
        amount_max: Per borrower; None where the policy names none.
        tenor_months_max: From the draw-down to maturity.
    """

    key: str
    caps: Mapping[str, Decimal] | None
    amount_max: Money | None
    tenor_months_max: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What a borrower asks for, and the rights it would pledge."""

    amount: Money
    drawn_on: date
    matures_on: date
    is_cash_cycle_long: bool
    rights: tuple[PledgedRight, ...]


def product(key: str, *, on: date, parameters: Parameters) -> Product:
    """A product as its policy stood on the day.

    Raises:
        ProductError: It is not in the table of the day.
    """
    table: Mapping[str, Any] = parameters.get("lending.products", on=on).value
    if key not in table:
        raise ProductError(key, known=tuple(table))
    entry = table[key]
    most = entry["amount_max"]
    return Product(
        key=key,
        caps=entry["caps"],
        amount_max=None if most is None else Money(most),
        tenor_months_max=int(entry["tenor_months_max"]),
    )


def cap_of(kind: str, *, of: Product, on: date, parameters: Parameters) -> Decimal:
    """The share of market value that may be lent against a kind: the product's, else the house's.

    Zero for a kind that the product does not take.

    Raises:
        ParameterNotFoundError: The house has no cap for the kind either.
    """
    if of.caps is None:
        return parameters.number(f"pledge.cap.{kind}", on=on)
    return of.caps.get(kind, Decimal(0))


def caps(application: Application, *, of: Product, parameters: Parameters) -> dict[str, Decimal]:
    """The caps of all kinds in an application, on the day of the draw-down."""
    on = application.drawn_on
    kinds = {right.kind for right in application.rights}
    return {kind: cap_of(kind, of=of, on=on, parameters=parameters) for kind in sorted(kinds)}


def tenor_months_max(application: Application, *, of: Product, parameters: Parameters) -> int:
    """The shorter of the product's longest tenor and that of working-capital loans."""
    rules = parameters.get("lending.working_capital_tenor", on=application.drawn_on).value
    name = "long_cash_cycle" if application.is_cash_cycle_long else "in_principle"
    return min(of.tenor_months_max, int(rules[name]))


def breaches(
    application: Application, *, of: Product, parameters: Parameters
) -> tuple[Message, ...]:
    """Every limit of the product that the application breaks; none if it may go on.

    That the covered amount is below what is asked is no breach: the rest is uncovered and has its
    own approval.
    """
    return tuple(_breaches(application, of, parameters))


def _breaches(application: Application, of: Product, parameters: Parameters) -> Iterator[Message]:
    if of.amount_max is not None and application.amount > of.amount_max:
        yield Message(
            "lending.breach.amount",
            {"amount": application.amount.amount, "limit": of.amount_max.amount},
        )
    months = tenor_months_max(application, of=of, parameters=parameters)
    if application.matures_on > plus_months(application.drawn_on, months):
        yield Message(
            "lending.breach.tenor", {"matures_on": application.matures_on, "months": months}
        )
    for kind, cap in caps(application, of=of, parameters=parameters).items():
        if not cap:
            yield Message("lending.breach.kind", {"kind": f"lending.kind.{kind}"})


def is_entrusted_payment(amount: Money, *, on: date, parameters: Parameters) -> bool:
    """Whether the bank must pay the payee itself: a single payment above the threshold."""
    threshold = parameters.number("lending.entrusted_payment_above", on=on)
    return amount > Money(threshold, amount.currency)
