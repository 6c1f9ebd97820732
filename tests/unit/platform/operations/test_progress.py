"""How long a job will still take, by those before it."""

from datetime import timedelta

import pytest

from tests.people import House
from zhirong.platform.operations import clock, outbox
from zhirong.platform.operations.models import Job
from zhirong.platform.operations.progress import seconds_left


def job(house: House, *, began: int, took: int | None) -> Job:
    """A job that began so many seconds ago; done in so many, or open."""
    from_then = clock.real_now() - timedelta(seconds=began)
    made = outbox.ask_watched(
        "appraise", {}, by=house.manager, title="job.appraise", matter_id=None
    )
    Job.objects.filter(pk=made.pk).update(
        created_at=from_then,
        state=Job.State.RUNNING if took is None else Job.State.DONE,
        ended_at=None if took is None else from_then + timedelta(seconds=took),
    )
    return made


@pytest.mark.usefixtures("db")
class TestSecondsLeft:
    def test_is_not_known_for_the_first_of_its_kind(self, house: House) -> None:
        assert seconds_left(job(house, began=5, took=None).pk) is None

    def test_goes_by_the_median_of_those_before(self, house: House) -> None:
        for took in (50, 60, 600):
            job(house, began=3600, took=took)

        assert seconds_left(job(house, began=20, took=None).pk) == pytest.approx(40, abs=2)
        assert seconds_left(job(house, began=100, took=None).pk) == pytest.approx(-40, abs=2)

    def test_is_nothing_once_it_has_ended(self, house: House) -> None:
        assert seconds_left(job(house, began=90, took=60).pk) is None
