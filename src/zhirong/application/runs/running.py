"""A method worked on a case: once with its workings kept, and again in draws, by one text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from zhirong.application.inputs.columns import Column, InputBuilder, Link
from zhirong.core.figure import Figure
from zhirong.core.operations import Array
from zhirong.core.sheet import Sheet

Drawn = Mapping[str, Array]
Evaluate = Callable[[Drawn], Array]
Value = Callable[[Sheet, Mapping[str, Figure]], Figure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a method needs to be worked.

    Args:
        key: Name of the sheet.
        labels: Of the sheet's axes.
        names: Inputs in the order in which they are entered; "year" counts the forecast years.
        columns: Every input but "year".
        linked: Inputs that are lines of other sheets.
        years: Number of forecast years.
        value: From a sheet and the inputs as figures to the value.
        new_sheet: Kind of sheet that it is worked on.
    """

    key: str
    labels: Mapping[str, tuple[str, ...]]
    names: tuple[str, ...]
    columns: Mapping[str, Column]
    value: Value
    years: int = 0
    linked: Mapping[str, Link] = field(default_factory=dict)
    new_sheet: type[Sheet] = Sheet

    @property
    def builder(self) -> InputBuilder:
        """Enters the inputs on a sheet."""
        return InputBuilder(columns=self.columns, years=self.years, linked=self.linked)

    @property
    def is_uncertain(self) -> bool:
        """Whether any input has a range."""
        return any(
            bool(np.any(column.range.low < column.range.high))
            for column in self.columns.values()
            if column.range is not None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """The kept workings and the function of draws."""

    sheet: Sheet
    evaluate: Evaluate


def work(plan: Plan) -> Worked:
    """Work the plan at central assumptions, and make the function that works it in draws."""
    sheet = plan.new_sheet(plan.key, labels=plan.labels)
    plan.value(sheet, plan.builder.enter(sheet, plan.names))

    def evaluate(drawn: Drawn) -> Array:
        free = plan.new_sheet(plan.key, keep=False)
        return with_draws(plan.value(free, plan.builder.enter(free, plan.names, drawn)), drawn)

    return Worked(sheet=sheet, evaluate=evaluate)


def with_draws(figure: Figure, drawn: Drawn) -> Array:
    """Values with the draw axis, also where nothing that the method reads moves."""
    if "draw" in figure.axes:
        return figure.values
    draws = next(iter(drawn.values())).shape[-1] if drawn else 1
    values: Array = np.repeat(figure.values[..., None], draws, axis=-1)
    return values
