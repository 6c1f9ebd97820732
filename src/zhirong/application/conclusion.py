"""From the methods' values to one conclusion a group, with its distribution from joint draws."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from zhirong.application.case.assumption_book import origin_of
from zhirong.application.case.case_file import Assumption
from zhirong.application.case.context import Context, parameter_origin
from zhirong.application.case.groups import Group
from zhirong.application.inputs.columns import Column, uncertain
from zhirong.application.runs.income import MethodRun
from zhirong.core.figure import Figure, total
from zhirong.core.messages import Message
from zhirong.core.operations import Array
from zhirong.core.sheet import Sheet
from zhirong.core.sources import Origin
from zhirong.valuation.reconciliation import (
    WEIGHTS_TOLERANCE,
    MethodResult,
    MethodWeight,
    Policy,
    Reconciliation,
    reconcile,
)
from zhirong.valuation.simulation import (
    Dependence,
    TornadoBar,
    Uncertain,
    rows_of,
    simulate,
    tornado,
)

KEY = "conclusion"
PREFERENCE = "valuation.reconciliation.preference"
RATIO_MAX = "valuation.reconciliation.ratio_max"
DEPENDENCE = "valuation.dependence"
WEIGHT = "weight"  # assumption "weight:<method>": an analyst's own weight
SINGLE_REASON = "single_method_reason"  # answer: why one method only
WRITTEN_REASON = "average_reason"  # answer: why results far apart may be averaged


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupConclusion:
    """A group's reconciled value and the methods it rests on."""

    group: Group
    reconciliation: Reconciliation


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """The conclusion of a case.

    Args:
        groups: One for each group that at least one method could value.
        rows: Their rows on the case's axis "asset".
        sheet: The reconciliation as live workings; lines "value" (asset) and "portfolio" ().
        draws: Joint draws, CNY; shape (groups, draws).
        bars: The tornado of the whole.
    """

    groups: tuple[GroupConclusion, ...]
    rows: tuple[int, ...]
    sheet: Sheet
    draws: Array
    bars: tuple[TornadoBar, ...]

    @property
    def values(self) -> Array:
        """Point values of the groups, CNY."""
        return self.sheet.lines["value"].figure.values


def conclude(context: Context, runs: Sequence[MethodRun]) -> Conclusion | None:
    """Reconcile every group and draw the whole jointly; None where no method could value any."""
    rows = tuple(sorted({row for run in runs for row in run.rows}))
    if not rows:
        return None
    groups = tuple(_reconciled(context, row, runs) for row in rows)
    weights = _weights(groups, rows, runs)
    counted = [run for run in runs if np.any(weights[run.key] > 0)]
    judged = uncertain_inputs(counted, len(context.groups))
    evaluate = _Evaluate(rows, tuple(counted), weights)
    draws = simulate(
        evaluate,
        judged,
        dependence=dependence_of(context, judged),
        draws=context.options.draws,
        seed=context.options.seed,
    )
    return Conclusion(
        groups=groups,
        rows=rows,
        sheet=_sheet(context, groups, rows, runs),
        draws=draws,
        bars=tornado(evaluate, judged),
    )


def _reconciled(context: Context, row: int, runs: Sequence[MethodRun]) -> GroupConclusion:
    group = context.groups[row]
    results = [
        MethodResult(
            method=run.key, family=run.family, value=float(run.values[run.rows.index(row)])
        )
        for run in runs
        if row in run.rows
    ]
    policy = Policy(
        ratio_max=context.number(RATIO_MAX),
        single_reason=_answer(context, SINGLE_REASON, group),
        written_reason=_answer(context, WRITTEN_REASON, group),
        written_by=_answerer(context, WRITTEN_REASON, group),
    )
    weights, breaches = _given_weights(context, group, results)
    found = reconcile(results, weights=weights or _by_preference(context, results), policy=policy)
    return GroupConclusion(
        group=group, reconciliation=replace(found, breaches=(*found.breaches, *breaches))
    )


def _answer(context: Context, question: str, group: Group) -> str:
    for scope in group.scopes:
        for item in context.case.answers:
            if item.question == question and item.subject == scope and item.value:
                return item.value
    return ""


def _answerer(context: Context, question: str, group: Group) -> str:
    for scope in group.scopes:
        for item in context.case.answers:
            if item.question == question and item.subject == scope and item.value:
                return item.answered_by
    return ""


def _given_weights(
    context: Context, group: Group, results: Sequence[MethodResult]
) -> tuple[list[MethodWeight], tuple[Message, ...]]:
    """The analyst's own weights, none where he gave none, and what is wrong with them.

    A method that he left out weighs nothing; where the others do not sum to 1 without it, the
    house's rule stands and page one says so. The weight of one that could not be run goes to the
    others in their proportion, which is a breach for page one; with none of them run, the house's
    rule stands.
    """
    known = context.parameters.get(PREFERENCE, on=context.valuation_date).value
    stated = {
        method: found
        for method in map(str, known)
        if (found := context.book.find(f"{WEIGHT}:{method}", group.scopes)) is not None
    }
    run = {result.method for result in results}
    breaches = tuple(
        Message("reconciliation.weight_not_run", {"method": f"method.{method}"})
        for method, found in stated.items()
        if method not in run and found.central
    )
    counted = float(sum(found.central for method, found in stated.items() if method in run))
    whole = float(sum(found.central for found in stated.values()))
    if not counted:
        return [], breaches
    if abs(whole - 1) > WEIGHTS_TOLERANCE and not run <= set(stated):
        return [], (*breaches, Message("reconciliation.weights_incomplete", {"sum": whole}))
    # Weights of all methods that do not sum to 1 are left as they are, and refused.
    scale = whole / counted if breaches else 1.0
    return [_stated_weight(r.method, stated.get(r.method), scale) for r in results], breaches


