"""The Georgia-Pacific factors on royalty and split rates, where an analyst judged them.

Assumptions `georgia_pacific.<factor>` say by what share a factor raises or lowers the rate.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from zhirong.application.case.assumed_inputs import ASSUMED
from zhirong.application.case.assumption_book import origin_of
from zhirong.application.case.case_file import Assumption
from zhirong.application.case.context import Context
from zhirong.application.case.groups import Group
from zhirong.application.inputs.columns import Column, Link, scaled
from zhirong.core.figure import Figure
from zhirong.core.sheet import Sheet
from zhirong.core.sources import ComputedOrigin
from zhirong.valuation import georgia_pacific, published
from zhirong.valuation.georgia_pacific import AdjustmentTooLargeError, UnknownFactorError

PREFIX = f"{georgia_pacific.KEY}."
# The rates that the factors move; a share of sales K = m + (n - m) x score moves with both ends.
RATES = ("royalty_rate", "split_rate", "split_low", "split_high")
Judged = Mapping[str, Sequence[Assumption | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RateFactors:
    """The effect of the factors; lines "adjusted_<rate>" (asset) of `sheet`, None where none."""

    sheet: Sheet | None = None

    def link(self, name: str, rows: Sequence[int]) -> Link | None:
        """The adjusted rate of some groups; None where nothing adjusts it."""
        if self.sheet is None or f"adjusted_{name}" not in self.sheet.lines:
            return None
        return Link(sheet=self.sheet, line=f"adjusted_{name}", rows=tuple(rows))

    def adjusted(self, column: Column, rows: Sequence[int]) -> Column:
        """A column of rates with the factors' effect in it."""
        if self.sheet is None or f"adjusted_{column.key}" not in self.sheet.lines:
            return column
        effect = self.sheet.lines["factor_effect_limited"].figure.values
        return scaled(column, effect[list(rows)])


def rate_factors(context: Context) -> RateFactors:
    """The sheet of the factors, where at least one was judged for at least one group.

    Raises:
        UnknownFactorError, AdjustmentTooLargeError: A factor outside the table, or beyond its
            limit.
    """
    keys = sorted({key for key, _, _ in context.book.entries if key.startswith(PREFIX)})
    judged = {
        key.removeprefix(PREFIX): [context.book.find(key, group.scopes) for group in context.groups]
        for key in keys
    }
    if not any(item for items in judged.values() for item in items):
        return RateFactors()
    _check(context, judged)
    return RateFactors(sheet=_sheet(context, judged))


def _check(context: Context, judged: Judged) -> None:
    on = context.valuation_date
    known = context.parameters.get(georgia_pacific.FACTORS, on=on).value
    limit = context.parameters.get(georgia_pacific.LIMITS, on=on).value["single_factor"]
    for factor, items in judged.items():
        if factor not in known:
            raise UnknownFactorError(factor)
        for item in items:
            if item is not None and abs(item.central) > limit:
                raise AdjustmentTooLargeError(factor, adjustment=item.central, limit=limit)


def _sheet(context: Context, judged: Judged) -> Sheet:
    on = context.valuation_date
    sheet = Sheet(
        georgia_pacific.KEY, labels={"asset": tuple(group.name for group in context.groups)}
    )
    limits = context.parameters.get(georgia_pacific.LIMITS, on=on)
    together = (limits.value["all_factors"], "share")
    effect = georgia_pacific.effect(
        sheet,
        changes=tuple(
            _entered(sheet, f"adjust_{factor}", items) for factor, items in judged.items()
        ),
        limit=published.enter_part(sheet, "adjust_limit", together, limits, on=on),
    )
    for name in RATES:
        keys = ASSUMED[name].keys or (name,)
        stated = [_first(context, keys, group) for group in context.groups]
        if any(stated):
            sheet.line(f"adjusted_{name}", _entered(sheet, name, stated) * effect, "share")
    return sheet


def _first(context: Context, keys: Sequence[str], group: Group) -> Assumption | None:
    found = (context.book.find(key, group.scopes) for key in keys)
    return next((item for item in found if item is not None), None)


def _entered(sheet: Sheet, key: str, items: Sequence[Assumption | None]) -> Figure:
    return sheet.enter(
        key,
        np.array([0.0 if item is None else float(item.central) for item in items]),
        "share",
        axes=("asset",),
        origins=[
            ComputedOrigin(by="not_judged") if item is None else origin_of(item) for item in items
        ],
    )
