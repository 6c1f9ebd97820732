import numpy as np
import pytest

from tests.scoring_factory import ON, answer, columns
from zhirong.parameters.reader import Parameters
from zhirong.rights.records import PatentKind
from zhirong.valuation.scoring.leaves import LeafAnswer, LeafAnswerError
from zhirong.valuation.scoring.portfolios import PortfolioScoring, score_portfolio

DESIGN, INVENTION, MODEL = PatentKind.DESIGN, PatentKind.INVENTION, PatentKind.UTILITY_MODEL


def scored(*answers: LeafAnswer) -> PortfolioScoring:
    rights = columns(DESIGN, INVENTION, MODEL, DESIGN, remaining_life_years=[5, 12, 3, 8])
    return score_portfolio(rights, scene="pledge", parameters=Parameters(), on=ON, answers=answers)


class TestScorePortfolio:
    def test_puts_each_kind_on_its_own_tree(self) -> None:
        result = scored()

        trees = {part.scoring.settings.tree.tree: part.rights.tolist() for part in result.parts}
        assert trees == {"cn.gbt42748.reconstructed": [1, 2], "zhirong.design": [0, 3]}

    def test_joins_the_scores_in_the_order_of_the_rights(self) -> None:
        result = scored()

        for right in range(4):
            part, place = result.part_of(right)
            assert result.value_degree[right] == part.scoring.value_degree[place]
            assert not np.isnan(result.value_degree[right])

    def test_hands_answers_to_the_rights_they_are_about(self) -> None:
        result = scored(answer("DE12", 100, rights=(3,)), answer("E12", 100))

        designs, _ = result.part_of(3)
        others, _ = result.part_of(1)
        assert np.isnan(designs.scoring.leaves["DE12"].score[0])
        assert designs.scoring.leaves["DE12"].score[1] == 100
        assert others.scoring.leaves["E12"].score.tolist() == [100, 100]

    @pytest.mark.parametrize("wrong", [answer("ZZ", 5), answer("DE12", 5, rights=(1,))])
    def test_refuses_answers_to_no_leaf_or_another_trees_right(self, wrong: LeafAnswer) -> None:
        with pytest.raises(LeafAnswerError):
            scored(wrong)

    def test_knows_no_right_beyond_the_portfolio(self) -> None:
        with pytest.raises(IndexError):
            scored().part_of(9)