def _stated_weight(method: str, found: Assumption | None, scale: float) -> MethodWeight:
    if found is None:
        return MethodWeight(method=method, weight=0.0, author="", reason="")
    return MethodWeight(
        method=method,
        weight=float(found.central) * scale,
        author=found.author,
        reason=found.reason,
    )


def _by_preference(context: Context, results: Sequence[MethodResult]) -> list[MethodWeight]:
    """The house's rule: the first method of its list stands, the others are shown beside it."""
    found = context.parameters.get(PREFERENCE, on=context.valuation_date)
    order = [str(method) for method in found.value]
    main = min(results, key=lambda result: order.index(result.method))
    return [
        MethodWeight(
            method=result.method,
            weight=1.0 if result is main else 0.0,
            author=PREFERENCE,
            reason="",
        )
        for result in results
    ]


def _weights(
    groups: Sequence[GroupConclusion], rows: Sequence[int], runs: Sequence[MethodRun]
) -> Mapping[str, Array]:
    """For each method its weight in each concluded group; shape (groups,)."""
    return {
        run.key: np.array(
            [
                groups[place].reconciliation.weights.get(run.key, 0.0) if row in run.rows else 0.0
                for place, row in enumerate(rows)
            ]
        )
        for run in runs
    }


def uncertain_inputs(runs: Sequence[MethodRun], count: int) -> list[Uncertain]:
    """The judged inputs of some runs over all groups, as they are drawn.

    Args:
        runs: The methods that read them.
        count: Number of groups of the case.
    """
    parts: dict[str, list[tuple[Sequence[int], Column]]] = {}
    for run in runs:
        for name, column in run.columns.items():
            if column.range is not None:
                parts.setdefault(name, []).append((run.rows, column))
    return [uncertain(name, columns, count) for name, columns in parts.items()]


def dependence_of(context: Context, judged: Sequence[Uncertain]) -> Dependence:
    """The house's correlations of assumptions: a table of pairs, 0 where it is silent."""
    found = context.parameters.get(DEPENDENCE, on=context.valuation_date)
    keys = tuple(item.key for item in judged)
    matrix = np.eye(len(keys))
    for pair in found.value["pairs"]:
        left, right = str(pair["of"]), str(pair["with"])
        if left in keys and right in keys:
            i, j = keys.index(left), keys.index(right)
            matrix[i, j] = matrix[j, i] = float(pair["correlation"])
    return Dependence(keys=keys, correlation=matrix, within=float(found.value["within"]))


@dataclass(frozen=True, slots=True)
class _Evaluate:
    """From drawn assumptions of all groups to concluded values (group, draw)."""

    rows: tuple[int, ...]
    runs: tuple[MethodRun, ...]
    weights: Mapping[str, Array]

    def __call__(self, drawn: Mapping[str, Array]) -> Array:
        count = next(iter(drawn.values())).shape[-1] if drawn else 1
        result = np.zeros((len(self.rows), count))
        for run in self.runs:
            places = [self.rows.index(row) for row in run.rows]
            if run.evaluate is None:
                values = run.values[:, None]
            else:
                own = {
                    name: rows_of(values, run.rows)
                    for name, values in drawn.items()
                    if name in run.columns
                }
                values = run.evaluate(own)
            result[places] += self.weights[run.key][places][:, None] * values
        return result


def _sheet(
    context: Context,
    groups: Sequence[GroupConclusion],
    rows: Sequence[int],
    runs: Sequence[MethodRun],
) -> Sheet:
    sheet = Sheet(KEY, labels={"asset": tuple(item.group.name for item in groups)})
    concluded: Figure | None = None
    for run in runs:
        there = [run.rows.index(row) if row in run.rows else -1 for row in rows]
        value = sheet.take(run.sheet, "value", as_key=f"value:{run.key}", rows=there)
        weight = sheet.enter(
            f"weight:{run.key}",
            [item.reconciliation.weights.get(run.key, 0.0) for item in groups],
            "share",
            axes=("asset",),
            origins=[_weight_origin(context, item, run.key) for item in groups],
        )
        part = value * weight
        concluded = part if concluded is None else concluded + part
    assert concluded is not None, "at least one method was run"
    value = sheet.line("value", concluded, "CNY")
    sheet.line("portfolio", total(value, over="asset"), "CNY")
    return sheet


def _weight_origin(context: Context, item: GroupConclusion, method: str) -> Origin:
    found = context.book.find(f"{WEIGHT}:{method}", item.group.scopes)
    if found is not None:
        return origin_of(found)
    preference = context.parameters.get(PREFERENCE, on=context.valuation_date)
    return parameter_origin(preference, context.valuation_date)
