from fractions import Fraction

import numpy as np
import pytest

from tests.scoring_factory import ON
from zhirong.parameters.reader import Parameters, catalog
from zhirong.valuation.scoring.ahp import (
    PairwiseMatrixError,
    PairwiseWeights,
    consistency_of,
    pairwise_weights,
)

LIMITS = consistency_of(Parameters(), on=ON)


def weighed(rows: list[list[float]]) -> PairwiseWeights:
    return pairwise_weights(np.array(rows), consistency=LIMITS)


class TestPairwiseWeights:
    def test_gives_saatys_choice_of_a_leader(self) -> None:
        # Saaty's leader example: weights 0.547 0.127 0.270 0.056 as printed, exactly
        # 0.548 0.127 0.270 0.056; λ 4.118, CR 0.044.
        result = weighed(
            [[1, 4, 3, 7], [1 / 4, 1, 1 / 3, 3], [1 / 3, 3, 1, 5], [1 / 7, 1 / 3, 1 / 5, 1]]
        )

        assert [round(weight, 3) for weight in result.weights] == [0.548, 0.127, 0.270, 0.056]
        assert round(result.lambda_max, 3) == 4.118
        assert round(result.consistency_ratio, 3) == 0.044
        assert result.findings() == ()

    def test_recovers_the_weights_of_a_matrix_without_contradiction(self) -> None:
        weights = [Fraction(1, 2), Fraction(3, 10), Fraction(1, 5)]
        rows = [[float(a / b) for b in weights] for a in weights]

        result = weighed(rows)

        assert result.weights == pytest.approx([0.5, 0.3, 0.2])
        assert result.consistency_ratio == pytest.approx(0, abs=1e-9)

    def test_is_the_principal_eigenvector(self) -> None:
        rows = [[1, 2, 5], [1 / 2, 1, 3], [1 / 5, 1 / 3, 1]]
        values, vectors = np.linalg.eig(np.array(rows))
        principal = np.abs(vectors[:, values.real.argmax()].real)

        result = weighed(rows)

        assert result.weights == pytest.approx((principal / principal.sum()).tolist())
        assert result.lambda_max == pytest.approx(values.real.max())

    def test_makes_a_finding_of_comparisons_that_contradict_themselves(self) -> None:
        result = weighed([[1, 5, 1 / 5], [1 / 5, 1, 5], [5, 1 / 5, 1]])

        (finding,) = result.findings()
        assert not result.is_consistent
        assert finding.code == "score.finding.ahp_inconsistent"
        assert catalog().text(finding, "en").startswith("the consistency ratio is")

    @pytest.mark.parametrize(
        ("rows", "reason"),
        [
            ([[1, 2]], "size"),
            ([[1, -2], [-0.5, 1]], "not_positive"),
            ([[1, 2], [2, 1]], "not_reciprocal"),
            ([[1.0] * 10] * 10, "size"),
        ],
    )
    def test_refuses_what_compares_nothing(self, rows: list[list[float]], reason: str) -> None:
        with pytest.raises(PairwiseMatrixError) as refused:
            weighed(rows)

        assert refused.value.facts["reason"] == f"score.pairwise.{reason}"

    def test_gives_one_indicator_all_the_weight(self) -> None:
        assert weighed([[1.0]]).weights == (1.0,)
