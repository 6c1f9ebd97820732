import numpy as np
import pytest

from tests.scoring_factory import answer, columns
from zhirong.valuation.scoring.leaves import (
    Case,
    LeafAnswer,
    LeafAnswerError,
    answered,
    by_cases,
    evidence,
    missing,
)

YES, NO = np.array([True]), np.array([False])


class TestByCases:
    def test_lets_the_first_case_that_holds_decide(self) -> None:
        column = by_cases((Case(NO, 1.0, "a"), Case(YES, 2.0, "b"), Case(YES, 3.0, "c")), count=1)

        assert column.score.tolist() == [2.0]
        assert column.codes[column.evidence[0]] == "score.evidence.b"

    def test_says_missing_where_none_holds(self) -> None:
        column = by_cases((Case(NO, 1.0, "a"),), count=1)

        assert np.isnan(column.score[0])
        assert column.is_missing.tolist() == [True]

    def test_tells_not_applicable_from_missing(self) -> None:
        column = by_cases((Case(YES, None, "a"),), count=1)

        assert column.applies.tolist() == [False]
        assert column.is_missing.tolist() == [False]


class TestLeafAnswer:
    @pytest.mark.parametrize(
        "fields", [{"score": 101.0}, {"score": -1.0}, {"author": " "}, {"reason": ""}]
    )
    def test_is_refused_without_range_author_or_reason(self, fields: dict[str, object]) -> None:
        with pytest.raises(LeafAnswerError):
            answer("a1", **({"score": 50.0} | fields))  # type: ignore[arg-type]


class TestAnswered:
    @pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
    def test_puts_the_narrower_answer_first_in_any_order(self, order: tuple[int, ...]) -> None:
        given = (
            answer("a", 10.0),
            answer("a", 20.0, rights=(0, 1)),
            answer("a", 30.0, rights=(1,)),
        )

        column = answered(missing(3), [(place, given[place]) for place in order])

        assert column.score.tolist() == [20.0, 30.0, 10.0]
        assert column.answer.tolist() == [1, 2, 0]

    def test_lets_the_analyst_say_that_a_leaf_does_not_apply(self) -> None:
        column = answered(by_cases((Case(YES, 5.0, "a"),), count=1), [(0, answer("a", None))])

        assert np.isnan(column.score[0])
        assert not column.applies[0]

    def test_keeps_what_the_rule_found_beside_the_answer(self) -> None:
        column = answered(by_cases((Case(YES, 5.0, "a"),), count=1), [(0, answer("a", 80.0))])

        assert column.score.tolist() == [80.0]
        assert column.codes[column.evidence[0]] == "score.evidence.a"

    @pytest.mark.parametrize(
        "answers",
        [
            (answer("a", 1.0), answer("a", 2.0)),
            (answer("a", 1.0, rights=(0,)), answer("a", 2.0, rights=(0,))),
            (answer("a", 1.0, rights=(7,)),),
        ],
    )
    def test_refuses_answers_that_clash_or_miss(self, answers: tuple[LeafAnswer, ...]) -> None:
        with pytest.raises(LeafAnswerError):
            answered(missing(2), list(enumerate(answers)))


class TestEvidence:
    def test_carries_the_facts_of_the_right(self) -> None:
        rights = columns(owners=[3])
        column = by_cases((Case(YES, 5.0, "ownership_limited"),), count=1)

        told = evidence(column, facts=("owners", "awards"), columns=rights, right=0)

        assert told.code == "score.evidence.ownership_limited"
        assert dict(told.facts) == {"owners": 3.0, "awards": None}
