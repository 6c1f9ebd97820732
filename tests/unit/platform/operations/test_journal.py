from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.people import House
from zhirong.platform.operations import clock, journal
from zhirong.platform.operations.models import LogEntry, Seal

LATER = timedelta(seconds=5)


def sealed() -> None:
    while journal.seal(settled_by=clock.real_now() + LATER):
        pass


class TestRecord:
    def test_stands_in_the_transaction_of_the_act(self, house: House) -> None:
        before = LogEntry.objects.count()

        def act() -> None:
            journal.record("signed_in", by=house.firm)
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            transaction.atomic(act)()

        assert LogEntry.objects.count() == before

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE operations_logentry SET action = 'x'",
            "DELETE FROM operations_logentry",
            "UPDATE operations_seal SET root = 'x'",
            "DELETE FROM operations_seal",
        ],
    )
    def test_cannot_be_changed_or_taken_away(self, house: House, statement: str) -> None:
        house.matter()
        sealed()

        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


class TestSeal:
    def test_leaves_what_may_still_be_joined(self, house: House) -> None:
        house.matter()

        assert journal.seal(settled_by=clock.real_now() - LATER) is None

    def test_covers_every_entry_once(self, house: House) -> None:
        house.matter()
        sealed()
        house.matter()
        sealed()

        found = journal.audit()

        assert (found.entries, found.seals, found.unsealed, found.faults) == (
            LogEntry.objects.count(),
            2,
            0,
            (),
        )


class TestAudit:
    @pytest.fixture
    def forged(self, house: House) -> LogEntry:
        """A sealed log on which the triggers were taken away, as only an owner of the file can."""
        house.matter()
        sealed()
        with connection.cursor() as cursor:
            for table in ("logentry", "seal"):
                for word in ("update", "delete"):
                    name = f"operations_{table}_no_{word}"
                    if connection.vendor == "sqlite":
                        cursor.execute(f"DROP TRIGGER {name}")
                    else:
                        cursor.execute(f"DROP FUNCTION {name}() CASCADE")
        return LogEntry.objects.filter(action="matter_opened").get()

    def test_finds_a_changed_entry(self, forged: LogEntry) -> None:
        LogEntry.objects.filter(pk=forged.pk).update(facts={"title": "x"})

        assert [(f.reason, f.entry) for f in journal.audit().faults] == [
            ("entry_changed", forged.pk)
        ]

    def test_finds_an_entry_that_is_gone(self, forged: LogEntry) -> None:
        LogEntry.objects.filter(pk=forged.pk).delete()

        assert [fault.reason for fault in journal.audit().faults] == ["entry_lost"]

    def test_finds_a_seal_that_was_made_anew(self, forged: LogEntry) -> None:
        Seal.objects.update(root="0" * 64)

        assert {fault.reason for fault in journal.audit().faults} == {"entry_lost", "seal_changed"}
