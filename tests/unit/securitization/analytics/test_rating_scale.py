from datetime import date

import pytest

from zhirong.parameters.reader import Parameters
from zhirong.securitization.analytics import rating_scale
from zhirong.securitization.analytics.loss_estimates import Estimate
from zhirong.securitization.analytics.rating_scale import Grading, RatingScale, ScaleError

ON = date(2024, 11, 27)


@pytest.fixture
def scale() -> RatingScale:
    return rating_scale.published(Parameters(), on=ON)


class TestPublished:
    def test_moves_case_one_by_seven_grades_with_its_guarantor(self, scale: RatingScale) -> None:
        # Expected losses of the senior tranche over a year: 0.89 % alone, 0.3 bp guaranteed.
        assert rating_scale.grade_of(0.0089, scale, years=1.0) == "8"
        assert rating_scale.grade_of(0.00003, scale, years=1.0) == "3"

    def test_holds_every_loss(self, scale: RatingScale) -> None:
        assert rating_scale.grade_of(1.0, scale, years=4.0) == scale.grades[-1]
        assert rating_scale.grade_of(0.0, scale, years=0.25) == scale.grades[0]


class TestGradeOf:
    def test_asks_less_of_a_longer_tranche(self, scale: RatingScale) -> None:
        grades = [int(rating_scale.grade_of(0.001, scale, years=y)) for y in (0.5, 1, 2, 3, 5, 9)]

        assert grades == sorted(grades, reverse=True)
        assert grades[0] > grades[-1]

    def test_is_the_grade_of_its_own_bound(self, scale: RatingScale) -> None:
        for years in (0.5, 1.0, 1.7, 3.0, 4.2):
            for grade in scale.grades[:-1]:
                bound = rating_scale.target_of(grade, scale, years=years)
                assert rating_scale.grade_of(bound, scale, years=years) == grade
                assert rating_scale.grade_of(bound * 1.01, scale, years=years) != grade


class TestGraded:
    def test_says_what_the_simulation_leaves_open(self, scale: RatingScale) -> None:
        estimate = Estimate(value=0.0009, standard_error=3e-4, low=0.0003, high=0.0016)

        found = rating_scale.graded(estimate, scale, years=1.0)

        assert found == Grading(grade="6", best="5", worst="7")


class TestRatingScale:
    @pytest.mark.parametrize(
        "most",
        [
            ((0.02, 0.03), (0.01, 0.04), (1.0, 1.0)),
            ((0.02, 0.01), (0.03, 0.04), (1.0, 1.0)),
            ((0.01, 0.02), (0.03, 0.04), (0.9, 0.9)),
        ],
    )
    def test_refuses_bounds_that_do_not_rise_or_do_not_hold_all(
        self, most: tuple[tuple[float, ...], ...]
    ) -> None:
        with pytest.raises(ScaleError):
            RatingScale(grades=("1", "2", "3"), years=(1.0, 2.0), most=most)

    def test_has_no_target_for_a_grade_it_does_not_know(self, scale: RatingScale) -> None:
        with pytest.raises(ScaleError):
            rating_scale.target_of("AAA", scale, years=1.0)
