"""Work that a counterparty's absence puts off, and work that waits for a person."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from tests.people import House
from zhirong.platform.operations import clock, journal, outbox
from zhirong.platform.operations.models import Job, LogEntry, Outbox

LATER = timedelta(days=1)


@pytest.fixture
def job(house: House) -> Job:
    matter = house.matter()
    with transaction.atomic():
        return outbox.ask_watched(
            "appraise", {}, by=house.manager, title="job.appraise", matter_id=matter.pk
        )


def waiting() -> tuple[Outbox, ...]:
    return outbox.waiting(handed_before=clock.real_now() + LATER)


class TestPutOff:
    def test_waits_for_the_pause_to_pass(self, job: Job) -> None:
        outbox.put_off(job.outbox_id, pause=LATER)

        assert waiting() == ()

    def test_makes_it_another_attempt(self, job: Job) -> None:
        outbox.handed(job.outbox)
        outbox.put_off(job.outbox_id, pause=timedelta(0))

        (item,) = outbox.waiting(handed_before=clock.real_now() - LATER)
        assert item.attempt == 2

    def test_says_so_on_the_job(self, job: Job) -> None:
        outbox.put_off(job.outbox_id, pause=LATER)

        job.refresh_from_db()
        assert (job.state, job.message["code"]) == ("waiting", "job.put_off")


class TestFail:
    def test_ends_the_job_with_words(self, job: Job) -> None:
        outbox.fail(job.outbox_id, code="job.gave_up", facts={"problem": "x"})

        job.refresh_from_db()
        assert (job.state, job.message["code"]) == ("failed", "job.gave_up")
        assert waiting() == ()
        assert LogEntry.objects.filter(action="work_failed", matter=job.matter).count() == 1

    def test_leaves_what_is_done(self, job: Job) -> None:
        outbox.finish(job.outbox_id)
        outbox.fail(job.outbox_id, code="job.gave_up", facts={"problem": "x"})

        assert outbox.given_up() == ()


class TestBeginAnew:
    def test_lets_it_run_again(self, job: Job, house: House) -> None:
        outbox.fail(job.outbox_id, code="job.gave_up", facts={"problem": "x"})
        outbox.begin_anew(job.outbox_id, by=house.admin)

        job.refresh_from_db()
        (item,) = waiting()
        assert (job.state, job.ended_at, item.attempt) == ("waiting", None, 2)
        assert LogEntry.objects.get(action="work_begun_anew").actor_id == house.admin.user_id

    def test_refuses_what_was_not_given_up(self, job: Job, house: House) -> None:
        with pytest.raises(outbox.NotGivenUpError):
            outbox.begin_anew(job.outbox_id, by=house.admin)


class TestCommands:
    def test_begin_all_of_it_anew(self, job: Job) -> None:
        outbox.fail(job.outbox_id, code="job.gave_up", facts={"problem": "x"})
        call_command("retry_work", "--all", stdout=StringIO())

        assert outbox.given_up() == ()

    def test_refuse_a_number_that_is_none(self, job: Job) -> None:
        with pytest.raises(CommandError):
            call_command("retry_work", str(job.outbox_id))

    def test_audit_the_log(self, house: House) -> None:
        house.matter()
        journal.seal(settled_by=clock.real_now() + LATER)
        said = StringIO()
        call_command("audit_log", stdout=said)

        assert said.getvalue().startswith(f"{LogEntry.objects.count()} entries, 1 seals, 0 not")

    def test_end_with_a_fault_where_the_log_was_changed(self, house: House) -> None:
        entry = LogEntry.objects.get(pk=house.matter() and LogEntry.objects.latest("id").pk)
        with connection.cursor() as cursor:
            name = "operations_logentry_no_update"
            is_sqlite = connection.vendor == "sqlite"
            kind, rest = ("TRIGGER", "") if is_sqlite else ("FUNCTION", "() CASCADE")
            cursor.execute(f"DROP {kind} {name}{rest}")
        LogEntry.objects.filter(pk=entry.pk).update(action="x")

        with pytest.raises(CommandError):
            call_command("audit_log", stdout=StringIO())
