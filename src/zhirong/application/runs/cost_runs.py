"""The cost methods run on a case: reproduction, replacement, and cost with multipliers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from zhirong.application.case.assumed_inputs import ASSUMED
from zhirong.application.case.context import parameter_origin
from zhirong.application.inputs.columns import Column, Link, MissingInput, fixed, optional_column
from zhirong.application.inputs.gathering import gather, lacking
from zhirong.application.inputs.ground import Ground, year_labels
from zhirong.application.inputs.life_means import mean_tax
from zhirong.application.runs.income import MethodRun, is_meant
from zhirong.application.runs.running import Plan, Value, work
from zhirong.application.runs.spending import DEVELOPMENT, GROWTH, ITEMS, Spending
from zhirong.core.daycounts import years_and_part
from zhirong.core.figure import Figure, minimum
from zhirong.core.sheet import Sheet
from zhirong.core.sources import ComputedOrigin
from zhirong.valuation.methods import cost_multiplier, cost_replacement, cost_reproduction

ADDITIVE = "valuation.cost.additive"
# Either of the two tells functional obsolescence; the proposal is by age.
FUNCTIONAL = ("functional", "functional_by_age")
LIVES = ("life", "legal_life")
_AGED = ("life", "legal_life", "used_years", *FUNCTIONAL, "economic", "additive")
_TRENDED = ("labor_index", "goods_index")
REPRODUCTION = (*ITEMS, *_TRENDED, "development_years", "capital_rate", "margin", *_AGED)
MULTIPLIER = (*ITEMS, *_TRENDED, "labor_multiplier", "failure_rate", "return_rate", *_AGED)
REPLACEMENT = (
    *("person_months", "monthly_cost", "replacement_materials", "overhead_rate", "filing_fees"),
    *("development_years", "capital_rate", "margin", "excess_operating_cost", "discount_rate"),
    *(
        "life",
        "legal_life",
        "used_years",
        "functional_by_age",
        "utilization",
        "scale_exponent",
        "additive",
    ),
    *("tax_rate", "year"),
)
OPTIONAL = (*FUNCTIONAL, "excess_operating_cost")
OWN = {
    cost_multiplier.KEY: ("labor_multiplier", "failure_rate", "return_rate"),
    cost_replacement.KEY: ("person_months", "monthly_cost"),
}


def cost_runs(
    ground: Ground, spent: Spending | None
) -> tuple[tuple[MethodRun, ...], tuple[MissingInput, ...]]:
    """The cost methods that can be run, and what the others lack where they were meant."""
    runs: list[MethodRun] = []
    missing: list[MissingInput] = []
    for key, names, value in _METHODS:
        rows: list[int] = []
        for row in _meant(key, ground, spent):
            absent = _lacking(names, row, ground, spent)
            missing.extend(absent)
            if not absent:
                rows.append(row)
        if rows:
            runs.append(_run(key, _plan(key, names, rows, ground, spent, value), rows, spent))
    return tuple(runs), tuple(missing)


def _meant(key: str, ground: Ground, spent: Spending | None) -> Sequence[int]:
    """Groups with costs; for forms of their own also those whose own assumptions are given."""
    with_costs = spent.groups if spent else ()
    if key == cost_reproduction.KEY:
        return with_costs
    groups = ground.context.groups
    rows = [row for row, group in enumerate(groups) if is_meant(OWN[key], group, ground)]
    return [row for row in rows if key == cost_replacement.KEY or row in with_costs]


def _lacking(
    names: Sequence[str], row: int, ground: Ground, spent: Spending | None
) -> tuple[MissingInput, ...]:
    absent = list(lacking([name for name in names if name not in OPTIONAL], row, ground))
    group = ground.context.groups[row]
    alternatives = [name for name in OPTIONAL if name in names]
    if not any(ground.context.book.find(name, group.scopes) for name in alternatives):
        absent.append(MissingInput(key="functional_by_age", group=group.group))
    return tuple(_suggested(item, row, spent) for item in absent)


def _suggested(item: MissingInput, row: int, spent: Spending | None) -> MissingInput:
    """What the spending itself suggests, for an analyst to accept."""
    if spent is None or row not in spent.groups:
        return item
    if item.key in _TRENDED:
        index = spent.suggested_index(row, is_labor=item.key == "labor_index")
        return replace(item, suggestion=index, rule=GROWTH)
    if item.key == "development_years":
        return replace(item, suggestion=spent.suggested_development(row), rule=DEVELOPMENT)
    return item


def _plan(
    key: str,
    names: tuple[str, ...],
    rows: Sequence[int],
    ground: Ground,
    spent: Spending | None,
    value: Value,
) -> Plan:
    context = ground.context
    groups = [context.groups[row] for row in rows]
    assumed = gather([name for name in names if name not in OPTIONAL], rows, ground)
    linked: dict[str, Link] = {**assumed.linked}
    columns: dict[str, Column] = {**assumed.columns}
    for name in names:
        if name in OPTIONAL:
            columns[name] = optional_column(name, groups, book=context.book)
        elif name in ITEMS and spent is not None:
            linked[name] = spent.link(name, rows)
            columns[name] = linked[name].column(name)
        elif name in ITEMS:
            columns[name] = _nothing_spent(name, len(rows))
    columns["used_years"] = _used_years(rows, ground)
    columns["legal_life"] = _legal_life(rows, ground)
    columns["additive"] = _additive(ground)
    return Plan(
        key=key,
        labels={
            "asset": tuple(group.name for group in groups),
            "year": year_labels(ground.years, context.valuation_date),
        },
        names=names,
        columns=columns,
        linked=linked,
        years=ground.years,
        value=value,
    )


def _nothing_spent(name: str, count: int) -> Column:
    origin = ComputedOrigin(by="no_costs")
    return fixed(name, [0.0] * count, "CNY", axes=("asset",), origins=(origin,))


def _used_years(rows: Sequence[int], ground: Ground) -> Column:
    """The mean age of each group's rights from filing to the valuation date."""
    context = ground.context
    ages = []
    for row in rows:
        filed = [context.case.patents[place].filing_date for place in context.groups[row].rights]
        own = [float(years_and_part(day, context.valuation_date)) for day in filed]
        ages.append(round(sum(own) / len(own), 9))
    origin = ComputedOrigin(by="age_from_filing")
    return fixed("used_years", ages, "year", axes=("asset",), origins=(origin,))


