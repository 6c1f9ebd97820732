"""Units of figures and parameters, and what may be added to what.

A unit is a symbol, or symbols joined by `*` and `/`. A symbol has a dimension: money carries its
currency, everything else counts as a pure number, so a year may stand in an exponent.
"""

from dataclasses import dataclass

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
        powers = dict(self.powers)
        for currency, power in other.powers:
            powers[currency] = powers.get(currency, 0) + sign * power
        return Dimension(tuple(sorted((c, p) for c, p in powers.items() if p)))

    def raised(self, exponent: float) -> "Dimension":
        """The dimension of a power."""
        return Dimension(tuple((currency, power * exponent) for currency, power in self.powers))

    @property
    def is_pure(self) -> bool:
        """Whether it is a pure number."""
        return not self.powers


NUMBER = Dimension()


def dimension(unit: str) -> Dimension:
    """The dimension of a unit.

    Raises:
        UnitError: A symbol outside the register.

    >>> dimension("CNY/year") == dimension("CNY")
    True
    """
    result = NUMBER
    sign = 1
    for symbol in unit.replace("*", " * ").replace("/", " / ").split():
        if symbol == "*":
            sign = 1
        elif symbol == "/":
            sign = -1
        elif symbol in CURRENCIES:
            result = result.times(Dimension(((symbol, 1.0),)), sign)
        elif symbol not in PURE:
            raise UnitError(f"Unit {symbol!r} of {unit!r} is not in the register.", unit=unit)
    return result
