"""Discount rates built up from scored risks: which groups have all scores, and their sheet.

The scores come as assumptions or analyst's scores under the keys `risk_score.<risk>.<factor>`; an
analyst's score without points says that the factor does not apply.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhirong.application.case.assumption_book import origin_of
from zhirong.application.case.context import Context
from zhirong.application.case.groups import Group
from zhirong.application.inputs.columns import MissingInput
from zhirong.core.errors import InputError
from zhirong.core.sheet import Sheet
from zhirong.core.sources import AssumptionOrigin
from zhirong.valuation.composite_score import Judgment
from zhirong.valuation.rates import build_up

SCORE = "risk_score"
RISK_FREE = "risk_free_rate"


class RiskScoresDifferError(InputError):
    """A factor that applies to one group of the firm and not to another."""

    code = "error.risk_scores_differ"

    def __init__(self, factor: str) -> None:
        super().__init__(
            f"{factor} is scored for one group and not applicable to another: score it for all, "
            "or for none.",
            factor=f"input.score_{factor}",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltRates:
    """The groups whose rate is built up; `sheet` has the line "discount_rate" over them."""

    sheet: Sheet | None = None
    rows: tuple[int, ...] = ()
    missing: tuple[MissingInput, ...] = ()


@dataclass(frozen=True, slots=True)
class _Given:
    """One score; no points say that the factor does not apply."""

    points: float | None
    origin: AssumptionOrigin


Scored = Mapping[str, _Given | None]


def built_rates(context: Context) -> BuiltRates:
    """The build-up of every group that has at least one score; what is missing of the others."""
    if not _has_scores(context):
        return BuiltRates()
    on = context.valuation_date
    weights = context.parameters.get(build_up.WEIGHTS, on=on).value
    keys = {
        factor: f"{SCORE}.{risk}.{factor}"
        for risk, factors in weights.items()
        for factor in factors
    }
    rows: list[int] = []
    scored: list[Scored] = []
    missing: list[MissingInput] = []
    for row, group in enumerate(context.groups):
        own = {factor: _score(context, group, key) for factor, key in keys.items()}
        lacking = [keys[factor] for factor, given in own.items() if given is None]
        if len(lacking) == len(keys):
            continue
        missing.extend(MissingInput(key=key, group=group.group) for key in lacking)
        if not lacking:
            rows.append(row)
            scored.append(own)
    risk_free = context.book.find(RISK_FREE, ("",))
    if rows and risk_free is None:
        missing.append(MissingInput(key=RISK_FREE, group=""))
    if not rows or risk_free is None:
        return BuiltRates(missing=tuple(missing))
    sheet = Sheet(build_up.KEY, labels={"asset": tuple(context.groups[row].name for row in rows)})
    inputs = build_up.Inputs(
        risk_free=sheet.assumption(
            "risk_free", float(risk_free.central), "share", origins=origin_of(risk_free)
        ),
        risks=build_up.enter(
            sheet,
            judgments=dict(_judgments(scored)),
            parameters=context.parameters,
            on=on,
        ),
    )
    build_up.value(sheet, a=inputs)
    return BuiltRates(sheet=sheet, rows=tuple(rows), missing=tuple(missing))


def _has_scores(context: Context) -> bool:
    prefix = f"{SCORE}."
    return any(key.startswith(prefix) for key, _, _ in context.book.entries) or any(
        item.leaf.startswith(prefix) for item in context.case.scores
    )


def _score(context: Context, group: Group, key: str) -> _Given | None:
    found = context.book.find(key, group.scopes)
    if found is not None:
        return _Given(float(found.central), origin_of(found))
    for scope in group.scopes:
        for item in context.case.scores:
            if item.leaf == key and item.right == scope:
                origin = AssumptionOrigin(
                    author=item.author, reason=item.reason, source=item.source
                )
                return _Given(None if item.score is None else float(item.score), origin)
    return None


def _judgments(scored: Sequence[Scored]) -> Iterator[tuple[str, Judgment | None]]:
    """One judgment a factor over the groups; None where it applies to none of them."""
    for factor in scored[0]:
        given = [own[factor] for own in scored]
        points = [item.points for item in given if item is not None and item.points is not None]
        if points and len(points) < len(scored):
            raise RiskScoresDifferError(factor)
        origins = [item.origin for item in given if item is not None]
        yield (
            factor,
            Judgment(points=points, origins=origins, axes=("asset",)) if points else None,
        )
