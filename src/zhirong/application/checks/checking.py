"""Whether the values fit the business that carries them; breaches belong on page one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from zhirong.application.case.case_file import Assumption
from zhirong.application.case.context import Context
from zhirong.application.case.sales_basis import SalesBasis
from zhirong.application.checks.ageing_checks import ageing_breaches
from zhirong.application.checks.cross_checks import cross_checks
from zhirong.application.checks.rate_checks import rate_checks
from zhirong.application.checks.silence_checks import (
    split_growth,
    unknown_scopes,
    unvalued_groups,
)
from zhirong.application.conclusion import Conclusion
from zhirong.application.inputs import facts
from zhirong.application.inputs.ground import Ground
from zhirong.application.result import ProductCheck
from zhirong.application.runs.income import MethodRun
from zhirong.core.messages import Message
from zhirong.core.operations import Array
from zhirong.core.sheet import Sheet
from zhirong.valuation.methods import excess_earnings
from zhirong.valuation.profit_check import (
    Breach,
    Claim,
    ProductProfit,
    claims_within_profit,
    intangibles_within_enterprise,
    one_residual,
)

SHARE_MAX = "valuation.profit_check.royalty_share_max"
REASONED_SHARE = "royalty_share_max"  # assumption: another share of a product's profit, reasoned


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Every product's cash against all claims on it, what is breached, what must be said.

    `sheets` are the workings of the checks.
    """

    products: tuple[ProductCheck, ...]
    breaches: tuple[Message, ...]
    notes: tuple[Message, ...]
    sheets: tuple[Sheet, ...]


def check(ground: Ground, conclusion: Conclusion, runs: Sequence[MethodRun]) -> Checked:
    """Claims within profit, values within the enterprise, rates that reconcile, ageing once."""
    context = ground.context
    claims = _claims(conclusion, runs)
    profits = _profits(context, ground.bases)
    breaches = [
        breach
        for product in dict.fromkeys(claim.product for claim in claims)
        for breach in claims_within_profit(
            [claim for claim in claims if claim.product == product],
            profits,
            share_max=_share_max(context, product),
        )
    ]
    enterprise = _enterprise_value(context)
    if enterprise is not None:
        breaches.extend(
            intangibles_within_enterprise(
                [float(value) for value in conclusion.values],
                enterprise_value=enterprise,
                subject=context.case.firm.name,
            )
        )
    breaches.extend(_residuals(conclusion))
    rates = rate_checks(ground, conclusion)
    rule = cross_checks(ground, runs)
    return Checked(
        products=_rows(context, claims, profits),
        breaches=(
            *(breach.message for breach in breaches),
            *rates.breaches,
            *ageing_breaches(ground, conclusion, runs),
            *unvalued_groups(ground, runs),
            *unknown_scopes(ground),
            *split_growth(ground),
        ),
        notes=(*rule.notes, *_unchecked(ground, enterprise)),
        sheets=tuple(sheet for sheet in (rates.sheet, rule.sheet) if sheet is not None),
    )


def _share_max(context: Context, product: str) -> float:
    """The house's share of a product's profit, or the one that an analyst gave a reason for."""
    found = context.book.find(REASONED_SHARE, (product, ""))
    return context.number(SHARE_MAX) if found is None else float(found.central)


def _unchecked(ground: Ground, enterprise: float | None) -> Iterator[Message]:
    """What could not be checked, for want of an enterprise value or a cost of capital."""
    if enterprise is None:
        yield Message("note.enterprise_unchecked")
    if ground.rates.wacc is None:
        yield Message("note.returns_unchecked")


def _residuals(conclusion: Conclusion) -> list[Breach]:
    """A breach for each product of which several groups count by what is left of its profit."""
    counted: dict[str, list[str]] = {}
    for item in conclusion.groups:
        if item.reconciliation.weights.get(excess_earnings.KEY, 0.0) > 0:
            counted.setdefault(item.group.product.name, []).append(item.group.name)
    return [
        breach
        for product, groups in counted.items()
        for breach in one_residual(product, assets=groups)
    ]


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


def _profits(context: Context, bases: Mapping[str, SalesBasis]) -> list[ProductProfit]:
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
) -> tuple[ProductCheck, ...]:
    names = {item.product: item.name for item in context.case.products}
    rows: list[ProductCheck] = []
    for profit in profits:
        own = [claim.cash for claim in claims if claim.product == profit.product]
        if not own:
            continue
        share_max = _share_max(context, profit.product)
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
