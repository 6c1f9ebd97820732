"""What was spent on each group: the rows of the firm's cost accounts added up by item.

Axis "asset" of the sheet runs over items of groups, axis "right" over the rows of the accounts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhirong.application.case.case_file import CostItem
from zhirong.application.case.context import Context, fact_origin
from zhirong.application.inputs.columns import Link
from zhirong.core.figure import total_by
from zhirong.core.sheet import Sheet
from zhirong.valuation import cost_steps

KEY = "cost_items"
ITEMS = ("labor", "materials", "equipment", "overhead", "filing_fees")
LABOR = ("labor",)
GOODS = ("materials", "equipment", "overhead")
GROWTH = "valuation.cost.price_growth"
DEVELOPMENT = "valuation.cost.development_years"  # first to last year of spending


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """The costs of a case.

    Args:
        context: Of the case.
        items: The rows of groups of the case.
        sheet: Line "spent" (asset): CNY by group and item.
        groups: Rows of the case's groups that have costs.
    """

    context: Context
    items: tuple[CostItem, ...]
    sheet: Sheet
    groups: tuple[int, ...]

    def link(self, item: str, rows: Sequence[int]) -> Link:
        """What was spent on an item, for some groups; 0 for those without costs."""
        there = tuple(
            self.groups.index(row) * len(ITEMS) + ITEMS.index(item) if row in self.groups else -1
            for row in rows
        )
        return Link(sheet=self.sheet, line="spent", rows=there)

    def by_year(self, row: int, kinds: Sequence[str]) -> Mapping[int, float]:
        """Spending on some items of one group by calendar year, CNY."""
        group = self.context.groups[row].group
        years: dict[int, float] = {}
        for item in self.items:
            if item.group == group and _kind(item) in kinds:
                years[item.year] = years.get(item.year, 0.0) + float(item.amount)
        return years

    def suggested_index(self, row: int, *, is_labor: bool) -> float:
        """Prices now over prices then by the house's yearly rise, weighted by the spending."""
        on = self.context.valuation_date
        rises = self.context.parameters.get(GROWTH, on=on).value
        rise = 1 + float(rises["labor" if is_labor else "goods"])
        spent = self.by_year(row, LABOR if is_labor else GOODS)
        if not sum(spent.values()) > 0:
            return 1.0
        first = min(*spent, on.year)
        index = {year: rise ** (year - first) for year in (*spent, on.year)}
        return round(cost_steps.composite_index(spent, index=index, to_year=on.year), 9)

    def suggested_development(self, row: int) -> float:
        """Years from the first to the last spending, both counted."""
        years = self.by_year(row, ITEMS)
        return float(max(years) - min(years) + 1)


def spending(context: Context) -> Spending | None:
    """The costs of the case's groups; None where the file has none."""
    names = {group.group: row for row, group in enumerate(context.groups)}
    items = tuple(item for item in context.case.costs if item.group in names)
    if not items:
        return None
    groups = tuple(sorted({names[item.group] for item in items}))
    return Spending(
        context=context, items=items, sheet=_sheet(context, items, groups), groups=groups
    )


def _kind(item: CostItem) -> str:
    """The item as the methods know it; contracted research and the like go with overhead."""
    return item.item if item.item in ITEMS else "overhead"


def _sheet(context: Context, items: Sequence[CostItem], groups: Sequence[int]) -> Sheet:
    places = {context.groups[row].group: n for n, row in enumerate(groups)}
    index = tuple(places[item.group] * len(ITEMS) + ITEMS.index(_kind(item)) for item in items)
    sheet = Sheet(
        KEY,
        labels={
            "asset": tuple(f"{group} / {kind}" for group in places for kind in ITEMS),
            "right": tuple(f"{item.group} / {item.item} / {item.year}" for item in items),
        },
    )
    amounts = sheet.fact(
        "spent_amount",
        [float(item.amount) for item in items],
        "CNY",
        axes=("right",),
        origins=[fact_origin(item.source, "costs") for item in items],
    )
    sheet.line("spent", total_by(amounts, index=index, assets=len(places) * len(ITEMS)), "CNY")
    return sheet
