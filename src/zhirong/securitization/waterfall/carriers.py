"""The two carriers of whole fen: Python ints (one path) and float64 arrays (many paths).

Both know the same few operations and give the same fen. A float64 holds whole numbers exactly up
to 2**53; a product that could go beyond is taken apart into error-free parts (Dekker's product),
so that its quotient is the one of exact arithmetic.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import numpy as np

from zhirong.securitization.plan.conventions import Rounding

Cell: TypeAlias = Any
"""An amount in fen or a truth value: of one path, or an array over paths. Code that handles it is
written once for both, so its type is the interpreter's own business."""

Ratio: TypeAlias = tuple[int, int]
"""An exact factor: numerator and denominator, the latter above zero."""

EXACT = 2**53


class Carrier(Protocol):
    """What the interpreter asks of a carrier; amounts are whole fen."""

    @property
    def is_one_path(self) -> bool:
        """Whether amounts are plain ints."""
        ...

    def least(self, first: Cell, second: Cell) -> Cell:
        """The smaller of two amounts."""
        ...

    def greatest(self, first: Cell, second: Cell) -> Cell:
        """The larger of two amounts."""
        ...

    def where(self, condition: Cell, yes: Cell, no: Cell) -> Cell:
        """One of two amounts by a condition."""
        ...

    def scaled(self, amount: Cell, ratio: Ratio) -> Cell:
        """The amount times an exact factor, rounded."""
        ...

    def part(self, amount: Cell, share: Cell, whole: Cell) -> Cell:
        """Amount * share / whole, rounded; where the whole is zero, zero."""
        ...

    def any(self, condition: Cell) -> bool:
        """Whether a condition holds on some path."""
        ...

    def breaks(self, condition: Cell) -> bool:
        """Whether something that must never hold does so on some path."""
        ...

    def exceeds(self, first: Cell, ratio: Ratio, second: Cell) -> Cell:
        """Whether first * denominator > second * numerator, exactly."""
        ...

    def cutting(self) -> "Carrier":
        """The carrier of the same kind that cuts to the fen."""
        ...


class OnePath:
    """Plain ints."""

    is_one_path = True
    least = staticmethod(min)
    greatest = staticmethod(max)
    any = staticmethod(bool)
    breaks = staticmethod(bool)

    def __init__(self, rounding: Rounding) -> None:
        self.scaled: Callable[[int, Ratio], int] = (
            _half_up if rounding is Rounding.HALF_UP else _cut
        )

    def cutting(self) -> "OnePath":
        """The carrier of one path that cuts to the fen."""
        return OnePath(Rounding.TRUNCATE)

    def where(self, condition: bool, yes: int, no: int) -> int:  # noqa: FBT001 - as numpy's
        """One of two amounts by a condition."""
        return yes if condition else no

    def part(self, amount: int, share: int, whole: int) -> int:
        """Amount * share / whole, rounded; where the whole is zero, zero."""
        return self.scaled(amount, (share, whole)) if whole else 0

    def exceeds(self, first: int, ratio: Ratio, second: int) -> bool:
        """Whether first * denominator > second * numerator."""
        return first * ratio[1] > second * ratio[0]


def _half_up(amount: int, ratio: Ratio) -> int:
    numerator, denominator = ratio
    return (2 * amount * numerator + denominator) // (2 * denominator)


def _cut(amount: int, ratio: Ratio) -> int:
    return amount * ratio[0] // ratio[1]


