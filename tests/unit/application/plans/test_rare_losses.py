"""Rare losses of case 1: behind its guarantor a shifted factor is kept, without it plain stays."""

from pathlib import Path

import pytest

from tests.plan_kit import eleven_loans
from zhirong.application.plans import rare_losses
from zhirong.application.plans.prepared import SUPPORTED, UNSUPPORTED, Prepared, prepared
from zhirong.application.plans.rare_losses import Asked, RareLoss
from zhirong.application.plans.records import Simulation
from zhirong.parameters.reader import Parameters


@pytest.fixture(scope="module")
def ready(checkout: Path) -> Prepared:
    return prepared(eleven_loans.inputs(checkout))


def asked(ready: Prepared, view: str, paths: int = 60_000) -> Asked:
    found = next(each for each in ready.views if each.key == view)
    return Asked(tranche="senior", view=found, paths=paths, seed=7, confidence=0.95)


def loss(ready: Prepared, view: str, paths: int = 60_000) -> RareLoss:
    return rare_losses.rare_loss(ready, asked(ready, view, paths), Parameters())


class TestRareLoss:
    def test_is_drawn_where_it_happens_behind_a_guarantor(self, ready: Prepared) -> None:
        found = loss(ready, SUPPORTED)

        assert found.ratio is not None
        assert found.ratio >= found.least == 5
        assert found.is_kept
        assert found.shift < -1.0
        assert abs(found.plain.value - found.shifted.value) < 4 * found.plain.standard_error
        assert found.chosen.expected_loss == found.shifted
        # A third of a basis point, as practice has it, give or take.
        assert 0.05e-4 < found.shifted.value < 0.8e-4

    def test_stays_plain_where_losses_are_not_rare(self, ready: Prepared) -> None:
        found = loss(ready, UNSUPPORTED)

        assert found.ratio is not None
        assert 1 < found.ratio < 5
        assert not found.is_kept
        assert found.chosen.expected_loss == found.plain

    def test_is_the_same_every_time(self, ready: Prepared) -> None:
        assert loss(ready, SUPPORTED, 9_000) == loss(ready, SUPPORTED, 9_000)


class TestRareLosses:
    def test_are_told_with_all_supports_and_with_none(self, ready: Prepared) -> None:
        asks = Simulation(paths=9_000, seed=7, confidence=0.95)

        found = rare_losses.rare_losses(ready, "senior", asks, Parameters())

        assert [each.view for each in found] == [SUPPORTED, UNSUPPORTED]
        assert {each.paths for each in found} == {9_000}


class TestWaysToLoss:
    def test_count_what_stands_before_the_tranche(self, ready: Prepared) -> None:
        bare = rare_losses.ways_to_loss(ready, "senior", asked(ready, UNSUPPORTED).view)
        behind = rare_losses.ways_to_loss(ready, "senior", asked(ready, SUPPORTED).view)

        (only,) = bare
        assert only.threshold == pytest.approx(7_000_000_00)
        assert only.supporters == ()
        assert len(behind) == 2 ** len(ready.plan.supports)
        failed = max(behind, key=lambda way: len(way.supporters))
        assert failed.threshold == pytest.approx(7_000_000_00)
