import numpy as np
import pytest

from zhirong.valuation.scoring.tables import Curve, RuleTableError, rule_table


class TestCurve:
    def test_is_flat_outside_its_points(self) -> None:
        curve = Curve((1.0, 3.0), (20.0, 80.0))

        assert curve.read(np.array([0.0, 2.0, 9.0])).tolist() == [20.0, 50.0, 80.0]


class TestRuleTable:
    def test_tells_curves_from_numbers(self) -> None:
        table = rule_table("p", {"points": [[0, 10], [1, 20]], "limit": 3})

        assert table.curve("points").score == (10.0, 20.0)
        assert table.number("limit") == 3.0

    @pytest.mark.parametrize("points", [[[1, 0], [1, 5]], [[0, 0], [1, 101]], [[0, -1]]])
    def test_refuses_a_curve_out_of_order_or_range(self, points: list[list[int]]) -> None:
        with pytest.raises(RuleTableError):
            rule_table("p", {"points": points})

    def test_names_what_is_missing(self) -> None:
        table = rule_table("p", {})

        with pytest.raises(RuleTableError) as refused:
            table.number("limit")
        assert refused.value.facts["entry"] == "limit"
        with pytest.raises(RuleTableError):
            table.curve("points")
