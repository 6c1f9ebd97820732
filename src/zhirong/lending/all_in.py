"""What a loan costs in all: the yearly rate at which its payments are worth what was paid out."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from zhirong.core.errors import InputError
from zhirong.core.money import Money

_YEAR = 365
_HIGHEST = 100.0  # a yearly rate of 10,000 %
_STEPS = 200
_PLACES = Decimal("0.000001")


class CostError(InputError):
    """Payments that never are worth what was paid out, or lie before it."""

    code = "error.all_in_cost"

    def __init__(self, received: Money) -> None:
        super().__init__(
            f"No yearly rate makes the payments worth {received.amount}.", received=received.amount
        )


def yearly_cost(received: Money, *, on: date, payments: Sequence[tuple[date, Money]]) -> Decimal:
    """The effective yearly rate of a loan, a share: interest and fees, by the days of each payment.

    Compounded yearly, on years of 365 days (the way in which lenders must show the yearly rate:
    announcement 2021 no. 3 of the central bank).

    Raises:
        CostError: The payments sum to less than was received, or one is before the pay-out.

    >>> paid = (date(2027, 1, 1), Money(Decimal(105)))
    >>> yearly_cost(Money(Decimal(100)), on=date(2026, 1, 1), payments=[paid])
    Decimal('0.050000')
    """
    flows = [((day - on).days / _YEAR, float(paid.amount)) for day, paid in payments]
    target = float(received.amount)
    is_enough = sum(paid for _, paid in flows) >= target > 0
    if not is_enough or any(years < 0 for years, _ in flows):
        raise CostError(received)

    def worth(rate: float) -> float:
        found: float = sum(paid / (1 + rate) ** years for years, paid in flows)
        return found

    low, high = 0.0, _HIGHEST
    if worth(high) > target:
        raise CostError(received)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if worth(middle) > target else (low, middle)
    return Decimal(repr(high)).quantize(_PLACES)
