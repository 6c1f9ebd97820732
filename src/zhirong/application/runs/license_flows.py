"""What a license would pay: a method's yearly claims and the sales they are a share of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from zhirong.application.runs.running import Drawn, Plan, Value, with_draws
from zhirong.core.figure import Figure, total
from zhirong.core.operations import Array
from zhirong.core.sheet import Sheet

READ = ("revenue", "in_life", "claimed_cash", "discount_factor")  # of methods on sales


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentFlows:
    """Present values before tax, CNY; shape (row, draw).

    Args:
        claimed: Of what the method claims.
        sales: Of the mapped sales within the economic life.
    """

    claimed: Array
    sales: Array


Licensed = Callable[[Drawn], PresentFlows]


class ReadingSheet(Sheet):
    """A sheet without workings that remembers a few lines of one run."""

    def __init__(self, name: str, *, keys: Sequence[str]) -> None:
        super().__init__(name, keep=False)
        self.keys = tuple(keys)
        self.read: dict[str, Figure] = {}

    def line(self, key: str, figure: Figure, unit: str) -> Figure:
        """Name a figure, and remember it where it is one of those read."""
        if key in self.keys:
            self.read[key] = figure
        return super().line(key, figure, unit)


def licensed(plan: Plan, *, names: Sequence[str], value: Value) -> Licensed:
    """The flows of a method that claims of sales, as a function of draws.

    Args:
        plan: Of the method.
        names: The method's own inputs.
        value: The method, without anything that is put on top of its value.
    """

    def flows(drawn: Drawn) -> PresentFlows:
        sheet = ReadingSheet(plan.key, keys=READ)
        value(sheet, plan.builder.enter(sheet, names, drawn))
        read = sheet.read
        claimed = total(read["claimed_cash"] * read["discount_factor"], over="year")
        kept = read["revenue"] * read["in_life"]
        sales = total(kept * read["discount_factor"], over="year")
        return PresentFlows(claimed=with_draws(claimed, drawn), sales=with_draws(sales, drawn))

    return flows