class ManyPaths:
    """float64 arrays that hold whole numbers; scalars stand for every path."""

    is_one_path = False
    least = staticmethod(np.minimum)
    greatest = staticmethod(np.maximum)
    where = staticmethod(np.where)

    def __init__(self, rounding: Rounding) -> None:
        self._is_half_up = rounding is Rounding.HALF_UP

    def any(self, condition: Cell) -> bool:
        """Whether a condition holds on some path."""
        return bool(np.any(condition))

    def breaks(self, condition: Cell) -> bool:
        """Whether something that must never hold does so on some path."""
        return bool(np.any(condition))

    def cutting(self) -> "ManyPaths":
        """The carrier of many paths that cuts to the fen."""
        return ManyPaths(Rounding.TRUNCATE)

    def scaled(self, amount: Cell, ratio: Ratio) -> Cell:
        """The amount times an exact factor, rounded."""
        numerator, denominator = ratio
        if numerator == 0:
            return np.zeros_like(amount)
        if numerator == denominator:
            return amount
        largest = float(np.max(np.abs(amount)))
        if 2 * (largest * abs(numerator) + denominator) < EXACT:
            if self._is_half_up:
                return np.floor((amount * (2 * numerator) + denominator) / (2 * denominator))
            return np.floor(amount * numerator / denominator)
        return _quotient(amount, float(numerator), float(denominator), half_up=self._is_half_up)

    def part(self, amount: Cell, share: Cell, whole: Cell) -> Cell:
        """Amount * share / whole, rounded; where the whole is zero, zero."""
        divisor = np.where(whole == 0, 1.0, whole)
        return _quotient(amount, share, divisor, half_up=self._is_half_up)

    def exceeds(self, first: Cell, ratio: Ratio, second: Cell) -> Cell:
        """Whether first * denominator > second * numerator, exactly."""
        left, left_rest = _product(first, float(ratio[1]))
        right, right_rest = _product(second, float(ratio[0]))
        return (left - right) + (left_rest - right_rest) > 0


_SPLITTER = 2.0**27 + 1


def _halves(value: Cell) -> tuple[Cell, Cell]:
    wide = value * _SPLITTER
    high = wide - (wide - value)
    return high, value - high


def _product(first: Cell, second: Cell) -> tuple[Cell, Cell]:
    """A product of two numbers as rounded product and exact rest (Dekker 1971)."""
    rounded = first * second
    first_high, first_low = _halves(first)
    second_high, second_low = _halves(second)
    rest = first_low * second_low - (
        ((rounded - first_high * second_high) - first_low * second_high) - first_high * second_low
    )
    return rounded, rest


def _quotient(first: Cell, second: Cell, divisor: Cell, *, half_up: bool) -> Cell:
    """First * second / divisor of whole numbers, rounded as exact arithmetic would round it.

    The float quotient is off by a few units at most; the exact remainder mends it.
    """
    product, rest = _product(first, second)
    guess = np.floor(product / divisor)
    back, back_rest = _product(guess, divisor)
    left = (product - back) + (rest - back_rest)
    off = np.floor(left / divisor)
    left = left - off * divisor
    whole = guess + off
    return whole + (2 * left >= divisor) if half_up else whole


@dataclass(frozen=True, slots=True)
class Sharing:
    """What each of several claimants gets of an amount that may be short."""

    carrier: Carrier
    remainder_to_first: bool
    cut: Carrier

    def over(self, dues: Sequence[Cell], total: Cell, paid: Cell) -> Sequence[Cell]:
        """The parts of `paid` by `dues`, which sum to `total`; the parts sum to `paid`."""
        if len(dues) == 1:
            return (paid,)
        if not self.carrier.any(paid != total):
            return dues
        return (
            self._first(dues, total, paid)
            if self.remainder_to_first
            else self._running(dues, total, paid)
        )

    def _running(self, dues: Sequence[Cell], total: Cell, paid: Cell) -> Sequence[Cell]:
        parts: list[Cell] = []
        claimed: Cell = 0
        before: Cell = 0
        for due in dues[:-1]:
            claimed = claimed + due
            upto = self.carrier.part(paid, claimed, total)
            parts.append(upto - before)
            before = upto
        parts.append(paid - before)
        return parts

    def _first(self, dues: Sequence[Cell], total: Cell, paid: Cell) -> Sequence[Cell]:
        parts = [self.cut.part(paid, due, total) for due in dues]
        left = paid
        for part in parts:
            left = left - part
        for index, due in enumerate(dues):
            more = self.carrier.least(left, due - parts[index])
            parts[index] = parts[index] + more
            left = left - more
        return parts


def carrier_of(rounding: Rounding, *, is_one_path: bool) -> Carrier:
    """The carrier for one path or many."""
    carrier: Carrier = OnePath(rounding) if is_one_path else ManyPaths(rounding)
    return carrier
