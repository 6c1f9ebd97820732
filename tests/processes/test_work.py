"""The job engine with real processes: killed, robbed of its database, poisoned."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes.platform import Processes

pytestmark = pytest.mark.slow


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Processes]:
    processes = Processes(tmp_path)
    processes.manage("migrate", "--verbosity", "0")
    yield processes
    processes.end()


class TestWorker:
    def test_takes_up_within_half_a_minute_what_a_killed_one_left(
        self, platform: Processes
    ) -> None:
        platform.start("relay")
        worker = platform.start("worker")
        work = platform.ask("slow")
        platform.wait(lambda: f"{work} second" in platform.notes(), seconds=60)

        platform.kill(worker)
        platform.say("go")
        platform.start("worker")

        waited = platform.wait(lambda: platform.is_done(work), seconds=60)
        assert waited < 30
        assert platform.one("SELECT COUNT(*) FROM operations_step WHERE outbox_id = ?", work) == 3

    def test_loses_nothing_with_the_database_of_the_engine(self, platform: Processes) -> None:
        platform.start("relay")
        worker = platform.start("worker")
        first, second, third = (platform.ask("slow") for _ in range(3))
        platform.wait(lambda: f"{first} second" in platform.notes(), seconds=60)

        for file in platform.data.glob("jobs.sqlite*"):
            file.unlink()
        # The worker sees that its database is gone and ends; its supervisor starts it anew.
        platform.wait(lambda: worker.poll() is not None, seconds=30)
        assert worker.returncode == 1
        platform.say("go")
        platform.start("worker")

        platform.wait(
            lambda: all(platform.is_done(work) for work in (first, second, third)), seconds=90
        )
        assert platform.one("SELECT COUNT(*) FROM operations_step") == 9

    def test_gives_poisoned_work_up_until_a_person_begins_it_anew(
        self, platform: Processes
    ) -> None:
        platform.start("relay")
        platform.start("worker")
        work = platform.ask("poisoned")
        platform.wait(lambda: platform.job(work)[0] == "failed", seconds=120)

        _, message = platform.job(work)
        assert message == {
            "code": "job.gave_up",
            "facts": {"problem": "ZeroDivisionError: the poison"},
        }
        assert f"{work} poisoned" in platform.manage("retry_work")

        platform.say("mended")
        platform.manage("retry_work", str(work))

        platform.wait(lambda: platform.is_done(work), seconds=60)
        assert platform.job(work)[0] == "waiting"  # the work itself says how its job ends


class TestRelay:
    def test_seals_the_log_by_itself(self, platform: Processes) -> None:
        platform.manage("seed_demonstration")
        platform.start("relay")

        entries = platform.one("SELECT MAX(id) FROM operations_logentry")
        platform.wait(
            lambda: platform.one("SELECT MAX(last_entry) FROM operations_seal") == entries,
            seconds=30,
        )
        assert "0 not sealed yet" in platform.manage("audit_log")
