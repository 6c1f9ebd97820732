"""The real option run on a case: groups of a product that is not yet developed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from zhirong.application.case.assumed_inputs import ASSUMED
from zhirong.application.inputs.columns import Column, MissingInput, fixed
from zhirong.application.inputs.gathering import gather, lacking
from zhirong.application.inputs.ground import Ground
from zhirong.application.runs.income import MethodRun, is_meant
from zhirong.application.runs.running import Plan, work
from zhirong.core.figure import Figure
from zhirong.core.sheet import Sheet
from zhirong.core.sources import ComputedOrigin
from zhirong.valuation.methods import real_option

OWN = ("underlying_value", "development_cost", "volatility")
NAMES = (*OWN, "option_life", "risk_free_rate", "delay_cost")
PROTECTION_LOST = "valuation.real_option.protection_lost"  # each year waited is a year lost


def option_runs(ground: Ground) -> tuple[tuple[MethodRun, ...], tuple[MissingInput, ...]]:
    """The option on every group whose underlying, cost and volatility were judged."""
    rows: list[int] = []
    missing: list[MissingInput] = []
    for row, group in enumerate(ground.context.groups):
        if not is_meant(OWN, group, ground):
            continue
        absent = [_suggested(item, row, ground) for item in lacking(NAMES, row, ground)]
        missing.extend(absent)
        if not absent:
            rows.append(row)
    runs = (_run(rows, ground),) if rows else ()
    return runs, tuple(missing)


def _suggested(item: MissingInput, row: int, ground: Ground) -> MissingInput:
    if item.key != "delay_cost":
        return item
    return replace(item, suggestion=round(1 / _life(row, ground), 9), rule=PROTECTION_LOST)


def _life(row: int, ground: Ground) -> float:
    """Years of protection that the longest-lived right of the group leaves."""
    return ground.context.legal_life(ground.context.groups[row])


def _run(rows: Sequence[int], ground: Ground) -> MethodRun:
    names = tuple(name for name in NAMES if name in ASSUMED)
    life = fixed(
        "option_life",
        [_life(row, ground) for row in rows],
        "year",
        axes=("asset",),
        origins=(ComputedOrigin(by="legal_life"),),
    )
    columns: dict[str, Column] = {**gather(names, rows, ground).columns, "option_life": life}
    plan = Plan(
        key=real_option.KEY,
        labels={"asset": tuple(ground.context.groups[row].name for row in rows)},
        names=NAMES,
        columns=columns,
        value=_value,
    )
    worked = work(plan)
    return MethodRun(
        key=real_option.KEY,
        family="option",
        ageing=real_option.AGEING,
        rows=tuple(rows),
        sheet=worked.sheet,
        columns=columns,
        evaluate=worked.evaluate if plan.is_uncertain else None,
    )


def _value(sheet: Sheet, f: Mapping[str, Figure]) -> Figure:
    own = {name: figure for name, figure in f.items() if name != "option_life"}
    return real_option.value(sheet, a=real_option.Inputs(life=f["option_life"], **own))
