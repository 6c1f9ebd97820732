"""Profit split: the right's share of the operating profit on the sales that it serves."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from zhirong.core.figure import Figure
from zhirong.core.messages import Message
from zhirong.core.sheet import Sheet
from zhirong.parameters.reader import Parameters
from zhirong.valuation import projection, published

KEY = "profit_split"
AGEING = "royalty_decay"
TAX_BASIS = "after_tax"

RULES = "valuation.profit_split.rules"
CROSS_CHECK = "valuation.profit_split.cross_check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the method reads, entered on the sheet as facts, parameters or assumptions.

    Attributes:
        base_sales: Sales of the product in the year before the valuation date, CNY; (asset).
        growth: Growth of each forecast year over the one before, share; (asset, year).
        mapped_share: Share of the sales that the rights serve by the signed matrix; (asset) or
            (asset, year).
        operating_margin: Operating profit as a share of sales; (asset) or (asset, year).
        split_rate: The right's share of the operating profit in the first year; (asset).
        split_decay: Yearly fall of the split rate as the technology ages, share; (asset).
        life: Remaining economic life, years; (asset).
        upkeep: Annual fees of the group's rights, CNY; (asset, year).
        tax_rate: Corporate income tax, share; (year) or (asset, year).
        discount_rate: Yearly rate after tax, share; (asset).
        year: Index of the forecast year, from `Sheet.years`; (year).
        timing: 0.5 for mid-year, 1.0 for year-end discounting, years; no axes.
        printed: 1 to discount by factors of four decimals as tables print them, else 0; no axes.
    """

    base_sales: Figure
    growth: Figure
    mapped_share: Figure
    operating_margin: Figure
    split_rate: Figure
    split_decay: Figure
    life: Figure
    upkeep: Figure
    tax_rate: Figure
    discount_rate: Figure
    year: Figure
    timing: Figure
    printed: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A split rate that a named rule proposes; it counts only once an analyst accepts it.

    `rule` is the key of its name among the words, `source` tells how far it is verified.
    """

    rule: str
    split_rate: Decimal
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossCheck:
    """A value by a rule that is no evidence: shown beside the conclusion with its warning."""

    value: Figure
    split_rate: Decimal
    warning: Message


def value(sheet: Sheet, *, a: Inputs) -> Figure:
    """Value on the valuation date by a share of profit; line "value", CNY, (asset).

    Source:
        Practice of Chinese appraisal reports (LSLP: the licensor's share of the licensee's
        profit).
    """
    revenue = projection.revenue_path(
        sheet, base_sales=a.base_sales, growth=a.growth, mapped_share=a.mapped_share
    )
    profit = sheet.line("operating_profit", revenue * a.operating_margin, "CNY")
    kept = sheet.line("in_life", projection.in_life(a.life, a.year), "share")
    aged = projection.aged(a.split_rate, decay=a.split_decay, year=a.year)
    rate = sheet.line("split_rate_aged", aged, "share")
    claimed = sheet.line("claimed_cash", profit * (rate * kept), "CNY")
    net = sheet.line("net_of_upkeep", claimed - a.upkeep * kept, "CNY")
    after_tax = sheet.line("after_tax", net * (1 - a.tax_rate), "CNY")
    exact = projection.discount_factor(a.discount_rate, year=a.year, timing=a.timing)
    factor = sheet.line("discount_factor", projection.printed_factor(exact, printed=a.printed), "1")
    return projection.abandonable_value(sheet, after_tax, factor=factor)


def proposals(parameters: Parameters, *, on: date) -> tuple[Proposal, ...]:
    """What the rules of three and four parts propose as split rates, in that order."""
    rules = parameters.get(RULES, on=on)
    return tuple(
        Proposal(rule=f"rule.{name}", split_rate=1 / parts, source=rules.source)
        for name, parts in rules.value.items()
    )


def cross_check(sheet: Sheet, *, a: Inputs, parameters: Parameters, on: date) -> CrossCheck:
    """The value at the share of the 25 per cent rule, with the warning that it must carry.

    Args:
        sheet: A sheet of its own.
        a: Inputs as entered on that sheet.
        parameters: Where the rule's share is read.
        on: The valuation date.
    """
    rule = parameters.get(CROSS_CHECK, on=on)
    rate = published.enter(sheet, "rule_split_rate", rule, on=on)
    return CrossCheck(
        value=value(sheet, a=replace(a, split_rate=rate)),
        split_rate=rule.number,
        warning=Message("warning.twenty_five_percent_rule", {"share": rule.number}),
    )
