"""Scores of a mixed portfolio: each kind on its own tree, joined in the order of the rights."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from zhirong.parameters.reader import Parameters
from zhirong.rights.portfolios import KINDS
from zhirong.valuation.scoring.columns import FloatArray, ScoringColumns
from zhirong.valuation.scoring.engine import Scoring, score_rights
from zhirong.valuation.scoring.leaves import LeafAnswer
from zhirong.valuation.scoring.settings import settings_of, tree_of
from zhirong.valuation.scoring.tree import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The rights that one tree is for.

    Attributes:
        rights: Their places in the portfolio.
        columns: Their facts.
        scoring: Their scores.
    """

    rights: NDArray[np.intp]
    columns: ScoringColumns
    scoring: Scoring


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioScoring:
    """Scores of all rights of a portfolio; arrays have shape (right,), fields as in `Scoring`."""

    value_degree: FloatArray
    composite: FloatArray
    coverage: FloatArray
    state: NDArray[np.int8]
    parts: tuple[Part, ...]

    def part_of(self, right: int) -> tuple[Part, int]:
        """The part that holds the right, and the right's place in it."""
        for part in self.parts:
            places = np.flatnonzero(part.rights == right)
            if len(places):
                return part, int(places[0])
        raise IndexError(right)


def score_portfolio(
    columns: ScoringColumns,
    *,
    scene: str,
    parameters: Parameters,
    on: date,
    answers: Sequence[LeafAnswer] = (),
    keep: bool = True,
) -> PortfolioScoring:
    """The value degree of rights of any kinds, each on the tree in use for its kind.

    Args:
        columns: Facts about the rights.
        scene: Key of the scene, which gives the first-level weights.
        parameters: Trees, weights and rules' settings.
        on: The valuation date.
        answers: The analysts' answers; `rights` are places in this portfolio. An answer for all
            reaches the rights whose tree has the leaf.
        keep: As in `score_rights`.

    Raises:
        LeafAnswerError: An answer to a leaf of no tree in use, or about a right on another tree.
    """
    chosen = {
        kind: tree_of(kind, parameters=parameters, on=on)
        for kind in KINDS
        if columns.is_kind(kind).any()
    }
    trees = {tree.tree: tree for tree in chosen.values()}
    _check_leaves(answers, tuple(trees.values()))
    parts: list[Part] = []
    for key, tree in trees.items():
        kinds = [kind for kind, used in chosen.items() if used.tree == key]
        rights = np.flatnonzero(columns.is_kind(*kinds))
        part = columns.take(rights)
        settings = settings_of(tree, scene=scene, parameters=parameters, on=on)
        own = _own_answers(answers, tree, rights)
        scoring = score_rights(part, settings=settings, answers=own, keep=keep)
        parts.append(Part(rights=rights, columns=part, scoring=scoring))
    return _joined(columns.count, tuple(parts))


def _check_leaves(answers: Sequence[LeafAnswer], trees: tuple[Tree, ...]) -> None:
    leaves = {leaf.node for tree in trees for leaf in tree.leaves()}
    for item in answers:
        if item.leaf not in leaves:
            item.refuse("is_about_no_leaf")


def _own_answers(
    answers: Sequence[LeafAnswer], tree: Tree, rights: NDArray[np.intp]
) -> tuple[LeafAnswer, ...]:
    leaves = {leaf.node for leaf in tree.leaves()}
    place = {int(right): position for position, right in enumerate(rights)}
    own: list[LeafAnswer] = []
    for item in answers:
        if item.leaf not in leaves:
            continue
        if item.rights is not None:
            if any(right not in place for right in item.rights):
                item.refuse("is_about_no_right")
            own.append(replace(item, rights=tuple(place[right] for right in item.rights)))
        else:
            own.append(item)
    return tuple(own)


def _joined(count: int, parts: tuple[Part, ...]) -> PortfolioScoring:
    state = np.zeros(count, dtype=np.int8)
    columns = {name: np.full(count, np.nan) for name in ("value_degree", "composite", "coverage")}
    for part in parts:
        state[part.rights] = part.scoring.state
        for name, column in columns.items():
            column[part.rights] = getattr(part.scoring, name)
    return PortfolioScoring(
        value_degree=columns["value_degree"],
        composite=columns["composite"],
        coverage=columns["coverage"],
        state=state,
        parts=parts,
    )
