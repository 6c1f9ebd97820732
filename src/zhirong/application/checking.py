"""Whether the values fit the business that carries them; breaches belong on page one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zhirong.application import facts
from zhirong.application.case_file import Assumption
from zhirong.application.conclusion import Conclusion
from zhirong.application.context import Context
from zhirong.application.income import MethodRun
from zhirong.application.result import ProductCheck
from zhirong.application.sales_basis import SalesBasis
from zhirong.core.messages import Message
from zhirong.core.operations import Array
from zhirong.valuation.profit_check import (
    Claim,
    ProductProfit,
    claims_within_profit,
    intangibles_within_enterprise,
)

SHARE_MAX = "valuation.profit_check.royalty_share_max"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Every product's cash against all claims on it, and what is breached."""

    products: tuple[ProductCheck, ...]
    breaches: tuple[Message, ...]


def check(
    context: Context,
    conclusion: Conclusion,
    runs: Sequence[MethodRun],
    bases: dict[str, SalesBasis],
) -> Checked:
    """Claims within profit, and intangibles within the enterprise where the accounts tell."""
    share_max = context.number(SHARE_MAX)
    claims = _claims(conclusion, runs)
    profits = _profits(context, bases)
    breaches = list(claims_within_profit(claims, profits, share_max=share_max))
    enterprise = _enterprise_value(context)
    if enterprise is not None:
        breaches.extend(
            intangibles_within_enterprise(
                [float(value) for value in conclusion.values],
                enterprise_value=enterprise,
                subject=context.case.firm.name,
            )
        )
    return Checked(
        products=_rows(context, claims, profits, share_max),
        breaches=tuple(breach.message for breach in breaches),
    )


def _claims(conclusion: Conclusion, runs: Sequence[MethodRun]) -> list[Claim]:
    """What each group claims of its product's cash, by the weights of the conclusion."""
    claims: list[Claim] = []
    for place, row in enumerate(conclusion.rows):
        item = conclusion.groups[place]
        cash: Array | None = None
        for run in runs:
            weight = item.reconciliation.weights.get(run.key, 0.0) if row in run.rows else 0.0
            if weight > 0 and run.claimed is not None:
                part = weight * run.claimed[run.rows.index(row)]
                cash = part if cash is None else cash + part
        if cash is not None:
            claims.append(
                Claim(
                    product=item.group.product.product,
                    asset=item.group.group,
                    cash=tuple(cash.tolist()),
                )
            )
    return claims


def _profits(context: Context, bases: dict[str, SalesBasis]) -> list[ProductProfit]:
    """Operating profit of each product along the growth that its groups assume."""
    profits: list[ProductProfit] = []
    for product, basis in bases.items():
        margin = facts.margin_of(product, context)
        if margin is None:
            continue
        growth = [
            float(found.central) if (found := _growth(context, product, year)) else 0.0
            for year in range(1, context.years + 1)
        ]
        sales = float(basis.used) * np.cumprod(1 + np.array(growth))
        profits.append(
            ProductProfit(
                product=product, operating_profit=tuple((sales * float(margin[0])).tolist())
            )
        )
    return profits


def _growth(context: Context, product: str, year: int) -> Assumption | None:
    scopes = next(
        (group.scopes for group in context.groups if group.product.product == product),
        (product, ""),
    )
    return context.book.find("growth", scopes, year=year)


def _enterprise_value(context: Context) -> float | None:
    """The analyst's enterprise value where there is one; accounts alone do not tell it."""
    found = context.book.find("enterprise_value", ("",))
    return None if found is None else float(found.central)


def _rows(
    context: Context,
    claims: Sequence[Claim],
    profits: Sequence[ProductProfit],
    share_max: float,
) -> tuple[ProductCheck, ...]:
    names = {item.product: item.name for item in context.case.products}
    rows: list[ProductCheck] = []
    for profit in profits:
        own = [claim.cash for claim in claims if claim.product == profit.product]
        if not own:
            continue
        for year, earned in enumerate(profit.operating_profit):
            claimed = sum(cash[year] for cash in own if year < len(cash))
            rows.append(
                ProductCheck(
                    product=profit.product,
                    name=names[profit.product],
                    year=year + 1,
                    claimed=round(claimed, 2),
                    profit=round(earned, 2),
                    share=round(claimed / earned, 9) if earned > 0 else 0.0,
                    limit=share_max,
                )
            )
    return tuple(rows)
