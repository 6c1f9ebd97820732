import numpy as np
import pytest

from tests.scoring_factory import ON, answer, columns
from zhirong.parameters.reader import Parameters
from zhirong.valuation.scoring.engine import Scoring
from zhirong.valuation.scoring.tree import shipped_tree
from zhirong.valuation.scoring.value_degree_2012 import TREE, value_degree


def scored(**scores: float) -> Scoring:
    given = {leaf.node: 60.0 for leaf in shipped_tree(TREE).leaves()} | scores
    answers = tuple(answer(leaf, score) for leaf, score in given.items())
    return value_degree(columns(), scene="pledge", parameters=Parameters(), on=ON, answers=answers)


class TestValueDegree:
    def test_multiplies_the_legal_side_by_stability(self) -> None:
        result = scored(LVD1=50, LVD2=100)

        # LVD = 0.5 · (0.30 · 100 + 0.70 · 60) = 36; VDP = 0.35 · 36 + 0.25 · 60 + 0.40 · 60
        assert {node.node: round(float(node.score[0]), 9) for node in result.nodes}["LVD"] == 36
        assert result.value_degree[0] == pytest.approx(51.6)

    def test_weighs_technical_and_economic_indicators(self) -> None:
        result = scored(TVD5=100, EVD1=100)

        nodes = {node.node: float(node.score[0]) for node in result.nodes}
        assert nodes["TVD"] == pytest.approx(60 + 0.20 * 40)
        assert nodes["EVD"] == pytest.approx(60 + 0.25 * 40)

    def test_computes_stability_from_the_register(self) -> None:
        result = value_degree(columns(), scene="pledge", parameters=Parameters(), on=ON)

        assert result.leaves["LVD1"].score.tolist() == [75.0]
        assert np.isnan(result.value_degree[0])  # nothing else is known
