"""Multi-period excess earnings run on a case: the one dominant group of each product.

Working capital and fixed assets stand in the accounts; what they must earn is an assumption.
"""

from collections.abc import Mapping, Sequence

from zhirong.application.case.assumption_book import origin_of
from zhirong.application.case.context import fact_origin
from zhirong.application.case.groups import Group
from zhirong.application.inputs.capital_market import last_accounts
from zhirong.application.inputs.columns import Column, MissingInput, fixed
from zhirong.application.inputs.gathering import lacking
from zhirong.application.inputs.ground import Ground
from zhirong.application.runs.income import MethodRun, income_plan, is_meant
from zhirong.application.runs.license_flows import licensed
from zhirong.application.runs.running import work
from zhirong.core.figure import Figure
from zhirong.core.sheet import Sheet
from zhirong.core.sources import ComputedOrigin
from zhirong.firms.records import AccountYear
from zhirong.valuation.methods import excess_earnings
from zhirong.valuation.methods.excess_earnings import Contributor

PLAIN = (
    *("base_sales", "growth", "mapped_share", "obsolescence", "operating_margin", "life"),
    *("upkeep", "tax_rate", "discount_rate", "year", "timing"),
)
TANGIBLE = ("working_capital", "fixed_assets")
OTHERS = ("workforce", "other_intangibles")
OWN = tuple(f"{key}_return_on_rate" for key in TANGIBLE)


def excess_runs(ground: Ground) -> tuple[tuple[MethodRun, ...], tuple[MissingInput, ...]]:
    """The method on every product's dominant group whose tangible assets' returns were judged."""
    rows: list[int] = []
    missing: list[MissingInput] = []
    for row in _dominant(ground):
        absent = [*lacking((*PLAIN, *OWN), row, ground), *_intensities_lacking(row, ground)]
        missing.extend(absent)
        if not absent:
            rows.append(row)
    runs = (_run(tuple(rows), ground),) if rows else ()
    return runs, tuple(missing)


def _dominant(ground: Ground) -> Sequence[int]:
    """The group with the largest part of each product; all for which an analyst asks by name."""
    meant: dict[str, list[int]] = {}
    for row, group in enumerate(ground.context.groups):
        if group.product.product in ground.bases and is_meant(OWN, group, ground):
            meant.setdefault(group.product.product, []).append(row)
    chosen: list[int] = []
    for rows in meant.values():
        named = [row for row in rows if _is_named(ground.context.groups[row], ground)]
        largest = max(rows, key=lambda row: ground.context.groups[row].mapped_share)
        chosen.extend(named or [largest])
    return sorted(chosen)


def _is_named(group: Group, ground: Ground) -> bool:
    return any(ground.context.book.find(f"{key}_return", (group.group,)) for key in TANGIBLE)


def _intensities_lacking(row: int, ground: Ground) -> Sequence[MissingInput]:
    group = ground.context.groups[row]
    return [
        MissingInput(key=f"{key}_intensity", group=group.group)
        for key in TANGIBLE
        if not is_meant((f"{key}_intensity",), group, ground) and _books(key, ground) is None
    ]


def _books(key: str, ground: Ground) -> AccountYear | None:
    """The last accounts that state the asset, and revenue above 0 to set it against."""
    row = last_accounts(ground.context, key, "revenue")
    return row if row is not None and row.revenue else None


def _run(rows: tuple[int, ...], ground: Ground) -> MethodRun:
    groups = [ground.context.groups[row] for row in rows]
    others = [
        key
        for key in OTHERS
        if all(is_meant((f"{key}_intensity", f"{key}_return_on_rate"), g, ground) for g in groups)
    ]
    contributors = (*TANGIBLE, *others)
    parts = ("intensity", "return_on_rate", "return_of_rate")
    names = (*PLAIN, *(f"{key}_{part}" for key in contributors for part in parts))

    def value(sheet: Sheet, f: Mapping[str, Figure]) -> Figure:
        assets = tuple(
            Contributor(
                key=key,
                intensity=f[f"{key}_intensity"],
                return_on=f[f"{key}_return_on_rate"],
                return_of=f[f"{key}_return_of_rate"],
            )
            for key in contributors
        )
        own = {name: f[name] for name in PLAIN}
        return excess_earnings.value(sheet, a=excess_earnings.Inputs(contributors=assets, **own))

    plan = income_plan(
        excess_earnings.KEY,
        names,
        rows,
        ground,
        value,
        extra=_accounts(groups, contributors, ground),
    )
    worked = work(plan)
    return MethodRun(
        key=excess_earnings.KEY,
        family="income",
        ageing=excess_earnings.AGEING,
        rows=rows,
        sheet=worked.sheet,
        columns=plan.columns,
        evaluate=worked.evaluate,
        licensed=licensed(plan, names=names, value=value),
    )


def _accounts(
    groups: Sequence[Group], contributors: Sequence[str], ground: Ground
) -> Mapping[str, Column]:
    """Intensities that the accounts tell, and nothing to give back: the margin is after that."""
    columns: dict[str, Column] = {}
    for key in contributors:
        columns[f"{key}_return_of_rate"] = fixed(
            f"{key}_return_of_rate",
            0.0,
            "share",
            axes=(),
            origins=(ComputedOrigin(by="margin_after_depreciation"),),
        )
        name = f"{key}_intensity"
        row = _books(key, ground) if key in TANGIBLE else None
        if row is None or all(is_meant((name,), group, ground) for group in groups):
            continue
        share = round(float(getattr(row, key)) / float(row.revenue or 1), 9)
        told = fact_origin(row.source, f"accounts {row.year}")
        judged = [ground.context.book.find(name, group.scopes) for group in groups]
        columns[name] = fixed(
            name,
            [share if item is None else float(item.central) for item in judged],
            "share",
            axes=("asset",),
            origins=[told if item is None else origin_of(item) for item in judged],
        )
    return columns
