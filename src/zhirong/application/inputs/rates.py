"""The discount rate of each group: stated, built up from scored risks, or from the market.

Where every rate is stated, methods enter it as their own assumption. As soon as one is worked, all
stand on a sheet of their own, from which the methods take them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from zhirong.application.case.assumption_book import origin_of
from zhirong.application.case.case_file import Assumption
from zhirong.application.case.context import Context
from zhirong.application.inputs.build_up_rates import BuiltRates, built_rates
from zhirong.application.inputs.capital_market import CapitalCost, capital_cost
from zhirong.application.inputs.columns import Column, Link, MissingInput, Range
from zhirong.core.figure import Figure
from zhirong.core.messages import Fact, Message
from zhirong.core.operations import Array
from zhirong.core.sheet import Sheet
from zhirong.core.sources import ComputedOrigin

KEY = "discount_rate"
SPREAD = "discount_rate_spread"
PREMIUM = "intangible_premium"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Discount rates of the groups.

    Args:
        sheets: Workings, in the order in which they build on each other.
        sheet: The one with the line "discount_rate" (asset); None where every rate is stated.
        columns: For each group its rate with range; None where it is stated or not known.
        technology: The technology part of each group's rate, share.
        wacc: The firm's weighted cost of capital after tax, share; None where not known.
        missing: What worked rates lack.
        notes: Where a group has both a stated and a worked rate.
    """

    sheets: tuple[Sheet, ...] = ()
    sheet: Sheet | None = None
    columns: tuple["RowRate | None", ...] = ()
    technology: tuple[float, ...] = ()
    wacc: float | None = None
    missing: tuple[MissingInput, ...] = ()
    notes: tuple[Message, ...] = field(default=())

    def has(self, row: int) -> bool:
        """Whether the sheet knows the rate of a group."""
        return self.sheet is not None and self.columns[row] is not None

    def link(self, rows: Sequence[int]) -> Link:
        """The rates of some groups as a link."""
        assert self.sheet is not None, "asked only where a sheet is"
        return Link(sheet=self.sheet, line=KEY, rows=tuple(rows))

    def column(self, rows: Sequence[int]) -> Column:
        """The rates of some groups with their ranges."""
        own = [rate for row in rows if (rate := self.columns[row]) is not None]
        assert len(own) == len(rows), "asked only for groups whose rate is known"
        return Column(
            key=KEY,
            unit="share",
            axes=("asset",),
            central=np.array([rate.central for rate in own]),
            origins=(ComputedOrigin(by="linked"),),
            range=Range(
                low=np.array([rate.low for rate in own]),
                high=np.array([rate.high for rate in own]),
                scopes=tuple(rate.scope for rate in own),
                floor=0.0,
                ceiling=np.inf,
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRate:
    """The rate of one group, its 10 % and 90 % points, and the scope that moves it."""

    central: float
    low: float
    high: float
    scope: str


def rates_of(context: Context) -> Rates:
    """The rates of the case's groups; nothing is worked where nobody gave scores or premiums."""
    built = built_rates(context)
    capital = capital_cost(context)
    premiums = _premiums(context, built, capital)
    missing = (*built.missing, *capital.missing, *_premiums_missing(context, built, capital))
    sheets = (*((built.sheet,) if built.sheet else ()), *capital.sheets)
    if built.sheet is None and not any(premiums):
        return Rates(
            sheets=sheets,
            technology=(0.0,) * len(context.groups),
            wacc=capital.wacc,
            missing=missing,
        )
    stated = tuple(_stated(context, row, built, premiums) for row in range(len(context.groups)))
    sheet = _sheet(context, built, capital, premiums, stated)
    return Rates(
        sheets=(*sheets, sheet),
        sheet=sheet,
        columns=_columns(context, sheet, built, premiums, stated),
        technology=_technology(context, built),
        wacc=capital.wacc,
        missing=missing,
        notes=tuple(_notes(context, sheet, built, premiums)),
    )


Given = Sequence[Assumption | None]


def _premiums(context: Context, built: BuiltRates, capital: CapitalCost) -> Given:
    """What each group's rights ask above the firm's cost of capital; None for a built rate."""
    return tuple(
        None
        if capital.rate is None or row in built.rows
        else context.book.find(PREMIUM, group.scopes)
        for row, group in enumerate(context.groups)
    )


def _premiums_missing(
    context: Context, built: BuiltRates, capital: CapitalCost
) -> tuple[MissingInput, ...]:
    """Groups that nothing but the firm's cost of capital could give a rate to."""
    if capital.rate is None:
        return ()
    return tuple(
        MissingInput(key=PREMIUM, group=group.group)
        for row, group in enumerate(context.groups)
        if row not in built.rows
        and context.book.find(KEY, group.scopes) is None
        and context.book.find(PREMIUM, group.scopes) is None
    )


def _stated(context: Context, row: int, built: BuiltRates, premiums: Given) -> Assumption | None:
    if row in built.rows or premiums[row] is not None:
        return None
    return context.book.find(KEY, context.groups[row].scopes)


def _sheet(
    context: Context, built: BuiltRates, capital: CapitalCost, premiums: Given, stated: Given
) -> Sheet:
    sheet = Sheet(KEY, labels={"asset": tuple(group.name for group in context.groups)})
    parts: list[Figure] = []
    if built.sheet is not None:
        there = [built.rows.index(n) if n in built.rows else -1 for n in range(len(context.groups))]
        parts.append(sheet.take(built.sheet, KEY, as_key="built_rate", rows=there))
    if any(premiums):
        assert capital.rate is not None, "premiums count only above a cost of capital"
        base = capital.rate.take(sheet, "capital_cost_rate")
        uses = sheet.computed(
            "uses_capital_cost",
            [float(item is not None) for item in premiums],
            "1",
            axes=("asset",),
            origins=ComputedOrigin(by="rate_kind"),
        )
        parts.append((base + _entered(sheet, PREMIUM, premiums)) * uses)
    if any(stated):
        parts.append(_entered(sheet, "stated_rate", stated))
    rate = parts[0]
    for part in parts[1:]:
        rate = rate + part
    sheet.line(KEY, rate, "share")
    return sheet


def _entered(sheet: Sheet, key: str, given: Given) -> Figure:
    """A judged number of some groups; 0 for the others."""
    return sheet.enter(
        key,
        [0.0 if item is None else float(item.central) for item in given],
        "share",
        axes=("asset",),
        origins=[
            ComputedOrigin(by="not_used") if item is None else origin_of(item) for item in given
        ],
    )


def _columns(
    context: Context, sheet: Sheet, built: BuiltRates, premiums: Given, stated: Given
) -> tuple[RowRate | None, ...]:
    values = sheet.lines[KEY].figure.values
    rows: list[RowRate | None] = []
    for row, group in enumerate(context.groups):
        own = stated[row]
        if own is not None:
            central = float(own.central)
            low = central if own.low is None else float(own.low)
            high = central if own.high is None else float(own.high)
            rows.append(RowRate(central=central, low=low, high=high, scope=own.scope))
        elif row in built.rows or premiums[row] is not None:
            spread = context.book.find(SPREAD, group.scopes)
            width = 0.0 if spread is None else float(spread.central)
            rows.append(_around(float(values[row]), width, spread.scope if spread else ""))
        else:
            rows.append(None)
    return tuple(rows)


def _around(central: float, width: float, scope: str) -> RowRate:
    low = max(central - width, 0.0)
    return RowRate(central=central, low=low, high=central + width, scope=f"{SPREAD} {scope}")


def _technology(context: Context, built: BuiltRates) -> tuple[float, ...]:
    if built.sheet is None:
        return (0.0,) * len(context.groups)
    part: Array = built.sheet.lines["technology_risk"].figure.values
    return tuple(
        float(part[built.rows.index(row)]) if row in built.rows else 0.0
        for row in range(len(context.groups))
    )


def _notes(context: Context, sheet: Sheet, built: BuiltRates, premiums: Given) -> list[Message]:
    values = sheet.lines[KEY].figure.values
    notes: list[Message] = []
    for row, group in enumerate(context.groups):
        stated = context.book.find(KEY, group.scopes)
        if stated is not None and (row in built.rows or premiums[row] is not None):
            facts: dict[str, Fact] = {
                "group": group.name,
                "stated": float(stated.central),
                "worked": round(float(values[row]), 9),
            }
            notes.append(Message("note.rate_stated_beside_worked", facts))
    return notes
