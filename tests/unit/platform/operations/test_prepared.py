"""Queries and rows put into SQL once give what the framework gives."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models.signals import post_save
from django.test.utils import CaptureQueriesContext

from tests.people import House
from zhirong.platform.accounts.models import Organization, User
from zhirong.platform.operations import clock, journal, outbox
from zhirong.platform.operations.models import LogEntry, Outbox
from zhirong.platform.operations.prepared import Prepared
from zhirong.platform.operations.writing import change, write, write_together

PERSON = Prepared(
    lambda party, name: User.objects.filter(organization_id=party, sign_in_name=name), int, str
)
COUNTED = Prepared(
    lambda party: User.objects.filter(organization=party).order_by().values_list("phone", "name"),
    int,
)
STAFF = Prepared(
    lambda party: User.objects.filter(organization_id=party).select_related("organization"), int
)
SINCE = Prepared(
    lambda action, day: LogEntry.objects.filter(action=action, on__gte=day).values_list("on"),
    str,
    date,
)


@pytest.mark.django_db
class TestPrepared:
    def test_gives_each_argument_its_own_row(self, house: House) -> None:
        for viewer in (house.manager, house.firm):
            user = User.objects.get(pk=viewer.user_id)
            user.phone = f"138{user.pk:08d}"
            user.save()
            found = PERSON.row(viewer.organization_id, user.sign_in_name)

            assert found == user
            assert found.phone == user.phone  # kept encrypted, read by its field
            assert found.organization == user.organization

    def test_gives_all_rows_with_what_hangs_on_them(self, house: House) -> None:
        found = STAFF.rows(house.manager.organization_id)

        assert found == list(User.objects.filter(organization=house.manager.organization_id))
        with CaptureQueriesContext(connection) as asked:
            assert {person.organization.pk for person in found} == {house.manager.organization_id}
        assert len(asked) == 0
        assert STAFF.rows(0) == []

    def test_gives_row_by_row_what_it_gives_at_once(self, house: House) -> None:
        organization = house.manager.organization_id
        rows = STAFF.each(organization, chunk=1)

        assert next(rows) == STAFF.rows(organization)[0]
        assert list(rows) == STAFF.rows(organization)[1:]

    def test_gives_the_values_of_all_rows(self, house: House) -> None:
        found = COUNTED.all_values(house.manager.organization_id)

        people = User.objects.filter(organization=house.manager.organization_id)
        assert set(found) == {(person.phone, person.name) for person in people}

    def test_asks_for_days(self, house: House) -> None:
        today = clock.today()
        with transaction.atomic():
            journal.record("application_submitted", by=house.firm)

        assert SINCE.values("application_submitted", today) == (today,)
        assert SINCE.values("application_submitted", today + timedelta(days=1)) is None

    def test_gives_none_where_there_is_none(self, house: House) -> None:
        name = User.objects.get(pk=house.firm.user_id).sign_in_name

        assert PERSON.row(house.manager.organization_id, name) is None
        assert PERSON.row(house.manager.organization_id, "' OR 1=1 --") is None

    def test_refuses_arguments_of_another_kind(self, house: House) -> None:
        with pytest.raises(AssertionError):
            PERSON.row(str(house.manager.organization_id), "x")

    def test_is_one_statement(self, house: House) -> None:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            COUNTED.values(house.manager.organization_id)

        assert len(asked) == 1


@pytest.mark.django_db
class TestWriteAndChange:
    def test_keep_what_save_keeps(self, house: House) -> None:
        row = write(Outbox(kind="k", payload={"a": [1, "中"]}, created_at=clock.real_now()))
        firm = Organization.objects.get(pk=house.firm.organization_id)
        user = write(User(sign_in_name="w", name="W", organization=firm, phone="13800000000"))
        user.name = "V"
        change(user, "name")

        assert Outbox.objects.get(pk=row.pk).payload == {"a": [1, "中"]}
        stored = User.objects.get(pk=user.pk)
        assert (stored.name, stored.phone, stored.phone_index) == (
            "V",
            "13800000000",
            user.phone_index,
        )

    def test_go_to_the_database_together(self, house: House) -> None:
        user = User.objects.get(pk=house.firm.user_id)
        user.name = "Renamed"
        told: list[int | None] = []

        def hear(instance: LogEntry, **_: object) -> None:
            told.append(instance.pk)

        post_save.connect(hear, sender=LogEntry)
        try:
            with transaction.atomic():
                work = outbox.item("k", {"a": 1}, by=house.firm)
                entry = journal.entry("application_submitted", by=house.firm)
                write_together(work, entry, changed={user: ("name",)})
        finally:
            post_save.disconnect(hear, sender=LogEntry)

        assert Outbox.objects.get(pk=work.pk).payload == {"a": 1}
        assert LogEntry.objects.get(pk=entry.pk).digest == entry.digest
        assert User.objects.get(pk=user.pk).name == "Renamed"
        assert told == [entry.pk]  # once it has a number

    def test_are_none_where_one_cannot_be(self, house: House) -> None:
        user = User.objects.get(pk=house.firm.user_id)
        work = Outbox(kind="k", payload={}, created_at=clock.real_now())
        taken = User(sign_in_name=user.sign_in_name, name="W", organization=user.organization)
        before = Outbox.objects.count()

        with pytest.raises(IntegrityError), transaction.atomic():
            write_together(work, taken)

        assert Outbox.objects.count() == before
