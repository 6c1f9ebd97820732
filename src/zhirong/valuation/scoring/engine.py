"""The scoring engine: any tree, any weights, one right or ten million.

    score(node) = Σ w · score(child) / Σ w over the children that have a score
    coverage(node) = Σ w · coverage(child) / Σ w over the children that apply

A leaf that does not apply leaves both sums. A leaf that is missing leaves the first only, so its
weight goes to its neighbors and coverage tells it. Neither is ever read as 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhirong.core.errors import InputError
from zhirong.valuation.scoring.columns import FloatArray, ScoringColumns
from zhirong.valuation.scoring.leaves import LeafAnswer, LeafColumn, answered, missing
from zhirong.valuation.scoring.rules import RULES
from zhirong.valuation.scoring.settings import ScoringSettings
from zhirong.valuation.scoring.tree import ANALYST, Node

# States of a right's score; places in this tuple are what `Scoring.state` holds.
STATES = ("scored", "indicative", "not_in_force", "status_unknown", "no_data")
SCORED, INDICATIVE, NOT_IN_FORCE, STATUS_UNKNOWN, NO_DATA = range(len(STATES))
# Coverage is a sum of weights; a hair below the limit is rounding, not a lack of data.
_HAIR = 1e-9


class WrongTreeError(InputError):
    """Rights of a kind that the tree is not for."""

    code = "error.scoring_wrong_tree"

    def __init__(self, tree: str, *, count: int) -> None:
        super().__init__(
            f"Tree {tree} is not for the kind of {count} rights.", tree=tree, count=count
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeColumn:
    """A node's score and coverage; shape (right,).

    Attributes:
        node: Id of the node.
        score: 0 to 100; NaN where nothing below has a score.
        coverage: Share of the applicable weight below that has data; NaN where nothing applies.
    """

    node: str
    score: FloatArray
    coverage: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """Scores of rights on one tree; arrays have shape (right,).

    Attributes:
        settings: Tree, scene, weights and rules' settings.
        value_degree: 0 to 100 with one decimal; 0 where not in force, NaN where unknown.
        composite: The same as a share of 1 and unrounded: Δ of a split rate, weight of a right.
        coverage: Share of the applicable weight that has data.
        state: Place in `STATES`.
        nodes: First level; with `keep` all nodes, parents first.
        leaves: With `keep`: what is known of each leaf, by id.
        answers: The analysts' answers, as `LeafColumn.answer` points at them.
    """

    settings: ScoringSettings
    value_degree: FloatArray
    composite: FloatArray
    coverage: FloatArray
    state: NDArray[np.int8]
    nodes: tuple[NodeColumn, ...]
    leaves: Mapping[str, LeafColumn]
    answers: tuple[LeafAnswer, ...]


class _Run:
    """One pass over a tree; holds what is kept of it."""

    def __init__(
        self,
        columns: ScoringColumns,
        settings: ScoringSettings,
        answers: tuple[LeafAnswer, ...],
        *,
        keep: bool,
    ) -> None:
        self.columns = columns
        self.settings = settings
        self.keep = keep
        self.nodes: list[NodeColumn] = []
        self.leaves: dict[str, LeafColumn] = {}
        self.answers: dict[str, list[tuple[int, LeafAnswer]]] = {}
        leaves = {leaf.node for leaf in settings.tree.leaves()}
        for place, item in enumerate(answers):
            if item.leaf not in leaves:
                item.refuse("is_about_no_leaf")
            self.answers.setdefault(item.leaf, []).append((place, item))

    def node(self, node: Node, *, level: int = 0) -> NodeColumn:
        place = len(self.nodes)
        column = self._leaf(node) if node.is_leaf else self._branch(node, level)
        if self.keep or level == 0:
            self.nodes.insert(place, column)
        return column

    def _branch(self, node: Node, level: int) -> NodeColumn:
        total = _Sums(self.columns.count)
        factors: list[NodeColumn] = []
        for child in node.children:
            column = self.node(child, level=level + 1)
            if child.weight is None:
                factors.append(column)
            else:
                total.add(child.weight, column)
        column = total.column(node.node)
        for factor in factors:
            column = _multiplied(column, factor)
        return column

    def _leaf(self, leaf: Node) -> NodeColumn:
        if leaf.rule == ANALYST:
            column = missing(self.columns.count)
        else:
            table = self.settings.tables[leaf.rule]
            column = RULES[leaf.rule].compute(self.columns, table)
        column = answered(column, self.answers.get(leaf.node, ()))
        if self.keep:
            self.leaves[leaf.node] = column
        coverage = np.where(column.applies, 1.0, np.nan)
        coverage[column.is_missing] = 0.0
        return NodeColumn(node=leaf.node, score=column.score, coverage=coverage)


class _Sums:
    """Weighted sums over siblings, one after the other, so that ten million rights fit."""

    def __init__(self, count: int) -> None:
        self.score, self.scored = np.zeros(count), np.zeros(count)
        self.coverage, self.applicable = np.zeros(count), np.zeros(count)

    def add(self, weight: float, column: NodeColumn) -> None:
        has, applies = ~np.isnan(column.score), ~np.isnan(column.coverage)
        if has.any():
            np.add(self.score, weight * column.score, out=self.score, where=has)
            np.add(self.scored, weight, out=self.scored, where=has)
            np.add(self.coverage, weight * column.coverage, out=self.coverage, where=applies)
        np.add(self.applicable, weight, out=self.applicable, where=applies)

    def column(self, node: str) -> NodeColumn:
        return NodeColumn(
            node=node,
            score=_divided(self.score, self.scored),
            coverage=_divided(self.coverage, self.applicable),
        )


def _divided(part: FloatArray, whole: FloatArray) -> FloatArray:
    result: FloatArray = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
    return result


def _multiplied(column: NodeColumn, factor: NodeColumn) -> NodeColumn:
    # A multiplier cannot be replaced by its neighbors: where it is missing, so is the node.
    does_not_apply = np.isnan(factor.coverage)
    score = column.score * np.where(does_not_apply, 1.0, factor.score / 100)
    coverage = column.coverage * np.where(does_not_apply, 1.0, factor.coverage)
    return NodeColumn(node=column.node, score=score, coverage=coverage)


def score_rights(
    columns: ScoringColumns,
    *,
    settings: ScoringSettings,
    answers: Sequence[LeafAnswer] = (),
    keep: bool = True,
) -> Scoring:
    """The value degree of rights on one tree.

    Args:
        columns: Facts about the rights.
        settings: Tree, weights and rules' settings.
        answers: The analysts' answers; they stand before what a rule computed.
        keep: Whether all nodes and leaves are kept for `explain`; without it memory does not grow
            with the tree.

    Raises:
        WrongTreeError: A right of a kind that the tree is not for.
        LeafAnswerError: An answer about no leaf or no right, or two that contradict each other.
    """
    strangers = int((~columns.is_kind(*settings.tree.kinds)).sum())
    if strangers:
        raise WrongTreeError(settings.tree.tree, count=strangers)
    run = _Run(columns, settings, tuple(answers), keep=keep)
    total = _Sums(columns.count)
    for node in settings.tree.nodes:
        total.add(settings.weights[node.node], run.node(node))
    top = total.column("")
    state = _state(columns, settings, top)
    composite = top.score / 100
    composite[state == NOT_IN_FORCE] = 0.0
    composite[state == STATUS_UNKNOWN] = np.nan
    return Scoring(
        settings=settings,
        value_degree=one_decimal(composite * 100),
        composite=composite,
        coverage=np.nan_to_num(top.coverage),
        state=state,
        nodes=tuple(run.nodes),
        leaves=run.leaves,
        answers=tuple(answers),
    )


def _state(columns: ScoringColumns, settings: ScoringSettings, top: NodeColumn) -> NDArray[np.int8]:
    state = np.full(columns.count, SCORED, dtype=np.int8)
    state[top.coverage < settings.coverage_min - _HAIR] = INDICATIVE
    state[np.isnan(top.score)] = NO_DATA
    state[np.isnan(columns.is_in_force)] = STATUS_UNKNOWN
    state[columns.is_in_force == 0] = NOT_IN_FORCE
    return state


def one_decimal(values: FloatArray) -> FloatArray:
    """Values with one decimal, half up; the last bits of a sum do not decide.

    >>> one_decimal(np.array([61.25, 0.04999, 61.2499999999999]))
    array([61.3,  0. , 61.3])
    """
    tenths = np.floor(np.round(values * 10, 8) + 0.5)
    rounded: FloatArray = tenths / 10
    return rounded
