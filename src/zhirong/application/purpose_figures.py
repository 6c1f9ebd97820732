"""What a purpose asks for in a few figures, for tables of firms side by side."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from zhirong.application.result import KeepAdvice, LicenseTerms, Valuation

# Amounts in CNY, rates as shares, counts of rights; in the order of the columns.
UNITS: Mapping[str, Mapping[str, str]] = {
    "pledge": {"collateral": "CNY"},
    "transfer": {"opening": "CNY", "target": "CNY", "walk_away": "CNY"},
    "license": {"rate_low": "rate", "rate_high": "rate", "lump_sum": "CNY"},
    "management": {
        "keep": "count",
        "keep_until": "count",
        "drop": "count",
        "other_advice": "count",
        "saved": "CNY",
    },
}
_SHOWN = ("keep", "keep_until", "drop")


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeFigure:
    """One figure that a purpose asks for.

    Attributes:
        key: Of `UNITS`.
        unit: CNY, rate (a share) or count.
        value: None where the valuation does not give it.
    """

    key: str
    unit: str
    value: float | None


def purpose_figures(valuation: Valuation | None, purpose: str) -> tuple[PurposeFigure, ...]:
    """The figures of a purpose, in order; without values where nothing was valued.

    Pledge: the amount that the rights secure. Transfer: the seller's three prices. License: the
    lowest and highest rate of all groups' ranges and the sum of their lump sums. Management: how
    many rights have each advice, and the fees that following it saves.
    """
    found = {} if valuation is None else _found(valuation)
    return tuple(
        PurposeFigure(key=key, unit=unit, value=found.get(key))
        for key, unit in UNITS[purpose].items()
    )


def _found(valuation: Valuation) -> dict[str, float]:
    found = _license(valuation.license) | _keep(valuation.keep)
    if valuation.pledge is not None:
        found["collateral"] = valuation.pledge.collateral_amount
    prices = valuation.transfer
    if prices is not None:
        found |= {
            "opening": prices.opening,
            "target": prices.target,
            "walk_away": prices.walk_away,
        }
    return found


def _license(terms: tuple[LicenseTerms, ...]) -> dict[str, float]:
    if not terms:
        return {}
    return {
        "rate_low": min(term.rate_low for term in terms),
        "rate_high": max(term.rate_high for term in terms),
        "lump_sum": sum(term.lump_sum for term in terms),
    }


def _keep(advice: tuple[KeepAdvice, ...]) -> dict[str, float]:
    if not advice:
        return {}
    counted = Counter(item.advice for item in advice)
    shown = {key: counted[key] for key in _SHOWN}
    other = len(advice) - sum(shown.values())
    return {**shown, "other_advice": other, "saved": sum(item.saved for item in advice)}