def _legal_life(rows: Sequence[int], ground: Ground) -> Column:
    """The longest legal life among each group's rights: an economic life does not outlast it."""
    context = ground.context
    lives = [context.legal_life(context.groups[row]) for row in rows]
    origin = ComputedOrigin(by="legal_life")
    return fixed("legal_life", lives, "year", axes=("asset",), origins=(origin,))


def _remaining(sheet: Sheet, f: Mapping[str, Figure]) -> Figure:
    return sheet.line("remaining_years", minimum(f["life"], f["legal_life"]), "year")


def _additive(ground: Ground) -> Column:
    on = ground.context.valuation_date
    found = ground.context.parameters.get(ADDITIVE, on=on)
    origin = parameter_origin(found, on)
    return fixed("additive", float(found.number), "1", axes=(), origins=(origin,))


def _run(key: str, plan: Plan, rows: Sequence[int], spent: Spending | None) -> MethodRun:
    worked = work(plan)
    assert all(name in plan.columns or name == "year" for name in plan.names), key
    return MethodRun(
        key=key,
        family="cost",
        ageing=_AGEING[key],
        rows=tuple(rows),
        sheet=worked.sheet,
        columns={name: c for name, c in plan.columns.items() if name in ASSUMED},
        evaluate=worked.evaluate if plan.is_uncertain else None,
        supports=(spent.sheet,) if spent else (),
    )


def _reproduction(sheet: Sheet, f: Mapping[str, Figure]) -> Figure:
    own = {name: figure for name, figure in f.items() if name not in LIVES}
    return cost_reproduction.value(
        sheet, a=cost_reproduction.Inputs(remaining_years=_remaining(sheet, f), **own)
    )


def _multiplier(sheet: Sheet, f: Mapping[str, Figure]) -> Figure:
    labor = sheet.line("labor_today", f["labor"] * f["labor_index"], "CNY")
    materials = sheet.line("materials_today", f["materials"] * f["goods_index"], "CNY")
    goods = (f["equipment"] + f["overhead"]) * f["goods_index"]
    others = sheet.line("other_costs", goods + f["filing_fees"], "CNY")
    return cost_multiplier.value(
        sheet,
        a=cost_multiplier.Inputs(
            materials=materials,
            other_costs=others,
            labor=labor,
            remaining_years=_remaining(sheet, f),
            **{name: f[name] for name in (*OWN[cost_multiplier.KEY], *_AGED) if name not in LIVES},
        ),
    )


def _replacement(sheet: Sheet, f: Mapping[str, Figure]) -> Figure:
    own = {
        name: figure
        for name, figure in f.items()
        if name not in (*LIVES, "replacement_materials", "tax_rate", "year")
    }
    remaining = _remaining(sheet, f)
    return cost_replacement.value(
        sheet,
        a=cost_replacement.Inputs(
            materials=f["replacement_materials"],
            remaining_years=remaining,
            tax_rate=mean_tax(sheet, f["tax_rate"], life=remaining, year=f["year"]),
            **own,
        ),
    )


_METHODS: tuple[tuple[str, tuple[str, ...], Value], ...] = (
    (cost_reproduction.KEY, REPRODUCTION, _reproduction),
    (cost_replacement.KEY, REPLACEMENT, _replacement),
    (cost_multiplier.KEY, MULTIPLIER, _multiplier),
)
_AGEING = {
    cost_reproduction.KEY: cost_reproduction.AGEING,
    cost_replacement.KEY: cost_replacement.AGEING,
    cost_multiplier.KEY: cost_multiplier.AGEING,
}
