"""The income methods run on a case: which groups each can value, its workings, its draws."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

from zhirong.application.case.assumed_inputs import ASSUMED
from zhirong.application.case.groups import Group
from zhirong.application.inputs.columns import Column, MissingInput
from zhirong.application.inputs.gathering import gather, lacking
from zhirong.application.inputs.ground import Ground, year_labels
from zhirong.application.runs import tax_benefit
from zhirong.application.runs.license_flows import Licensed, licensed
from zhirong.application.runs.running import Evaluate, Plan, Value, work
from zhirong.core.figure import Figure
from zhirong.core.messages import Message
from zhirong.core.operations import Array
from zhirong.core.sheet import Sheet
from zhirong.valuation.methods import (
    incremental_income,
    investment_ratio_split,
    profit_split,
    relief_from_royalty,
    revenue_split,
    with_and_without,
)


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

    def worked(self, sheet: Sheet, figures: Mapping[str, Figure]) -> Figure:
        """Its value on a sheet, from its inputs by name."""
        return self.value(sheet, a=self.inputs(**figures))


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
class MethodRun:
    """A method run on the groups it can value.

    Args:
        key, family, ageing: Of the method.
        rows: Rows of its groups on the case's axis "asset".
        sheet: Its workings at central assumptions.
        columns: Its inputs, for draws.
        evaluate: From drawn columns of its own rows to values (row, draw); None where nothing
            that it reads moves.
        supports: Sheets that its own takes lines from, in the order in which they build up.
        licensed: Its claims and sales for a license; None where it does not claim of sales.
        notes: What must be said of it.
    """

    key: str
    family: str
    ageing: str
    rows: tuple[int, ...]
    sheet: Sheet
    columns: Mapping[str, Column]
    evaluate: Evaluate | None
    supports: tuple[Sheet, ...] = ()
    licensed: Licensed | None = None
    notes: tuple[Message, ...] = ()

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
        rows, absent = applicable(method.names, method.own, ground)
        missing.extend(absent)
        if rows:
            runs.append(_run(method, rows, ground))
    return IncomeRuns(runs=tuple(runs), missing=tuple(dict.fromkeys(missing)))


def applicable(
    names: Sequence[str], own: Sequence[str], ground: Ground
) -> tuple[tuple[int, ...], tuple[MissingInput, ...]]:
    """Rows with sales that have all inputs; what is missing where a method's own are given."""
    rows: list[int] = []
    missing: list[MissingInput] = []
    for row, group in enumerate(ground.context.groups):
        if not is_meant(own, group, ground) or group.product.product not in ground.bases:
            continue
        absent = lacking(names, row, ground)
        if absent:
            missing.extend(absent)
        else:
            rows.append(row)
    return tuple(rows), tuple(missing)


def is_meant(own: Sequence[str], group: Group, ground: Ground) -> bool:
    """Whether all assumptions that are a method's own are given for a group."""
    book = ground.context.book
    keys = (ASSUMED[name].keys or (name,) for name in own)
    return all(any(book.find(key, group.scopes) for key in alternatives) for alternatives in keys)


def _run(method: IncomeMethod, rows: tuple[int, ...], ground: Ground) -> MethodRun:
    plan = income_plan(method.key, method.names, rows, ground, method.worked)
    worked = work(plan)
    return MethodRun(
        key=method.key,
        family="income",
        ageing=method.ageing,
        rows=rows,
        sheet=worked.sheet,
        columns=plan.columns,
        evaluate=worked.evaluate,
        licensed=licensed(plan, names=method.names, value=method.worked),
    )


def income_plan(
    key: str,
    names: tuple[str, ...],
    rows: tuple[int, ...],
    ground: Ground,
    value: Value,
    *,
    extra: Mapping[str, Column] = MappingProxyType({}),
) -> Plan:
    """The plan of a method on the sales of its groups, with the tax benefit where asked for.

    Args:
        key: Of the method.
        names: Its inputs.
        rows: Its groups, which lack none of them.
        ground: What methods share.
        value: The method.
        extra: Columns that are the method's own and not in the house's tables.
    """
    context = ground.context
    groups = tuple(context.groups[row] for row in rows)
    gathered = gather([name for name in names if name not in extra], rows, ground)
    has_benefit = any(tax_benefit.is_requested(context, group) for group in groups)
    benefit = tax_benefit.columns(context, groups) if has_benefit else {}
    return Plan(
        key=key,
        labels={
            "asset": tuple(group.name for group in groups),
            "year": year_labels(ground.years, context.valuation_date),
        },
        names=(*names, *benefit),
        columns={**gathered.columns, **extra, **benefit},
        linked=gathered.linked,
        years=ground.years,
        value=tax_benefit.lifted(value) if has_benefit else value,
        new_sheet=tax_benefit.BenefitSheet if has_benefit else Sheet,
    )


def needed_for(row: int, ground: Ground) -> tuple[MissingInput, ...]:
    """What the house's fall-back, the revenue split, lacks for a group."""
    method = next(item for item in METHODS if item.key == revenue_split.KEY)
    return lacking(method.names, row, ground)
