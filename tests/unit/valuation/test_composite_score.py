from datetime import date
from decimal import Decimal

import pytest

from tests.method_inputs import ORIGIN
from zhirong.core.sheet import Sheet
from zhirong.parameters.reader import Parameters
from zhirong.valuation import composite_score
from zhirong.valuation.composite_score import (
    Factor,
    Judgment,
    Judgments,
    ScoreMissingError,
    ScoreOutOfRangeError,
)

ON = date(2026, 6, 30)
WEIGHTS = {"financing": Decimal("0.6"), "working_funds": Decimal("0.4")}


def enter(judgments: Judgments) -> tuple[Factor, ...]:
    table = Parameters().get("valuation.build_up.weights", on=ON)
    return composite_score.enter(Sheet("t"), WEIGHTS, judgments=judgments, table=table, on=ON)


class TestEnter:
    @pytest.mark.parametrize("points", [-1.0, 100.5])
    def test_refuses_points_outside_0_to_100(self, points: float) -> None:
        wrong = Judgment(points=points, origins=ORIGIN)

        with pytest.raises(ScoreOutOfRangeError):
            enter({"financing": wrong, "working_funds": None})

    def test_refuses_a_group_in_which_nothing_applies(self) -> None:
        with pytest.raises(ScoreMissingError):
            enter({"financing": None, "working_funds": None})


class TestWeighted:
    def test_weighs_points(self) -> None:
        both = {
            "financing": Judgment(points=80, origins=ORIGIN),
            "working_funds": Judgment(points=30, origins=ORIGIN),
        }

        assert float(composite_score.weighted(enter(both))) == pytest.approx(60)
