"""Tests of sharing a group's value: the game on features, and the fen."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from zhirong.core.sheet import Sheet
from zhirong.core.sources import AssumptionOrigin
from zhirong.valuation.allocation import (
    CoverageError,
    FeatureGame,
    Inputs,
    allocate,
    shapley_shares,
    value_of_set,
)

ORIGIN = AssumptionOrigin(author="A. Tester", reason="worked example")


def allocated(
    values: Sequence[float], index: Sequence[int], *, shapley: bool = False, **given: Any
) -> Sheet:
    """The sheet of an allocation of groups' values among rights."""
    sheet = Sheet("allocation")
    count = len(index)
    columns: dict[str, Any] = {
        "score": np.full(count, 70.0),
        "remaining_life": np.full(count, 5.0),
        "is_valued": np.ones(count),
        "shapley_share": np.zeros(count),
    }
    columns |= given
    figures = {
        key: sheet.assumption(key, value, "1", origins=ORIGIN, axes=("right",))
        for key, value in columns.items()
    }
    value = sheet.assumption("value_of_group", values, "CNY", origins=ORIGIN, axes=("asset",))
    policy = sheet.assumption("policy", float(shapley), "1", origins=ORIGIN)
    allocate(sheet, a=Inputs(value=value, chooses_shapley=policy, index=tuple(index), **figures))
    return sheet


def line(sheet: Sheet, key: str = "value") -> list[float]:
    listed: list[float] = sheet.lines[key].figure.values.tolist()
    return listed


class TestFeatureGame:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"rights": (), "cover": ()},
            {"cover": (0.0, 0.0)},
            {"cover": (0.5, 1.1)},
            {"cover": (0.5, -0.1)},
            {"cover": (0.5,)},
            {"value": -1.0},
            {"value": float("nan")},
        ],
    )
    def test_refuses_what_is_no_game(self, wrong: dict[str, Any]):
        with pytest.raises(CoverageError):
            FeatureGame(**({"value": 100.0, "rights": (0, 1), "cover": (0.9, 0.8)} | wrong))


class TestWorth:
    def test_counts_a_feature_once(self):
        game = FeatureGame(value=100.0, rights=(4, 7), cover=(0.9, 0.8))

        assert game.worth(frozenset()) == 0.0
        assert game.worth(frozenset((4,))) == pytest.approx(100 * 0.9 / 0.98)
        assert game.worth(frozenset((4, 7, 9))) == pytest.approx(100.0)

    @pytest.mark.parametrize("chance", [1e-18, 1e-300, 1.0])
    def test_does_not_lose_very_small_chances(self, chance: float):
        game = FeatureGame(value=100.0, rights=(0, 1), cover=(chance, chance))

        assert game.worth(frozenset((0, 1))) == 100.0
        assert game.worth(frozenset((0,))) == pytest.approx(100.0 if chance == 1 else 50.0)


class TestShapley:
    def test_meets_two_rights_worked_by_hand(self):
        # v(1) = 0.9/0.98, v(2) = 0.8/0.98, v(12) = 1: each is paid its mean marginal worth.
        first, second = FeatureGame(value=98.0, rights=(0, 1), cover=(0.9, 0.8)).shapley()

        assert first == pytest.approx((90 + 98 - 80) / 2)
        assert second == pytest.approx((80 + 98 - 90) / 2)

    def test_of_one_right_is_everything(self):
        assert FeatureGame(value=5.0, rights=(3,), cover=(0.2,)).shapley().tolist() == [5.0]

    def test_of_a_hundred_equal_rights_is_even(self):
        shares = FeatureGame(value=1.0, rights=tuple(range(102)), cover=(0.4,) * 102).shapley()

        assert shares == pytest.approx(np.full(102, 1 / 102), rel=1e-12)


class TestValueOfSet:
    def test_is_the_sum_over_features(self):
        games = [
            FeatureGame(value=60.0, rights=(0,), cover=(0.5,)),
            FeatureGame(value=40.0, rights=(0, 1), cover=(1.0, 1.0)),
        ]

        assert value_of_set(games, frozenset((0, 1))) == pytest.approx(100.0)
        assert value_of_set(games, frozenset((1,))) == pytest.approx(40.0)


class TestShapleyShares:
    def test_are_nothing_without_any_game(self):
        assert shapley_shares([], 2).tolist() == [0.0, 0.0]

    def test_counts_a_right_named_twice_twice(self):
        game = FeatureGame(value=1.0, rights=(0, 0, 1), cover=(0.5, 0.5, 0.5))

        assert shapley_shares([game], 2) == pytest.approx([2 / 3, 1 / 3])


class TestAllocate:
    def test_loses_no_fen_of_three_thirds(self):
        assert line(allocated([100.0], [0, 0, 0])) == [33.33, 33.34, 33.33]

    def test_weighs_by_score_and_life(self):
        sheet = allocated([100.0], [0, 0], score=[80.0, 40.0], remaining_life=[2.0, 4.0])

        assert line(sheet) == [50.0, 50.0]

    def test_gives_nothing_to_a_right_that_may_not_be_valued(self):
        assert line(allocated([100.0], [0, 0], is_valued=[0.0, 1.0])) == [0.0, 100.0]

    def test_follows_the_policy(self):
        given = {"shapley_share": [0.9, 0.1]}

        assert line(allocated([100.0], [0, 0], **given)) == [50.0, 50.0]
        assert line(allocated([100.0], [0, 0], shapley=True, **given)) == [90.0, 10.0]

    def test_shares_by_the_game_where_all_scores_are_zero(self):
        sheet = allocated(
            [100.0, 10.0],
            [0, 0, 1],
            score=[0.0, 0.0, 50.0],
            shapley_share=[0.75, 0.25, 1.0],
        )

        assert line(sheet) == [75.0, 25.0, 10.0]

    def test_lets_no_group_pay_for_another(self):
        sheet = allocated([0.01, 100.0, 0.02], [0, 0, 0, 1, 1, 1, 2, 2])
        values = np.array(line(sheet))

        assert values[:3].sum() == pytest.approx(0.01, abs=1e-9)
        assert values[3:6].sum() == pytest.approx(100.0, abs=1e-9)
        assert values[6:].sum() == pytest.approx(0.02, abs=1e-9)
