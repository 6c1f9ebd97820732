import numpy as np
import pytest

from zhirong.securitization.behavior import migration
from zhirong.securitization.behavior.migration import TransitionMatrixError

MATRIX = np.array([[0.90, 0.08, 0.02], [0.10, 0.80, 0.10], [0.0, 0.0, 1.0]])


class TestCumulativePd:
    def test_is_the_power_of_the_matrix(self) -> None:
        pd = migration.cumulative_pd(MATRIX, [1.0, 2.0, 5.0])

        for i, years in enumerate((1, 2, 5)):
            assert pd[:2, i] == pytest.approx(np.linalg.matrix_power(MATRIX, years)[:2, 2])

    def test_grows_evenly_within_a_year(self) -> None:
        half, whole = migration.cumulative_pd(MATRIX, [0.5, 1.0])[0]

        assert (1 - half) ** 2 == pytest.approx(1 - whole)

    def test_of_default_is_one(self) -> None:
        assert migration.cumulative_pd(MATRIX, [1.0])[2, 0] == pytest.approx(1.0)


class TestGradePaths:
    def test_move_as_often_as_the_matrix_says(self) -> None:
        rng = np.random.default_rng(3)
        factors, own = rng.standard_normal((2, 200_000)), rng.standard_normal((2, 200_000))

        grades = migration.grade_paths(MATRIX, 0, factors=factors, own=own, loading=0.5)

        share = np.bincount(grades[0], minlength=3) / 200_000
        assert share == pytest.approx(MATRIX[0], abs=0.003)
        share = np.bincount(grades[1], minlength=3) / 200_000
        assert share == pytest.approx((MATRIX @ MATRIX)[0], abs=0.003)
        assert (grades[1][grades[0] == 2] == 2).all()

    def test_fall_together_in_a_bad_year(self) -> None:
        moves = migration.probability_of_move(MATRIX, start=1, factor=[-2.0, 2.0], loading=0.5)

        assert moves.sum(axis=1) == pytest.approx([1.0, 1.0])
        assert moves[0, 2] > 0.10 > moves[1, 2]


class TestChecked:
    @pytest.mark.parametrize(
        ("matrix", "row"),
        [
            ([[0.9, 0.2], [0.0, 1.0]], 1),
            ([[0.9, 0.1], [0.1, 0.9]], 2),
            ([[1.1, -0.1], [0.0, 1.0]], 1),
            ([[0.9, 0.1]], 1),
        ],
    )
    def test_names_the_row_that_is_no_law(self, matrix: list[list[float]], row: int) -> None:
        with pytest.raises(TransitionMatrixError) as caught:
            migration.checked(matrix)

        assert caught.value.facts["row"] == row
