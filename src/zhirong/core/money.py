"""Money that is owed, paid or booked: exact, in whole minor units (fen, cents).

What is modeled is a float elsewhere; it becomes money in one named rounding step.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
)
from enum import StrEnum
from fractions import Fraction
from typing import Self

from zhirong.core.errors import InputError

FEN = Decimal("0.01")
# Wide enough for any sum of money in fen; the default context would round at 28 digits.
_CONTEXT = Context(prec=50)
# Sums beyond this are a slip of the keyboard, and would not fit the context.
_DIGITS_MAX = 30
Factor = int | Decimal | Fraction


class Rounding(StrEnum):
    """The named ways from an exact number to whole fen."""

    HALF_UP = "half_up"  # half away from zero: the rule of Chinese contracts
    HALF_EVEN = "half_even"
    TRUNCATE = "truncate"  # towards zero
    CEILING = "ceiling"


_MODES = {
    Rounding.HALF_UP: ROUND_HALF_UP,
    Rounding.HALF_EVEN: ROUND_HALF_EVEN,
    Rounding.TRUNCATE: ROUND_DOWN,
    Rounding.CEILING: ROUND_CEILING,
}


class CurrencyMismatchError(InputError):
    """Two currencies in one sum or comparison."""

    code = "error.currency_mismatch"

    def __init__(self, left: str, right: str) -> None:
        super().__init__(f"{left} and {right} do not add up.", left=left, right=right)


class NotWholeFenError(InputError):
    """An amount with more than two decimals where owed money is whole fen."""

    code = "error.not_whole_fen"

    def __init__(self, amount: Decimal) -> None:
        super().__init__(f"{amount} is not a whole number of fen: round it first.", amount=amount)


class AllocationError(InputError):
    """Weights that are negative, or that sum to nothing."""

    code = "error.allocation"


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount of a currency, in whole fen. Negative says the other direction.

    >>> Money(Decimal("12.5"), "CNY") + Money(Decimal("0.05"), "CNY")
    Money(amount=Decimal('12.55'), currency='CNY')
    """

    amount: Decimal
    currency: str = "CNY"

    def __post_init__(self) -> None:
        if not self.amount.is_finite() or self.amount.adjusted() > _DIGITS_MAX:
            raise NotWholeFenError(self.amount)
        whole = self.amount.quantize(FEN, context=_CONTEXT)
        if whole != self.amount:
            raise NotWholeFenError(self.amount)
        # One zero, and always two decimals: equal amounts have equal texts and hashes.
        object.__setattr__(self, "amount", whole or abs(whole))

    @classmethod
    def rounded(cls, amount: Factor, currency: str = "CNY", *, rounding: Rounding) -> Self:
        """The exact number, rounded to whole fen as named."""
        return cls(_round(amount, rounding), currency)

    @classmethod
    def of_fen(cls, fen: int, currency: str = "CNY") -> Self:
        """So many fen.

        >>> Money.of_fen(1_205).amount
        Decimal('12.05')
        """
        return cls(Decimal(fen).scaleb(-2, context=_CONTEXT), currency)

    @property
    def fen(self) -> int:
        """The amount as a count of fen."""
        return int(self.amount.scaleb(2, context=_CONTEXT))

    def times(self, factor: Factor, *, rounding: Rounding) -> Self:
        """The product, exact and then rounded to whole fen as named.

        >>> Money(Decimal(5_000_000)).times(Fraction(91, 360), rounding=Rounding.HALF_UP).amount
        Decimal('1263888.89')
        """
        exact = Fraction(self.amount) * Fraction(factor)
        return type(self).rounded(exact, self.currency, rounding=rounding)

    def __add__(self, other: Self) -> Self:
        self._same_currency(other)
        return type(self)(_CONTEXT.add(self.amount, other.amount), self.currency)

    def __sub__(self, other: Self) -> Self:
        return self + -other

    def __neg__(self) -> Self:
        return type(self)(_CONTEXT.minus(self.amount), self.currency)

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __lt__(self, other: Self) -> bool:
        self._same_currency(other)
        return self.amount < other.amount

    def __le__(self, other: Self) -> bool:
        return not other < self

    def __gt__(self, other: Self) -> bool:
        return other < self

    def __ge__(self, other: Self) -> bool:
        return not self < other

    def _same_currency(self, other: Self) -> None:
        if self.currency != other.currency:
            raise CurrencyMismatchError(self.currency, other.currency)


def _round(amount: Factor, rounding: Rounding) -> Decimal:
    if not isinstance(amount, Fraction):
        return Decimal(amount).quantize(FEN, rounding=_MODES[rounding], context=_CONTEXT)
    scaled = amount * 100
    floor, rest = divmod(scaled.numerator, scaled.denominator)
    # A quarter, a half or three quarters stand for "below, at, above the middle": the modes of
    # Decimal then decide, and nothing was divided inexactly.
    twice = 2 * rest - scaled.denominator
    part = 0 if not rest else 50 if not twice else 25 if twice < 0 else 75
    exact = Decimal(floor * 100 + part).scaleb(-4, context=_CONTEXT)
    return exact.quantize(FEN, rounding=_MODES[rounding], context=_CONTEXT)


def total(amounts: Iterable[Money], currency: str = "CNY") -> Money:
    """The sum; zero of the currency when there are none.

    Raises:
        CurrencyMismatchError: One of them is in another currency.
    """
    result = Money(Decimal(0), currency)
    for amount in amounts:
        result = result + amount
    return result


def allocate(amount: Money, weights: Sequence[Factor]) -> tuple[Money, ...]:
    """Split an amount in proportion to the weights and lose no fen.

    The running total is rounded half up and differences are taken, so each part is within one fen
    of its exact share and the parts sum to the amount.

    Raises:
        AllocationError: A negative weight, or no weight above zero.

    >>> [part.amount for part in allocate(Money(Decimal("100.00")), [1, 1, 1])]
    [Decimal('33.33'), Decimal('33.34'), Decimal('33.33')]
    """
    exact = [Fraction(weight) for weight in weights]
    whole = sum(exact, Fraction(0))
    if whole <= 0 or any(weight < 0 for weight in exact):
        raise AllocationError("Weights must not be negative and one must be positive.")
    parts: list[Money] = []
    running, paid = Fraction(0), Money(Decimal(0), amount.currency)
    for weight in exact:
        running += weight
        due = amount.times(running / whole, rounding=Rounding.HALF_UP)
        parts.append(due - paid)
        paid = due
    return tuple(parts)
