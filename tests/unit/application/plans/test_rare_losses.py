"""Rare losses of case 1: behind its guarantor a shifted factor is kept, without it plain stays."""

from datetime import date
from pathlib import Path

import pytest

from tests.plan_kit import eleven_loans
from zhirong.application.plans import rare_losses
from zhirong.application.plans.prepared import SUPPORTED, UNSUPPORTED, Prepared, prepared
from zhirong.application.plans.rare_losses import Asked, RareLoss
from zhirong.parameters.reader import Parameters
from zhirong.securitization.analytics import loss_estimates

ON = date(2024, 11, 27)


@pytest.fixture(scope="module")
def ready(checkout: Path) -> Prepared:
    return prepared(eleven_loans.inputs(checkout))


def asked(ready: Prepared, view: str, paths: int = 60_000) -> Asked:
    found = next(each for each in ready.views if each.key == view)
    return Asked(tranche="senior", view=found, paths=paths, seed=7, confidence=0.95)


def loss(ready: Prepared, view: str) -> RareLoss:
    return rare_losses.rare_loss(ready, asked(ready, view), Parameters(), on=ON)


class TestRareLoss:
    def test_is_drawn_where_it_happens_behind_a_guarantor(self, ready: Prepared) -> None:
        found = loss(ready, SUPPORTED)

        assert found.comparison.ratio is not None
        assert found.comparison.ratio >= 5
        assert found.comparison.is_kept
        assert found.shift < -1.0
        plain, shifted = found.comparison.plain.estimate, found.comparison.other.estimate
        assert abs(plain.value - shifted.value) < 4 * plain.standard_error
        chosen = loss_estimates.expected_loss(found.chosen, confidence=0.95)
        assert chosen == shifted
        # A third of a basis point, as practice has it, give or take.
        assert 0.05e-4 < chosen.value < 0.8e-4

    def test_stays_plain_where_losses_are_not_rare(self, ready: Prepared) -> None:
        found = loss(ready, UNSUPPORTED)

        assert found.comparison.ratio is not None
        assert not found.comparison.is_kept
        chosen = loss_estimates.expected_loss(found.chosen, confidence=0.95)
        assert chosen == found.comparison.plain.estimate

    def test_is_the_same_every_time(self, ready: Prepared) -> None:
        small = asked(ready, SUPPORTED, paths=9_000)
        first, again = (
            rare_losses.rare_loss(ready, small, Parameters(), on=ON).chosen.to_bytes()
            for _ in range(2)
        )

        assert first == again


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
