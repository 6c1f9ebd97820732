"""What security is worth to the lender: caps by kind, haircuts, shortfall, loan to value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from zhirong.core import money
from zhirong.core.errors import InputError
from zhirong.core.money import Money, Rounding


class ShareError(InputError):
    """A cap or haircut that is no share."""

    code = "error.collateral_share"

    def __init__(self, share: Decimal) -> None:
        super().__init__(f"{share} is no share from 0 to 1.", share=share)


class CapMissingError(InputError):
    """A right of a kind that has no cap."""

    code = "error.cap_missing"

    def __init__(self, kind: str) -> None:
        super().__init__(f"No cap for rights of the kind {kind!r}.", kind=kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgedRight:
    """A right as security: its kind and its appraised market value."""

    number: str
    kind: str  # invention, utility_model, design, trademark ...
    market_value: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Security:
    """An asset at market value, and the share of it that the lender disregards."""

    value: Money
    haircut: Decimal


def covered_amount(
    rights: Sequence[PledgedRight], *, caps: Mapping[str, Decimal], rounding: Rounding
) -> Money:
    """Sum of cap by kind x market value: prudence counted once.

    Raises:
        CapMissingError: A kind without a cap.
        ShareError: A cap outside 0 to 1.
    """
    exact = Fraction(0)
    for right in rights:
        if right.kind not in caps:
            raise CapMissingError(right.kind)
        exact += Fraction(right.market_value.amount) * _share(caps[right.kind])
    currency = rights[0].market_value.currency if rights else "CNY"
    money.total((right.market_value for right in rights), currency)  # one currency, or it raises
    return Money.rounded(exact, currency, rounding=rounding)


def lending_value(securities: Sequence[Security], *, rounding: Rounding) -> Money:
    """Sum of value x (1 - haircut), rounded once.

    Raises:
        ShareError: A haircut outside 0 to 1.
    """
    currency = securities[0].value.currency if securities else "CNY"
    money.total((item.value for item in securities), currency)  # one currency, or it raises
    return Money.rounded(_lending_value(securities), currency, rounding=rounding)


def shortfall(exposure: Money, securities: Sequence[Security], *, rounding: Rounding) -> Money:
    """What of the exposure the security does not carry; zero where it carries all.

    Args:
        exposure: Outstanding principal with accrued interest.
        securities: Assets with their haircuts.
        rounding: From the exact lending value to whole fen.
    """
    missing = exposure - lending_value(securities, rounding=rounding)
    return max(missing, Money.of_fen(0, exposure.currency))


def loan_to_value(exposure: Money, securities: Sequence[Security]) -> Fraction | None:
    """Exposure with accrued interest over the lending value, exactly; None without any value."""
    value = _lending_value(securities)
    money.total((exposure, *(item.value for item in securities)), exposure.currency)
    return Fraction(exposure.amount) / value if value else None


def _lending_value(securities: Sequence[Security]) -> Fraction:
    return sum(
        (Fraction(item.value.amount) * (1 - _share(item.haircut)) for item in securities),
        Fraction(0),
    )


def _share(share: Decimal) -> Fraction:
    if not (share.is_finite() and 0 <= share <= 1):
        raise ShareError(share)
    return Fraction(share)
