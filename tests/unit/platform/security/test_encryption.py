from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import connection

from tests.people import organization, person
from zhirong.platform.accounts import rotation
from zhirong.platform.accounts.encryption import SealedFieldError, masked, seal, unseal
from zhirong.platform.accounts.fields import matches
from zhirong.platform.accounts.models import User
from zhirong.platform.accounts.rights import Role
from zhirong.platform.operations.models import LogEntry

OLD, NEW = b"o" * 32, b"n" * 32
PLACE = "accounts.user.phone"
PHONE = "13800000001"


@pytest.fixture(autouse=True)
def old_key(settings: Any) -> None:
    settings.FIELD_KEYS = {"old": OLD}


@pytest.fixture
def user(db: None) -> User:
    found = person(organization(), Role.FIRM_OFFICER)
    found.phone, found.identity_number = PHONE, "110101199003070000"
    found.save()
    return found


def stored(user: User, column: str = "phone") -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM accounts_user WHERE id = %s", [user.pk])  # noqa: S608 - a column of ours
        return str(cursor.fetchone()[0])


class TestSeal:
    @pytest.mark.parametrize("text", ["1", "知识产权", "x" * 5000])
    def test_opens_again(self, text: str) -> None:
        assert unseal(seal(text, place=PLACE), place=PLACE) == text

    def test_differs_each_time(self) -> None:
        assert seal(PHONE, place=PLACE) != seal(PHONE, place=PLACE)

    def test_names_its_key(self) -> None:
        assert seal(PHONE, place=PLACE).startswith("zr1.old.")


class TestUnseal:
    def test_needs_the_key_it_names(self, settings: Any) -> None:
        sealed = seal(PHONE, place=PLACE)
        settings.FIELD_KEYS = {"new": NEW}

        with pytest.raises(SealedFieldError):
            unseal(sealed, place=PLACE)

    def test_refuses_another_key_of_the_same_name(self, settings: Any) -> None:
        sealed = seal(PHONE, place=PLACE)
        settings.FIELD_KEYS = {"old": NEW}

        with pytest.raises(SealedFieldError):
            unseal(sealed, place=PLACE)

    def test_refuses_every_changed_character(self) -> None:
        sealed = seal(PHONE, place=PLACE)
        opened = []
        for place, letter in enumerate(sealed):
            changed = sealed[:place] + ("A" if letter != "A" else "B") + sealed[place + 1 :]
            try:
                opened.append((place, unseal(changed, place=PLACE)))
            except SealedFieldError:
                continue

        assert opened == []

    def test_refuses_a_value_moved_to_another_column(self) -> None:
        with pytest.raises(SealedFieldError):
            unseal(seal(PHONE, place=PLACE), place="accounts.user.identity_number")

    def test_refuses_open_text(self) -> None:
        with pytest.raises(SealedFieldError):
            unseal(PHONE, place=PLACE)

    def test_says_nothing_of_the_content(self, settings: Any) -> None:
        sealed = seal(PHONE, place=PLACE)
        settings.FIELD_KEYS = {"old": NEW}

        with pytest.raises(SealedFieldError) as error:
            unseal(sealed, place=PLACE)
        assert PHONE not in str(error.value)
        assert sealed[10:] not in str(error.value)


class TestEncryptedTextField:
    def test_opens_for_the_house_and_lies_locked(self, user: User) -> None:
        assert User.objects.get(pk=user.pk).phone == PHONE
        assert stored(user).startswith("zr1.old.")
        assert PHONE not in stored(user)

    def test_leaves_nothing_as_nothing(self, user: User) -> None:
        User.objects.filter(pk=user.pk).update(phone="")
        assert stored(user) == ""
        assert User.objects.get(pk=user.pk).phone == ""

    def test_refuses_to_be_searched(self, user: User) -> None:
        with pytest.raises(FieldError):
            User.objects.filter(phone=PHONE).exists()


class TestBlindIndexField:
    def test_finds_equal_values(self, user: User) -> None:
        person(user.organization, Role.FIRM_OFFICER)

        assert list(User.objects.filter(phone_index__in=matches(User, "phone", PHONE))) == [user]
        assert not User.objects.filter(phone_index__in=matches(User, "phone", "1")).exists()

    def test_does_not_find_those_without_a_value(self, user: User) -> None:
        person(user.organization, Role.FIRM_OFFICER)

        assert not User.objects.filter(phone_index__in=matches(User, "phone", "")).exists()

    def test_is_no_plain_hash(self, user: User, settings: Any) -> None:
        before = matches(User, "phone", PHONE)
        settings.FIELD_KEYS = {"old": NEW}

        assert matches(User, "phone", PHONE) != before


class TestMasked:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("6222020000001234", "•••• 1234"),
            ("1234567", "•" * 7),
            ("", ""),
            ("12345678", "•••• 5678"),
        ],
    )
    def test_shows_the_end_of_a_long_one(self, text: str, shown: str) -> None:
        assert masked(text) == shown


class TestRotate:
    def test_seals_everything_with_the_first_key(self, user: User, settings: Any) -> None:
        settings.FIELD_KEYS = {"new": NEW, "old": OLD}

        call_command("rotate_field_keys", batch=1)

        settings.FIELD_KEYS = {"new": NEW}
        again = User.objects.get(pk=user.pk)
        assert (again.phone, again.identity_number) == (PHONE, "110101199003070000")
        assert stored(user).startswith("zr1.new.")
        assert User.objects.filter(phone_index__in=matches(User, "phone", PHONE)).count() == 1
        assert LogEntry.objects.filter(action="field_keys_rotated").count() == 2

    def test_finds_values_while_keys_are_changed(self, user: User, settings: Any) -> None:
        settings.FIELD_KEYS = {"new": NEW, "old": OLD}

        assert User.objects.filter(phone_index__in=matches(User, "phone", PHONE)).count() == 1

    def test_goes_on_where_it_was_stopped(self, user: User, settings: Any) -> None:
        for number in range(4):
            other = person(user.organization, Role.FIRM_OFFICER)
            other.phone = f"1380000001{number}"
            other.save()
        settings.FIELD_KEYS = {"new": NEW, "old": OLD}
        rounds = rotation.rotate(batch=2)
        next(rounds)
        rounds.close()
        first = {u.pk: stored(u) for u in User.objects.all() if "zr1.new" in stored(u)}

        rest = sum(rows for _, rows in rotation.rotate(batch=2))

        assert len(first) == 2
        assert rest == 4  # three phones and one identity number
        assert {pk: stored(User.objects.get(pk=pk)) for pk in first} == first
        assert list(rotation.rotate(batch=2)) == []

    def test_covers_every_column_under_lock(self) -> None:
        names = {f"{field.model._meta.label}.{field.name}" for field in rotation.locked_fields()}

        assert names >= {
            "accounts.User.phone",
            "accounts.User.identity_number",
            "accounts.SecondFactor.secret",
            "lending.Application.account",
            "lending.DrawDown.payee_account",
        }
