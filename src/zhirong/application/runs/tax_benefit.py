"""The tax amortization benefit on top of an income value, where an assumption asks for it."""

from collections.abc import Mapping

import numpy as np

from zhirong.application.case.assumption_book import origin_of
from zhirong.application.case.context import Context, parameter_origin
from zhirong.application.case.groups import Group
from zhirong.application.inputs.columns import Column, fixed
from zhirong.application.runs.running import Value
from zhirong.core.figure import Figure, where
from zhirong.core.sheet import Sheet
from zhirong.core.sources import ComputedOrigin
from zhirong.valuation import tax

REQUEST = "tax_amortization_benefit"  # assumption 1: the value is stated with the benefit
BUYER_TAX = "buyer_tax_rate"
AMORTIZATION = "valuation.tax.amortization_years"
BEFORE = "value_before_benefit"
NAMES = ("benefit_requested", "buyer_tax_rate", "amortization_years")


class BenefitSheet(Sheet):
    """A sheet that keeps a method's own result under another key; the lifted one is its value."""

    is_lifted = False

    def line(self, key: str, figure: Figure, unit: str) -> Figure:
        """Name a figure; the method's "value" is the value before the benefit."""
        is_own = key == "value" and not self.is_lifted
        return super().line(BEFORE if is_own else key, figure, unit)


def is_requested(context: Context, group: Group) -> bool:
    """Whether the value of the group is to be stated with the benefit."""
    found = context.book.find(REQUEST, group.scopes)
    return found is not None and found.central == 1


def columns(context: Context, groups: tuple[Group, ...]) -> dict[str, Column]:
    """Who asked for it, the buyer's tax rate, and the years of amortization."""
    on = context.valuation_date
    requests = [context.book.find(REQUEST, group.scopes) for group in groups]
    flags = fixed(
        "benefit_requested",
        np.array([float(is_requested(context, group)) for group in groups]),
        "1",
        axes=("asset",),
        origins=[
            ComputedOrigin(by="not_used") if item is None else origin_of(item) for item in requests
        ],
    )
    buyer = context.book.find(BUYER_TAX, ("",))
    standard = context.parameters.get(tax.STANDARD_RATE, on=on)
    rate = fixed(
        "buyer_tax_rate",
        float(standard.number if buyer is None else buyer.central),
        "share",
        axes=(),
        origins=[parameter_origin(standard, on) if buyer is None else origin_of(buyer)],
    )
    period = context.parameters.get(AMORTIZATION, on=on)
    years = fixed(
        "amortization_years",
        float(period.number),
        "year",
        axes=(),
        origins=[parameter_origin(period, on)],
    )
    return {"benefit_requested": flags, "buyer_tax_rate": rate, "amortization_years": years}


def lifted(value: Value) -> Value:
    """The same method with the benefit on top, for groups that ask for it; on a BenefitSheet."""

    def with_benefit(sheet: Sheet, figures: Mapping[str, Figure]) -> Figure:
        assert isinstance(sheet, BenefitSheet), "the plan names the kind of sheet"
        plain = value(sheet, {key: f for key, f in figures.items() if key not in NAMES})
        sheet.is_lifted = True
        whole = tax.with_amortization_benefit(
            sheet,
            plain,
            rate=figures["discount_rate"],
            tax_rate=figures["buyer_tax_rate"],
            amortization_years=figures["amortization_years"],
        )
        return sheet.line("value", where(figures["benefit_requested"], whole, plain), "CNY")

    return with_benefit
