"""Whether values fit the business that carries them: what rights claim against what there is.

Each check gives breaches as data, empty where all is well; the report puts them on page one.
Amounts are CNY, rates are shares. Amounts are compared with a slack of a fen, rates of 1e-9.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from zhirong.core.messages import Fact, Message

_FEN = 0.01
_RATE_SLACK = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A limit that is not kept, with the facts that show it; `subject` is what it is about."""

    subject: str
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The yearly cash before tax that one asset's method claims of a product, from year 1."""

    product: str
    asset: str
    cash: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductProfit:
    """The yearly operating profit of a product before royalties, from year 1."""

    product: str
    operating_profit: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """An asset of the enterprise at value, and the yearly return after tax that it asks."""

    asset: str
    value: float
    rate: float


def claims_within_profit(
    claims: Sequence[Claim], profits: Sequence[ProductProfit], *, share_max: float
) -> tuple[Breach, ...]:
    """Breaches of: all claims on a product are at most `share_max` of its profit in each year.

    One breach a product, for the year with the largest excess. A product claimed on without known
    profit, or for longer than it is known, is a breach too: what is not known carries no value.
    Claims above the whole profit say so under a code of their own.
    """
    known = {item.product: item.operating_profit for item in profits}
    products = tuple(dict.fromkeys(claim.product for claim in claims))
    breaches = []
    for product in products:
        cash = _claimed(product, claims)
        if product not in known:
            unknown = _breach(product, "breach.profit_unknown", product=product, claimed=max(cash))
            breaches.append(unknown)
            continue
        profit = known[product] + (0.0,) * (len(cash) - len(known[product]))
        found = _worst_year(product, cash, profit, share_max=share_max)
        if found is not None:
            breaches.append(found)
    return tuple(breaches)


def _claimed(product: str, claims: Sequence[Claim]) -> tuple[float, ...]:
    own = [claim.cash for claim in claims if claim.product == product]
    years = max(len(cash) for cash in own)
    return tuple(sum(cash[t] for cash in own if t < len(cash)) for t in range(years))


def _worst_year(
    product: str, cash: tuple[float, ...], profit: tuple[float, ...], *, share_max: float
) -> Breach | None:
    excess = [c - share_max * max(p, 0.0) for c, p in zip(cash, profit, strict=False)]
    worst = max(range(len(excess)), key=excess.__getitem__)
    if excess[worst] <= _FEN:
        return None
    whole = cash[worst] > max(profit[worst], 0.0) + _FEN
    code = "breach.claims_above_profit" if whole else "breach.claims_above_share"
    return _breach(
        product,
        code,
        product=product,
        year=worst + 1,
        claimed=cash[worst],
        profit=profit[worst],
        share_max=share_max,
    )


def _breach(subject: str, code: str, **facts: Fact) -> Breach:
    return Breach(subject=subject, message=Message(code, facts))


def intangibles_within_enterprise(
    values: Sequence[float], *, enterprise_value: float, subject: str
) -> tuple[Breach, ...]:
    """A breach where intangibles together are worth more than the enterprise that holds them."""
    total = sum(values)
    if total <= enterprise_value + _FEN:
        return ()
    code = "breach.intangibles_above_enterprise"
    return (_breach(subject, code, intangibles=total, enterprise=enterprise_value),)


def returns_reconcile(
    holdings: Sequence[Holding], *, wacc: float, tolerance: float, subject: str
) -> tuple[Breach, ...]:
    """A breach where the weighted return on assets is further from WACC than the tolerance.

    Without any value there is nothing to weigh, and no breach.
    """
    total = sum(holding.value for holding in holdings)
    if total <= 0:
        return ()
    weighted = sum(holding.value * holding.rate for holding in holdings) / total
    if abs(weighted - wacc) <= tolerance + _RATE_SLACK:
        return ()
    code = "breach.returns_unreconciled"
    return (_breach(subject, code, weighted=weighted, wacc=wacc, tolerance=tolerance),)


def rates_above_wacc(rights: Sequence[Holding], *, wacc: float) -> tuple[Breach, ...]:
    """A breach for each right discounted at no more than the enterprise's WACC.

    Intangibles are its riskiest assets, so their rate lies above the average.
    """
    return tuple(
        _breach(right.asset, "breach.rate_not_above_wacc", rate=right.rate, wacc=wacc)
        for right in rights
        if right.rate <= wacc + _RATE_SLACK
    )


def one_residual(business: str, *, assets: Sequence[str]) -> tuple[Breach, ...]:
    """A breach where several assets of one business were valued by excess earnings."""
    if len(assets) <= 1:
        return ()
    code = "breach.excess_earnings_twice"
    return (_breach(business, code, count=len(assets), assets=tuple(assets)),)


def same_tax_basis(method: str, *, flow_basis: str, rate_basis: str) -> tuple[Breach, ...]:
    """A breach where flows after tax meet a rate before tax, or the other way round."""
    if flow_basis == rate_basis:
        return ()
    return (
        _breach(
            method,
            "breach.tax_basis",
            method=f"method.{method}",
            flow=f"basis.{flow_basis}",
            rate=f"basis.{rate_basis}",
        ),
    )
