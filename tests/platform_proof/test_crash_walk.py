"""The process ends at every port call and commit of a loan's way: nothing lost, nothing twice.

The way is walked once without a crash, and all that stands is kept before each of its steps. Then
each step is begun from there, once for each of its points, with the process ending at that point.
What stands behind the step must be, row by row, what stands there without a crash; the rest of the
way then is the same as well. Some ways are walked to their end with several crashes each.
"""

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.crashes import CrashAfter, crashing
from tests.journeys_in_steps import Loan, Step, go
from tests.platform_state import Rows, differences
from tests.quick_house import QuickHouse
from zhirong.platform.documents.models import Deed
from zhirong.platform.filing.models import Filing, HeardNotice, PledgedRight, SentAct
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.lending.models import DrawDown, Installment, Receipt, UnknownEntry
from zhirong.platform.matters.models import Matter
from zhirong.platform.operations import journal
from zhirong.platform.operations.models import Outbox

# Walks of several crashes to the very end; more are tried by ZHIRONG_EXPLORE.
WALKS = int(os.environ.get("ZHIRONG_EXPLORE", "4"))
CRASHES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """A step, what stood before it (kept), its points, and what stands behind it."""

    step: Step
    before: Path
    points: tuple[str, ...]
    behind: dict[str, Rows]


def walk(house: QuickHouse, place: Path) -> tuple[Walked, ...]:
    """The way without a crash."""
    walked = []
    for count, step in enumerate(Loan(house).steps()):
        before = place / f"{count:02d}"
        house.keep(before)
        points = CrashAfter()
        with crashing(points):
            go(step, house)
        walked.append(
            Walked(step=step, before=before, points=tuple(points.points), behind=house.state())
        )
    return tuple(walked)


def made(journey: CrashAfter, steps: Iterator[Step]) -> Step | None:
    """The next step; looking up what it needs is the test's own work and does not crash."""
    with journey.paused():
        return next(steps, None)


def assert_ended_well() -> None:
    """One of each, and nothing left over."""
    draw = DrawDown.objects.get()
    assert Matter.objects.get().stage == Matter.Stage.CLOSED
    assert draw.state == DrawDown.State.REPAID
    assert sorted(SentAct.objects.values_list("kind", flat=True)) == ["cancel", "establish"]
    assert Filing.objects.get().state == "canceled"
    assert Receipt.objects.count() == Installment.objects.count() == 2
    assert ledger.trial().is_even
    assert ledger.net_fen(f"loan/{draw.number}/principal") == 0
    assert ledger.net_fen(f"loan/{draw.number}/interest") == 0
    assert ledger.net_fen(f"facility/{draw.facility.number}/undrawn") == 0
    assert journal.audit().faults == ()
    assert not PledgedRight.objects.filter(is_live=True).exists()
    assert not Outbox.objects.filter(done_at=None).exists()
    assert not UnknownEntry.objects.exists()
    assert not Deed.objects.filter(is_signed=False, is_withdrawn=False).exists()
    assert HeardNotice.objects.count() == len(set(HeardNotice.objects.values_list("notice_no")))


class TestAWholeWay:
    def test_is_the_same_wherever_the_process_ends(self, house: QuickHouse, tmp_path: Path) -> None:
        walked = walk(house, tmp_path / "kept")
        assert_ended_well()

        tried, wrong = 0, []
        for part in walked:
            for at, point in enumerate(part.points, 1):
                house.go_back(part.before)
                with crashing(CrashAfter(at)):
                    go(part.step, house)
                tried += 1
                found = differences(part.behind, house.state())
                wrong += [f"{part.step.name}, {point} ({at}): {line}" for line in found[:5]]
        assert not wrong, "\n".join(wrong[:60])
        assert tried == sum(len(part.points) for part in walked) > 500

    @pytest.mark.parametrize("seed", range(WALKS))
    def test_ends_well_after_several_crashes(self, house: QuickHouse, seed: int) -> None:
        at = random.Random(seed).sample(range(1, 700), CRASHES)

        journey, steps = CrashAfter(*at), Loan(house).steps()
        with crashing(journey):
            while (step := made(journey, steps)) is not None:
                go(step, house)

        assert_ended_well()
