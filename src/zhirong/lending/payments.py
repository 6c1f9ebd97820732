"""What a payment pays, claim by claim; days overdue, and the best class they still allow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from zhirong.core import money
from zhirong.core.errors import InputError
from zhirong.core.money import Money
from zhirong.parameters.reader import Parameters


class PaymentError(InputError):
    """A payment below zero, or a claim that is."""

    code = "error.payment"

    def __init__(self, amount: Money) -> None:
        super().__init__(f"{amount.amount} cannot be paid.", amount=amount.amount)


class PaymentOrderError(InputError):
    """An order of payment that leaves out a kind of claim, or names one twice."""

    code = "error.payment_order"

    def __init__(self, order: Sequence["ClaimKind"]) -> None:
        named = tuple(str(kind) for kind in order)
        super().__init__(f"The order {named} does not name each claim once.", order=named)


class ClaimKind(StrEnum):
    """What a borrower may owe."""

    COST = "cost"  # of realizing the claim
    COMPOUND = "compound"  # interest on unpaid interest
    PENALTY = "penalty"  # interest in breach
    INTEREST = "interest"
    PRINCIPAL = "principal"


# Civil Code 561: costs of realizing the claim, interest, principal. Penalty and compound interest
# are interest; which interest goes first the law leaves open.
STATUTORY = (
    ClaimKind.COST,
    ClaimKind.COMPOUND,
    ClaimKind.PENALTY,
    ClaimKind.INTEREST,
    ClaimKind.PRINCIPAL,
)
# Common by contract for overdue and non-accrual loans.
PRINCIPAL_FIRST = (
    ClaimKind.PRINCIPAL,
    ClaimKind.INTEREST,
    ClaimKind.PENALTY,
    ClaimKind.COMPOUND,
    ClaimKind.COST,
)


class Across(StrEnum):
    """What goes first where several installments are open."""

    KIND = "kind"  # all claims of the first kind, oldest first, then the next kind
    INSTALLMENT = "installment"  # all claims of the oldest installment, then the next one


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrder:
    """The contract's order; the law's applies only where the contract has none.

    Raises:
        PaymentOrderError: A kind is missing, or stands twice.
    """

    kinds: tuple[ClaimKind, ...] = STATUTORY
    across: Across = Across.KIND

    def __post_init__(self) -> None:
        if sorted(self.kinds) != sorted(ClaimKind):
            raise PaymentOrderError(self.kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An amount owed, of one kind, since its due date."""

    kind: ClaimKind
    due_on: date
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """What of one claim was paid, and what stays open."""

    claim: Claim
    paid: Money

    @property
    def unpaid(self) -> Money:
        """What stays open."""
        return self.claim.amount - self.paid


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidInOrder:
    """A payment laid over all claims, in the order of payment; `rest` paid nothing."""

    payments: tuple[Payment, ...]
    rest: Money

    def paid(self, kind: ClaimKind) -> Money:
        """What went to claims of one kind."""
        amounts = (item.paid for item in self.payments if item.claim.kind is kind)
        return money.total(amounts, self.rest.currency)


def pay_in_order(cash: Money, claims: Sequence[Claim], *, order: PaymentOrder) -> PaidInOrder:
    """Pay each claim in full, in order, until the cash runs out.

    Paid amounts and rest sum to the cash. Claims of one kind and day keep the order given.

    Raises:
        PaymentError: The cash or a claim is below zero.
        CurrencyMismatchError: Claims and cash are in two currencies.
    """
    for amount in (cash, *(claim.amount for claim in claims)):
        if amount.fen < 0:
            raise PaymentError(amount)
    rest, payments = cash, []
    for claim in sorted(claims, key=lambda claim: _rank(claim, order)):
        paid = min(rest, claim.amount)
        rest = rest - paid
        payments.append(Payment(claim=claim, paid=paid))
    return PaidInOrder(payments=tuple(payments), rest=rest)


def _rank(claim: Claim, order: PaymentOrder) -> tuple[int, int]:
    kind, day = order.kinds.index(claim.kind), claim.due_on.toordinal()
    return (kind, day) if order.across is Across.KIND else (day, kind)


def overdue_days(claims: Sequence[Claim], *, on: date) -> int:
    """The days since the oldest unpaid due date of principal or interest; 0 up to and on it.

    Costs do not make a loan overdue, and penalty and compound interest follow from what is.
    """
    counted = (ClaimKind.PRINCIPAL, ClaimKind.INTEREST)
    open_since = [claim.due_on for claim in claims if claim.kind in counted and claim.amount]
    return max(0, (on - min(open_since, default=on)).days)


class LoanClass(StrEnum):
    """The five classes, from the best to the worst."""

    NORMAL = "normal"
    SPECIAL_MENTION = "special_mention"
    SUBSTANDARD = "substandard"
    DOUBTFUL = "doubtful"
    LOSS = "loss"


def class_floor(
    *,
    days_overdue: int,
    is_credit_impaired: bool,
    loss_share: Decimal | None,
    on: date,
    parameters: Parameters,
) -> LoanClass:
    """The best class that the facts allow; judgment may only be stricter.

    Args:
        days_overdue: Days since the oldest unpaid due date.
        is_credit_impaired: By accounting standards.
        loss_share: Expected credit loss as a share of the carrying amount; None where not known.
        on: The day of classification.
        parameters: Published thresholds.

    Raises:
        ParameterNotFoundError: The day is before the first published thresholds.
    """
    above = parameters.get("lending.classification.overdue_days_above", on=on).value
    found = [LoanClass(name) for name, days in above.items() if days_overdue > days]
    if is_credit_impaired:
        found.append(LoanClass.SUBSTANDARD)
    shares = parameters.get("lending.classification.loss_share_from", on=on).value
    if loss_share is not None:
        found += [LoanClass(name) for name, share in shares.items() if loss_share >= share]
    order = list(LoanClass)
    return max(found, key=order.index, default=LoanClass.NORMAL)
