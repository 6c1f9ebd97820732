from collections.abc import Mapping

import pytest

from zhirong.securitization.analytics import sensitivities
from zhirong.securitization.behavior import large_pool

BASE = {"pd": 0.02, "correlation": 0.2, "lgd": 0.85}


def senior_loss(given: Mapping[str, float]) -> float:
    return large_pool.tranche_expected_loss(**given, attach=0.05, detach=1.0)


class TestTornado:
    def test_puts_the_widest_bar_first_and_moves_one_at_a_time(self) -> None:
        moves = {"lgd": (0.7, 1.0), "pd": (0.01, 0.06), "correlation": (0.1, 0.3)}
        bars = sensitivities.tornado(senior_loss, BASE, moves)

        assert [bar.name for bar in bars] == ["pd", "correlation", "lgd"]
        assert bars[0].at_high == senior_loss({**BASE, "pd": 0.06})
        assert [bar.swing for bar in bars] == sorted((bar.swing for bar in bars), reverse=True)


class TestGrid:
    def test_holds_the_measure_at_every_pair(self) -> None:
        found = sensitivities.grid(
            senior_loss, BASE, ("pd", (0.01, 0.02, 0.06)), ("lgd", (0.8, 1.0))
        )

        assert len(found.cells) == 3
        assert found.cells[1][0] == senior_loss({**BASE, "lgd": 0.8})
        assert all(row[0] < row[1] for row in found.cells)


class TestSlope:
    def test_is_the_change_for_a_unit(self) -> None:
        found = sensitivities.slope(
            lambda a: 3.0 * a["x"] + a["y"], {"x": 1.0, "y": 2.0}, "x", shift=0.1
        )

        assert found == pytest.approx(3.0)
