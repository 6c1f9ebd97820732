import numpy as np
import pytest

from tests.scoring_factory import columns
from zhirong.rights.records import PatentKind
from zhirong.valuation.scoring.columns import ScoringColumnError


class TestScoringColumns:
    def test_are_unknown_where_nobody_filled_them(self) -> None:
        assert np.isnan(columns().fact("awards")).all()

    def test_tell_kinds_apart(self) -> None:
        rights = columns(PatentKind.INVENTION, PatentKind.DESIGN)

        assert rights.is_kind(PatentKind.DESIGN).tolist() == [False, True]

    def test_are_taken_by_place(self) -> None:
        rights = columns(PatentKind.INVENTION, PatentKind.DESIGN, owners=[1, 2])

        taken = rights.take(np.array([1]))

        assert (taken.count, taken.fact("owners").tolist()) == (1, [2.0])
        assert taken.awards is None

    @pytest.mark.parametrize(
        ("facts", "reason"),
        [
            ({"owners": [1.0, 2.0]}, "count_differs"),
            ({"owners": [-1.0]}, "negative"),
            ({"owners": [np.inf]}, "negative"),
            ({"is_pledged": [0.5]}, "not_yes_or_no"),
            ({"report_conclusion": [3.0]}, "not_a_conclusion"),
        ],
    )
    def test_refuse_what_cannot_be(self, facts: dict[str, list[float]], reason: str) -> None:
        with pytest.raises(ScoringColumnError) as refused:
            columns(**facts)

        assert refused.value.facts["reason"] == f"score.column.{reason}"
