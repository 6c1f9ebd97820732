"""The default rate that a tranche bears before it first loses.

The callable runs the plan at a default rate (yearly, cumulative or a multiple of the base: the
caller's measure) and gives what the tranche loses. Losses must not fall as the rate rises.
"""

from collections.abc import Callable
from dataclasses import dataclass

from zhirong.core.errors import InputError


class BreakEvenError(InputError):
    """Bounds between which no rate can be looked for."""

    code = "error.securitization.break_even"

    def __init__(self, most: float, precision: float) -> None:
        super().__init__(
            f"No rate can be found between 0 and {most} to within {precision}.",
            most=most,
            precision=precision,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEven:
    """Where a tranche begins to lose.

    Attributes:
        rate: The highest rate tried that it bears in full; None where it loses even at 0.
        first_loss_rate: The lowest rate tried at which it loses; None where it bears the most.
        first_loss_fen: What it loses there.
        runs: How many runs it took.
    """

    rate: float | None
    first_loss_rate: float | None
    first_loss_fen: float
    runs: int


def default_rate(loss_fen: Callable[[float], float], *, most: float, precision: float) -> BreakEven:
    """The rate, found by halving, to within `precision`.

    Args:
        loss_fen: What the tranche loses at a rate, in fen.
        most: The highest rate that makes sense, such as 1 for all.
        precision: The distance within which rate and first loss lie.

    Raises:
        BreakEvenError: `most` or `precision` is not above 0.

    >>> found = default_rate(lambda rate: max(rate - 0.125, 0.0) * 1e6, most=1.0, precision=0.01)
    >>> found.rate, found.first_loss_rate
    (0.125, 0.1328125)
    """
    if not 0.0 < precision <= most:
        raise BreakEvenError(most, precision)
    at_none = loss_fen(0.0)
    if at_none > 0.0:
        return BreakEven(rate=None, first_loss_rate=0.0, first_loss_fen=at_none, runs=1)
    high_loss = loss_fen(most)
    if high_loss <= 0.0:
        return BreakEven(rate=most, first_loss_rate=None, first_loss_fen=0.0, runs=2)
    low, high, runs = 0.0, most, 2
    while high - low > precision:
        middle = (low + high) / 2.0
        lost = loss_fen(middle)
        runs += 1
        if lost > 0.0:
            high, high_loss = middle, lost
        else:
            low = middle
    return BreakEven(rate=low, first_loss_rate=high, first_loss_fen=high_loss, runs=runs)
