"""The income methods run on a case: which groups each can value, its workings, its draws."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from zhirong.application import facts
from zhirong.application.columns import (
    ASSUMED,
    Column,
    InputBuilder,
    MissingInput,
    assumed_column,
    fixed,
)
from zhirong.application.context import Context
from zhirong.application.ground import year_labels
from zhirong.application.groups import Group
from zhirong.application.sales_basis import SalesBasis
from zhirong.core.figure import Figure
from zhirong.core.operations import Array
from zhirong.core.sheet import Sheet
from zhirong.core.sources import ComputedOrigin
from zhirong.valuation.methods import (
    incremental_income,
    investment_ratio_split,
    profit_split,
    relief_from_royalty,
    revenue_split,
    with_and_without,
)

Drawn = Mapping[str, Array]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeMethod:
    """An income method and the assumptions that are its own: where they are given, it is run."""

    key: str
    ageing: str
    inputs: type[Any]
    value: Callable[..., Figure]
    own: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its inputs."""
        return tuple(item.name for item in fields(self.inputs))


METHODS = (
    IncomeMethod(
        key=relief_from_royalty.KEY,
        ageing=relief_from_royalty.AGEING,
        inputs=relief_from_royalty.Inputs,
        value=relief_from_royalty.value,
        own=("royalty_rate",),
    ),
    IncomeMethod(
        key=revenue_split.KEY,
        ageing=revenue_split.AGEING,
        inputs=revenue_split.Inputs,
        value=revenue_split.value,
        own=("split_low", "split_high"),
    ),
    IncomeMethod(
        key=profit_split.KEY,
        ageing=profit_split.AGEING,
        inputs=profit_split.Inputs,
        value=profit_split.value,
        own=("split_rate",),
    ),
    IncomeMethod(
        key=investment_ratio_split.KEY,
        ageing=investment_ratio_split.AGEING,
        inputs=investment_ratio_split.Inputs,
        value=investment_ratio_split.value,
        own=("technology_cost", "technology_margin", "enterprise_cost", "enterprise_margin"),
    ),
    IncomeMethod(
        key=incremental_income.KEY,
        ageing=incremental_income.AGEING,
        inputs=incremental_income.Inputs,
        value=incremental_income.value,
        own=("price_premium", "extra_volume", "contribution_margin", "cost_saving"),
    ),
    IncomeMethod(
        key=with_and_without.KEY,
        ageing=with_and_without.AGEING,
        inputs=with_and_without.Inputs,
        value=with_and_without.value,
        own=("sales_lost", "margin_lost", "catch_up"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the methods share.

    Args:
        matrix, tax: Sheets with lines "mapped_share" (asset) and "tax_rate" (year).
        scores: Composite score of each group, points.
    """

    context: Context
    bases: Mapping[str, SalesBasis]
    matrix: Sheet
    tax: Sheet
    scores: Sequence[float]
    years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodRun:
    """A method run on the groups it can value.

    Args:
        key, family, ageing: Of the method.
        rows: Rows of its groups on the case's axis "asset".
        sheet: Its workings at central assumptions.
        columns: Its inputs, for draws.
        evaluate: From drawn columns of its own rows to values (row, draw).
    """

    key: str
    family: str
    ageing: str
    rows: tuple[int, ...]
    sheet: Sheet
    columns: Mapping[str, Column]
    evaluate: Callable[[Drawn], Array] | None

    @property
    def values(self) -> Array:
        """Central values of its groups, CNY; shape (rows,)."""
        return self.sheet.lines["value"].figure.values

    @property
    def claimed(self) -> Array | None:
        """Cash of the product that it claims, CNY; shape (rows, years)."""
        line = self.sheet.lines.get("claimed_cash")
        return line.figure.values if line else None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeRuns:
    """The methods that could be run, and what the others lack for groups they were meant for."""

    runs: tuple[MethodRun, ...]
    missing: tuple[MissingInput, ...]


def income_runs(ground: Ground) -> IncomeRuns:
    """Run every income method on every group whose assumptions are there."""
    runs: list[MethodRun] = []
    missing: list[MissingInput] = []
    for method in METHODS:
        rows, lacking = _applicable(method, ground)
        missing.extend(lacking)
        if rows:
            runs.append(_run(method, rows, ground))
    return IncomeRuns(runs=tuple(runs), missing=tuple(dict.fromkeys(missing)))


def _applicable(
    method: IncomeMethod, ground: Ground
) -> tuple[tuple[int, ...], tuple[MissingInput, ...]]:
    """Rows for which all inputs are there; what is missing where the method's own are given."""
    rows: list[int] = []
    missing: list[MissingInput] = []
    for row, group in enumerate(ground.context.groups):
        if not _is_meant(method, group, ground) or group.product.product not in ground.bases:
            continue
        lacking = _lacking(method, group, ground)
        if lacking:
            missing.extend(lacking)
        else:
            rows.append(row)
    return tuple(rows), tuple(missing)


def _is_meant(method: IncomeMethod, group: Group, ground: Ground) -> bool:
    book = ground.context.book
    keys = (ASSUMED[name].keys or (name,) for name in method.own)
    return all(any(book.find(key, group.scopes) for key in alternatives) for alternatives in keys)


def _lacking(method: IncomeMethod, group: Group, ground: Ground) -> tuple[MissingInput, ...]:
    lacking: list[MissingInput] = []
    for name in method.names:
        if name in ASSUMED:
            found = assumed_column(name, (group,), book=ground.context.book, years=ground.years)
            if isinstance(found, tuple):
                lacking.extend(found)
        elif (
            name == "operating_margin" and facts.operating_margin((group,), ground.context) is None
        ):
            lacking.append(MissingInput(key=name, group=group.group))
    return tuple(lacking)


def _columns(
    method: IncomeMethod, groups: Sequence[Group], rows: Sequence[int], ground: Ground
) -> dict[str, Column]:
    context = ground.context
    mapped = ground.matrix.lines["mapped_share"].figure.values[list(rows)]
    linked = (ComputedOrigin(by="linked"),)
    ready: dict[str, Column | None] = {
        "base_sales": facts.base_sales(groups, ground.bases),
        "operating_margin": facts.operating_margin(groups, context),
        "mapped_share": fixed("mapped_share", mapped, "share", axes=("asset",), origins=linked),
        "tax_rate": fixed(
            "tax_rate",
            ground.tax.lines["tax_rate"].figure.values,
            "share",
            axes=("year",),
            origins=linked,
        ),
        "composite_score": fixed(
            "composite_score",
            np.array(ground.scores)[list(rows)],
            "point",
            axes=("asset",),
            origins=(ComputedOrigin(by="group_score"),),
        ),
        "upkeep": facts.upkeep(groups, context, ground.years),
        "timing": facts.timing(context),
        "printed": facts.printed(),
    }
    columns: dict[str, Column] = {}
    for name in method.names:
        column = ready.get(name)
        if name in ASSUMED:
            assumed = assumed_column(name, groups, book=context.book, years=ground.years)
            assert isinstance(assumed, Column), "applicable rows have all assumptions"
            column = assumed
        if column is not None:
            columns[name] = column
    return columns


def _run(method: IncomeMethod, rows: tuple[int, ...], ground: Ground) -> MethodRun:
    groups = [ground.context.groups[row] for row in rows]
    columns = _columns(method, groups, rows, ground)
    names = method.names
    linked: dict[str, Callable[[Sheet], Figure]] = {
        "mapped_share": lambda sheet: sheet.take(ground.matrix, "mapped_share", rows=rows),
        "tax_rate": lambda sheet: sheet.take(ground.tax, "tax_rate"),
    }
    builder = InputBuilder(columns=columns, years=ground.years, linked=linked)
    labels = {
        "asset": tuple(group.name for group in groups),
        "year": year_labels(ground.years, ground.context.valuation_date),
    }
    sheet = Sheet(method.key, labels=labels)
    method.value(sheet, a=method.inputs(**builder.enter(sheet, names)))

    def evaluate(drawn: Drawn) -> Array:
        free = Sheet(method.key, keep=False)
        figure = method.value(free, a=method.inputs(**builder.enter(free, names, drawn)))
        return _with_draws(figure, drawn)

    return MethodRun(
        key=method.key,
        family="income",
        ageing=method.ageing,
        rows=rows,
        sheet=sheet,
        columns=columns,
        evaluate=evaluate,
    )


def _with_draws(figure: Figure, drawn: Drawn) -> Array:
    """Values with the draw axis, also where nothing that the method reads moves."""
    if "draw" in figure.axes:
        return figure.values
    draws = next(iter(drawn.values())).shape[-1] if drawn else 1
    values: Array = np.repeat(figure.values[..., None], draws, axis=-1)
    return values


def needed_for(group: Group, ground: Ground) -> tuple[MissingInput, ...]:
    """What the house's fall-back, the revenue split, lacks for a group."""
    method = next(item for item in METHODS if item.key == revenue_split.KEY)
    return _lacking(method, group, ground)
