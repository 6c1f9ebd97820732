import numpy as np
import pytest

from zhirong.valuation.scoring.topsis import TopsisScoresError, closeness


class TestCloseness:
    def test_follows_the_formula_worked_by_hand(self) -> None:
        # One indicator: lengths cancel, closeness is the place between worst and best.
        near = closeness(np.array([[10.0], [40.0], [25.0]]), weights=np.array([1.0]))

        assert near.tolist() == pytest.approx([0.0, 1.0, 0.5])

    def test_lets_weights_decide_between_two_strengths(self) -> None:
        scores = np.array([[9.0, 3.0], [3.0, 9.0]])

        near = closeness(scores, weights=np.array([0.8, 0.2]))

        assert near.tolist() == pytest.approx([0.8, 0.2])

    def test_puts_equal_rights_in_the_middle(self) -> None:
        assert closeness(np.ones((2, 2)), weights=np.ones(2)).tolist() == [0.5, 0.5]

    @pytest.mark.parametrize(
        ("scores", "weights"), [([[1.0, 2.0]], [1.0]), ([[np.nan]], [1.0]), ([[1.0]], [-1.0])]
    )
    def test_refuses_what_does_not_fit(
        self, scores: list[list[float]], weights: list[float]
    ) -> None:
        with pytest.raises(TopsisScoresError):
            closeness(np.array(scores), weights=np.array(weights))
