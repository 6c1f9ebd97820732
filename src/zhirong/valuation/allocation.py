"""The value of a group of rights shared among them: by score, and by Shapley's rule.

The Shapley game is stated on features: a feature's value counts if at least one valid right in the
set covers it. For a feature f of value V_f and rights that cover it with probability c_i,

    v_f(S) = V_f * (1 - prod over S of (1 - c_i)) / (1 - prod over all of (1 - c_i)),

and v(S) is the sum over features: the value of a set of rights is that of the set.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zhirong.core import figure as fig
from zhirong.core.errors import InputError
from zhirong.core.figure import Figure
from zhirong.core.operations import Array
from zhirong.core.sheet import Sheet

KEY = "allocation"


class CoverageError(InputError):
    """A feature with value that no right covers, or a probability outside 0 to 1."""

    code = "error.coverage"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureGame:
    """One feature and the rights that cover it.

    Args:
        value: The feature's value, CNY (or its weight).
        rights: Places of the rights.
        cover: For each of them the probability that it is valid and covers the feature.
    """

    value: float
    rights: tuple[int, ...]
    cover: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.rights) != len(self.cover) or not self.value >= 0:
            raise CoverageError(f"{len(self.rights)} rights, value {self.value}: no game.")
        if not all(0 <= c <= 1 for c in self.cover) or not any(self.cover):
            raise CoverageError("A feature with value must be covered by a right.")

    def worth(self, rights: frozenset[int]) -> float:
        """The value of the feature to a set of rights."""
        cover = np.array(self.cover)
        inside = np.array([right in rights for right in self.rights])
        return self.value * (_any_of(cover[inside]) / _any_of(cover))

    def shapley(self) -> Array:
        """Each right's Shapley value; shape (rights of the feature,), sum = value.

        The multilinear extension is a polynomial of degree n - 1 in t, so Gauss quadrature with
        n/2 nodes is exact: phi_i = c_i * integral over t of prod over j != i of (1 - t c_j).
        """
        cover = np.array(self.cover)
        nodes, weights = np.polynomial.legendre.leggauss(len(cover) // 2 + 1)
        moments = (nodes + 1) / 2
        factors = 1 - np.outer(moments, cover)  # (node, right); positive inside (0, 1)
        others = factors.prod(axis=1)[:, None] / factors
        marginal = cover * (weights / 2 @ others)
        shares: Array = marginal / marginal.sum()
        return self.value * shares


def _any_of(cover: Array) -> float:
    """The probability that at least one covers; by logarithms, so that small ones are not lost."""
    if np.any(cover == 1):
        return 1.0
    return float(-np.expm1(np.sum(np.log1p(-cover))))


def value_of_set(games: Sequence[FeatureGame], rights: frozenset[int]) -> float:
    """v(S): what a set of rights is worth without those left outside, CNY."""
    return float(sum(game.worth(rights) for game in games))


def shapley_shares(games: Sequence[FeatureGame], count: int) -> Array:
    """Each right's share of the sum of all features' values; shape (count,), sum 1."""
    values = np.zeros(count)
    for game in games:
        np.add.at(values, list(game.rights), game.shapley())
    total = values.sum()
    shares: Array = values / total if total > 0 else values
    return shares


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the allocation reads. A place of axis "right" is a right within a group.

    Args:
        value: Value of each group (asset), CNY.
        score: Composite score of each right (right), points.
        remaining_life: Remaining economic life of each right (right), years.
        is_valued: 1 where the right may be valued, else 0 (right).
        shapley_share: Share of its group's value by the Shapley game (right).
        chooses_shapley: 1 where the policy lets the Shapley share feed caps, 0 for the score ().
        index: For each right the row of its group.
    """

    value: Figure
    score: Figure
    remaining_life: Figure
    is_valued: Figure
    shapley_share: Figure
    chooses_shapley: Figure
    index: tuple[int, ...]


def allocate(sheet: Sheet, *, a: Inputs) -> Figure:
    """Each right's value within its group (right), CNY, to the fen; a group's parts sum to it.

    The running total is rounded and differences are taken, so no fen is lost or made. Rights stand
    in the order of their groups.
    """
    assert list(a.index) == sorted(a.index), "rights stand in the order of their groups"
    assets = a.value.length("asset")
    group_value = sheet.line("group_value", fig.round_fen(a.value), "CNY")
    weight = sheet.line("allocation_weight", a.score * a.remaining_life * a.is_valued, "point")
    total = sheet.line("group_weight", fig.total_by(weight, index=a.index, assets=assets), "point")
    by_score = sheet.line(
        "score_share", fig.ratio(weight, fig.gather(total, index=a.index)), "share"
    )
    # Where all scores of a group are 0, the game alone can tell its rights apart.
    by_game = fig.maximum(a.chooses_shapley, fig.gather(total, index=a.index) <= 0)
    share = sheet.line("allocation_share", fig.where(by_game, a.shapley_share, by_score), "share")
    of_right = sheet.line(
        "right_share_value", fig.gather(group_value, index=a.index) * share, "CNY"
    )
    running = sheet.line(
        "running_value", fig.round_fen(fig.running_total(of_right, over="right")), "CNY"
    )
    before = fig.previous(running, over="right")
    return sheet.line("value", fig.round_fen(running - before), "CNY")
