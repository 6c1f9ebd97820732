"""Units of figures and parameters, and what may be added to what.

A unit is a symbol, or symbols joined by `*` and `/`. A symbol has a dimension: money carries its
currency, everything else counts as a pure number, so a year may stand in an exponent.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from zhirong.core.errors import InputError

# Pure numbers, told apart only for the reader: a share of 1, years, score points, days ...
PURE = frozenset(
    (
        "1",
        "share",
        "year",
        "month",
        "day",
        "working_day",
        "point",
        "count",
        "multiple",
        "text",
        "table",
    )
)
CURRENCIES = frozenset(("CNY", "USD"))


class UnitError(InputError):
    """A unit that is not in the register, or two that do not go together."""

    code = "error.unit"


@dataclass(frozen=True, slots=True)
class Dimension:
    """Powers of each currency; empty for a pure number."""

    powers: tuple[tuple[str, float], ...] = ()

    def times(self, other: "Dimension", sign: int = 1) -> "Dimension":
        """The dimension of a product, or with sign -1 of a quotient."""
        if not other.powers:
            return self
        if not self.powers and sign > 0:
            return other
        powers = dict(self.powers)
        for currency, power in other.powers:
            powers[currency] = powers.get(currency, 0) + sign * power
        return Dimension(tuple(sorted((c, p) for c, p in powers.items() if p)))

    def raised(self, exponent: float) -> "Dimension":
        """The dimension of a power."""
        powers = ((currency, power * exponent) for currency, power in self.powers)
        return Dimension(tuple((currency, power) for currency, power in powers if power))

    @property
    def is_pure(self) -> bool:
        """Whether it is a pure number."""
        return not self.powers

    @property
    def unit(self) -> str:
        """A unit of the register with this dimension, for a figure that has no name of its own.

        >>> dimension("CNY").times(dimension("USD"), -1).unit
        'CNY/USD'
        """
        above = [s for currency, power in self.powers for s in _spelled(currency, power)]
        below = [s for currency, power in self.powers for s in _spelled(currency, -power)]
        return "/".join(["*".join(above) or "1", *below])


def _spelled(currency: str, power: float) -> list[str]:
    # Half a currency is nothing that a sheet could show; it may only stand within a formula.
    is_whole = power == int(power)
    return [currency] * int(power) if is_whole else [f"{currency}^{power:g}"] * (power > 0)


NUMBER = Dimension()


@lru_cache(maxsize=256)
def dimension(unit: str) -> Dimension:
    """The dimension of a unit.

    Raises:
        UnitError: A symbol outside the register, or symbols not joined by `*` or `/`.

    >>> dimension("CNY/year") == dimension("CNY")
    True
    """
    parts = re.split(r"([*/])", unit)
    result = NUMBER
    for joint, text in zip(("*", *parts[1::2]), parts[::2], strict=True):
        symbol = text.strip()
        if symbol in CURRENCIES:
            result = result.times(Dimension(((symbol, 1.0),)), -1 if joint == "/" else 1)
        elif symbol not in PURE:
            raise UnitError(f"Unit {symbol!r} of {unit!r} is not in the register.", unit=unit)
    return result
