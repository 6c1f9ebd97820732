"""What all sections of the valuation report read: the result, its words, and a few sums over it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhirong.adapters.documents.blocks import Span
from zhirong.adapters.documents.reports.wording import Wording
from zhirong.application.result import (
    Appraisal,
    GroupValue,
    PledgeResult,
    RightValue,
    Valuation,
)
from zhirong.application.workings import InputRecord, SheetRecord
from zhirong.core.messages import Fact
from zhirong.core.sources import LineOrigin

FloatArray = NDArray[np.float64]
DAYS_A_YEAR = 365.25
ALIVE = ("in_force", "fee_grace")
CONCLUSION = "conclusion"
# Figures that open to workings: (what, index number).
PORTFOLIO = "portfolio"
COLLATERAL = "collateral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one method says of one group: the method's sheet, the group's row there, its weight."""

    group: GroupValue
    method: str
    weight: float
    sheet: SheetRecord
    row: int

    def line(self, key: str) -> FloatArray | None:
        """The group's part of a line or input; None where the sheet lacks it."""
        entry = self.sheet.entry(key)
        if entry is None:
            return None
        values = np.asarray(entry.values, dtype=np.float64).reshape(self.sheet.shape(entry.axes))
        if "asset" not in entry.axes:
            return values
        own: FloatArray = np.take(values, self.row, axis=entry.axes.index("asset"))
        return own


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A result that holds a value, and how to say it."""

    appraisal: Appraisal
    valuation: Valuation
    wording: Wording
    parts: tuple[Part, ...] = field(default=())

    def say(self, code: str, **facts: Fact) -> str:
        """A text of the catalog."""
        return self.wording.say(code, **facts)

    @property
    def point(self) -> float:
        """The value of the portfolio, CNY."""
        return self.valuation.total.value

    @property
    def pledge(self) -> PledgeResult | None:
        """The pledge view, where the purpose is a pledge."""
        return self.valuation.pledge if self.appraisal.options.purpose == "pledge" else None

    @property
    def ranked(self) -> tuple[RightValue, ...]:
        """The rights that serve a product, most valuable first."""
        valued = [right for right in self.valuation.rights if carries(right)]
        return tuple(sorted(valued, key=lambda right: (-right.value, right.right)))

    @property
    def alive(self) -> tuple[RightValue, ...]:
        """The rights in force on the valuation date."""
        return tuple(right for right in self.valuation.rights if right.state in ALIVE)

    @property
    def counted(self) -> tuple[Part, ...]:
        """The methods that count in the conclusion, group by group."""
        return tuple(part for part in self.parts if part.weight > 0)

    def share(self, value: float) -> float:
        """A part of the whole value."""
        return value / self.point if self.point else 0.0

    def index(self, what: str) -> str:
        """The index number of a figure's workings; empty where it has none."""
        known = indexed(self)
        return str(known.index(what) + 1) if what in known else ""

    def linked(self, text: str, what: str) -> Span:
        """A figure with the index number of its workings."""
        return Span(text, index=self.index(what))

    def expiry(self, right: RightValue) -> date:
        """The last day of a right's term, the same as due diligence shows."""
        return next(
            item.last_day for item in self.appraisal.diligence.rights if item.right == right.right
        )

    def parameter(self, path: str) -> Any:  # noqa: ANN401 - a published value is any plain type
        """A published value as the result keeps it; None where it was not used."""
        found = (item.value for item in self.appraisal.parameters if item.path == path)
        return next(found, None)


def view_of(appraisal: Appraisal, valuation: Valuation, wording: Wording) -> View:
    """The view of a result that holds a value."""
    return View(
        appraisal=appraisal,
        valuation=valuation,
        wording=wording,
        parts=_parts(appraisal.sheets, valuation.groups),
    )


def _parts(sheets: Sequence[SheetRecord], groups: Sequence[GroupValue]) -> tuple[Part, ...]:
    by_name = {sheet.name: sheet for sheet in sheets}
    conclusion = by_name.get(CONCLUSION)
    if conclusion is None:
        return ()
    return tuple(
        Part(
            group=group,
            method=item.method,
            weight=item.weight,
            sheet=by_name[item.method],
            row=_row(conclusion, item.method, place),
        )
        for place, group in enumerate(groups)
        for item in group.methods
        if item.method in by_name
    )


def _row(conclusion: SheetRecord, method: str, place: int) -> int:
    """The row of a group on its method's sheet, as the conclusion links it."""
    entry = conclusion.entry(f"value:{method}")
    assert isinstance(entry, InputRecord), f"the conclusion takes {method}"
    origin = entry.origins[0]
    rows = origin.rows if isinstance(origin, LineOrigin) else ()
    return rows[place] if rows else place


def indexed(view: View) -> tuple[str, ...]:
    """The figures that have workings, in the order of their index numbers."""
    pledge = (COLLATERAL,) if view.pledge else ()
    return (PORTFOLIO, *pledge, *(group.group for group in view.valuation.groups))


def summed(parts: Sequence[Part], key: str) -> FloatArray | None:
    """A yearly line summed over methods and groups by their weights; None where one lacks it."""
    lines = [(part.weight, part.line(key)) for part in parts]
    if not lines or any(line is None for _, line in lines):
        return None
    total: FloatArray = np.sum(
        [weight * line for weight, line in lines if line is not None], axis=0
    )
    return total


def spread(parts: Sequence[Part], key: str) -> tuple[float, float] | None:
    """The lowest and highest of an input over the groups; None where no method has it."""
    lines = [line for part in parts if (line := part.line(key)) is not None]
    if not lines:
        return None
    return float(min(np.min(line) for line in lines)), float(max(np.max(line) for line in lines))


def carries(right: RightValue) -> bool:
    """Whether a right has a part of the value by one of the two rules."""
    return right.value > 0 or right.shapley_value > 0


def main_method(group: GroupValue) -> str:
    """The method that counts most in a group."""
    return max(group.methods, key=lambda item: item.weight).method
