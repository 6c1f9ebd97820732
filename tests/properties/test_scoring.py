"""Properties of scoring that hold for any answers on the tree of the standard."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import scoring_factory
from tests.scoring_factory import answer, columns
from zhirong.valuation.scoring.engine import NO_DATA, score_rights
from zhirong.valuation.scoring.tree import ANALYST, Tree, shipped_tree

STANDARD = shipped_tree("cn.gbt42748.reconstructed")
LEAVES = tuple(leaf.node for leaf in STANDARD.leaves())


def _by_hand(tree: Tree) -> Tree:
    """The tree with every leaf answered by the analyst, so that answers alone decide."""
    nodes = []
    for first in tree.nodes:
        second = [
            replace(
                node,
                children=tuple(replace(leaf, rule=ANALYST) for leaf in node.children),
            )
            for node in first.children
        ]
        nodes.append(replace(first, children=tuple(second)))
    return replace(tree, nodes=tuple(nodes))


SETTINGS = scoring_factory.settings(_by_hand(STANDARD))
SCORE = st.floats(0, 100)
# A leaf is scored, does not apply (None) or is missing ("").
ANSWERS = st.lists(st.one_of(SCORE, st.none(), st.just("")), min_size=27, max_size=27)


def _scored(given_scores: list[float | str | None]) -> tuple[float, float, int]:
    answers = tuple(
        answer(leaf, score)
        for leaf, score in zip(LEAVES, given_scores, strict=True)
        if not isinstance(score, str)
    )
    result = score_rights(columns(), settings=SETTINGS, answers=answers, keep=False)
    return float(result.composite[0]) * 100, float(result.coverage[0]), int(result.state[0])


class TestScoreRights:
    @given(ANSWERS)
    @settings(max_examples=100)
    def test_stays_within_the_scores_given(self, scores: list[float | str | None]) -> None:
        known = [score for score in scores if isinstance(score, float)]

        total, coverage, state = _scored(scores)

        if known:
            assert min(known) - 1e-9 <= total <= max(known) + 1e-9
            assert 0 < coverage <= 1 + 1e-12
        else:
            assert np.isnan(total)
            assert (coverage, state) == (0.0, NO_DATA)

    @given(ANSWERS, st.integers(0, 26), st.floats(0, 100))
    @settings(max_examples=100)
    def test_never_falls_when_a_leaf_gets_better(
        self, scores: list[float | str | None], place: int, gain: float
    ) -> None:
        before = [50.0, *scores][1:]
        before[place] = 100.0 - gain
        after = list(before)
        after[place] = 100.0

        assert _scored(after)[0] >= _scored(before)[0] - 1e-9

    @given(ANSWERS, st.integers(0, 26))
    @settings(max_examples=100)
    def test_loses_no_coverage_and_keeps_its_score_when_missing_turns_not_applicable(
        self, scores: list[float | str | None], place: int
    ) -> None:
        missing = list(scores)
        missing[place] = ""
        unneeded = list(scores)
        unneeded[place] = None

        with_gap, without = _scored(missing), _scored(unneeded)

        assert without[1] >= with_gap[1] - 1e-9
        if any(isinstance(score, float) for score in missing):
            assert abs(with_gap[0] - without[0]) < 1e-9

    @given(SCORE, st.sets(st.integers(0, 26), max_size=26))
    @settings(max_examples=100)
    def test_is_the_common_score_whatever_is_missing(self, score: float, gaps: set[int]) -> None:
        scores: list[float | str | None] = ["" if place in gaps else score for place in range(27)]

        total, coverage, _ = _scored(scores)

        assert abs(total - score) < 1e-9
        assert (coverage < 1 - 1e-12) == bool(gaps)
