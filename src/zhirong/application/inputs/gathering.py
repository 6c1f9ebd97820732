"""Columns and links of a method's inputs by their names, for the groups that it can value."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from zhirong.application.case.assumed_inputs import ASSUMED
from zhirong.application.case.groups import Group
from zhirong.application.inputs import facts
from zhirong.application.inputs.columns import Column, Link, MissingInput, assumed_column, fixed
from zhirong.application.inputs.ground import Ground
from zhirong.core.sources import ComputedOrigin

Rows = Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The inputs of a method: columns of all of them, links of those that stand on other sheets."""

    columns: Mapping[str, Column]
    linked: Mapping[str, Link]


def lacking(names: Sequence[str], row: int, ground: Ground) -> tuple[MissingInput, ...]:
    """What a group lacks of the inputs of a method."""
    group = ground.context.groups[row]
    missing: list[MissingInput] = []
    for name in names:
        if name in ASSUMED:
            missing.extend(_unassumed(name, row, ground))
        elif (
            name == "operating_margin" and facts.operating_margin((group,), ground.context) is None
        ):
            missing.append(MissingInput(key=name, group=group.group))
    return tuple(missing)


def _unassumed(name: str, row: int, ground: Ground) -> tuple[MissingInput, ...]:
    if name == "discount_rate" and ground.rates.has(row):
        return ()
    group = ground.context.groups[row]
    found = assumed_column(name, (group,), book=ground.context.book, years=ground.years)
    return found if isinstance(found, tuple) else ()


def gather(names: Sequence[str], rows: Rows, ground: Ground) -> Gathered:
    """The inputs by name for some groups, which lack none of them."""
    groups = [ground.context.groups[row] for row in rows]
    columns: dict[str, Column] = {}
    linked: dict[str, Link] = {}
    for name in names:
        if name == "discount_rate" and ground.rates.sheet is not None:
            linked[name] = ground.rates.link(rows)
            columns[name] = ground.rates.column(rows)
        elif name in ASSUMED:
            columns[name] = ground.factors.adjusted(_assumed(name, groups, ground), rows)
            factors = ground.factors.link(name, rows)
            if factors is not None:
                linked[name] = factors
        elif name in _LINKS:
            linked[name] = _LINKS[name](ground, rows)
            columns[name] = linked[name].column(name)
        elif name in _FACTS:
            columns[name] = _FACTS[name](groups, rows, ground)
    return Gathered(columns=columns, linked=linked)


def _assumed(name: str, groups: Sequence[Group], ground: Ground) -> Column:
    column = assumed_column(name, groups, book=ground.context.book, years=ground.years)
    assert isinstance(column, Column), f"applicable rows have {name}"
    return column


def _mapped_share(ground: Ground, rows: Rows) -> Link:
    return Link(sheet=ground.matrix, line="mapped_share", rows=tuple(rows))


def _tax_rate(ground: Ground, _: Rows) -> Link:
    return Link(sheet=ground.tax, line="tax_rate")


def _margin(groups: Sequence[Group], _: Rows, ground: Ground) -> Column:
    column = facts.operating_margin(groups, ground.context)
    assert column is not None, "applicable rows have a margin"
    return column


def _score(_: Sequence[Group], rows: Rows, ground: Ground) -> Column:
    return fixed(
        "composite_score",
        np.array(ground.scores)[list(rows)],
        "point",
        axes=("asset",),
        origins=(ComputedOrigin(by="group_score"),),
    )


_LINKS: Mapping[str, Callable[[Ground, Rows], Link]] = {
    "mapped_share": _mapped_share,
    "tax_rate": _tax_rate,
}
_FACTS: Mapping[str, Callable[[Sequence[Group], Rows, Ground], Column]] = {
    "base_sales": lambda groups, _, ground: facts.base_sales(groups, ground.bases),
    "operating_margin": _margin,
    "composite_score": _score,
    "upkeep": lambda groups, _, ground: facts.upkeep(groups, ground.context, ground.years),
    "timing": lambda _, __, ground: facts.timing(ground.context),
    "printed": lambda _, __, ___: facts.printed(),
}
