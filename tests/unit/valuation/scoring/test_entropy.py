import math

import numpy as np
import pytest

from zhirong.valuation.scoring.entropy import EntropyScoresError, NoSpreadError, entropy_weights


class TestEntropyWeights:
    def test_follows_the_formula_worked_by_hand(self) -> None:
        # Shares 1/4, 3/4 and 2/5, 3/5 of two rights.
        first = 1 + (0.25 * math.log(0.25) + 0.75 * math.log(0.75)) / math.log(2)
        second = 1 + (0.4 * math.log(0.4) + 0.6 * math.log(0.6)) / math.log(2)

        weights = entropy_weights(np.array([[20.0, 40.0], [60.0, 60.0]]))

        assert weights.tolist() == pytest.approx(
            [first / (first + second), second / (first + second)]
        )

    def test_gives_no_weight_to_what_tells_nobody_apart(self) -> None:
        weights = entropy_weights(np.array([[7.0, 1.0], [7.0, 2.0], [7.0, 9.0]]))

        assert weights.tolist() == [0.0, 1.0]

    @pytest.mark.parametrize(
        "scores", [[[1.0, 2.0]], [[1.0], [-1.0]], [[np.nan], [1.0]], [[0.0], [0.0]]]
    )
    def test_refuses_scores_without_shares(self, scores: list[list[float]]) -> None:
        with pytest.raises(EntropyScoresError):
            entropy_weights(np.array(scores))

    def test_has_no_answer_where_all_are_equal(self) -> None:
        with pytest.raises(NoSpreadError):
            entropy_weights(np.full((3, 2), 5.0))
