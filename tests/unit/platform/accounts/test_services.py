import re
from datetime import timedelta

import pytest
from django.utils.translation import override

from tests.people import PASSWORD, House, organization, person
from zhirong.platform.accounts.models import User
from zhirong.platform.accounts.rights import Role
from zhirong.platform.accounts.services import (
    PasswordError,
    SignInError,
    add_person,
    authenticate,
    change_password,
    entered,
)
from zhirong.platform.operations import clock
from zhirong.platform.operations.models import LogEntry


@pytest.fixture
def user(db: None) -> User:
    return person(organization(), Role.FIRM_OFFICER)


class TestAuthenticate:
    def test_lets_in_with_the_password(self, user: User) -> None:
        assert authenticate(user.sign_in_name, PASSWORD) == user

    def test_says_the_same_of_a_wrong_password_and_an_unknown_name(self, user: User) -> None:
        with pytest.raises(SignInError) as wrong:
            authenticate(user.sign_in_name, "no")
        with pytest.raises(SignInError) as unknown:
            authenticate("nobody", "no")
        assert str(wrong.value) == str(unknown.value)

    def test_locks_the_name_after_wrong_passwords(self, user: User) -> None:
        for _ in range(5):
            with pytest.raises(SignInError):
                authenticate(user.sign_in_name, "no")

        with pytest.raises(SignInError):
            authenticate(user.sign_in_name, PASSWORD)

        User.objects.update(locked_until=clock.real_now() - timedelta(seconds=1))
        assert authenticate(user.sign_in_name, PASSWORD) == user

    def test_keeps_out_who_has_left(self, user: User) -> None:
        User.objects.update(is_active=False)

        with pytest.raises(SignInError):
            authenticate(user.sign_in_name, PASSWORD)


class TestEntered:
    def test_forgets_failures_and_writes_the_log(self, user: User) -> None:
        with pytest.raises(SignInError):
            authenticate(user.sign_in_name, "no")

        entered(user)

        assert User.objects.get(pk=user.pk).failed_sign_ins == 0
        assert LogEntry.objects.filter(action="signed_in", actor=user).count() == 1

    def test_is_not_yet_so_with_the_password_alone(self, user: User) -> None:
        """Else guesses at the second factor could go on for ever between right passwords."""
        User.objects.update(failed_sign_ins=3)

        authenticate(user.sign_in_name, PASSWORD)

        assert User.objects.get(pk=user.pk).failed_sign_ins == 3


class TestChangePassword:
    def test_takes_the_new_one_from_then_on(self, user: User) -> None:
        change_password(user, old=PASSWORD, new="another-long-sentence")

        assert authenticate(user.sign_in_name, "another-long-sentence") == user
        with pytest.raises(SignInError):
            authenticate(user.sign_in_name, PASSWORD)
        assert LogEntry.objects.filter(action="password_changed", actor=user).count() == 1

    def test_needs_the_old_one_and_counts_wrong_ones(self, user: User) -> None:
        with pytest.raises(SignInError):
            change_password(user, old="no", new="another-long-sentence")

        assert User.objects.get(pk=user.pk).failed_sign_ins == 1

    def test_refuses_a_weak_one(self, user: User) -> None:
        with pytest.raises(PasswordError):
            change_password(user, old=PASSWORD, new="short")

        assert authenticate(user.sign_in_name, PASSWORD) == user


HAN, LATIN = re.compile("[一-鿿]{3}"), re.compile("[a-z]{3}")


class TestAddPerson:
    @pytest.mark.parametrize("password", ["short", "1234567890123", "password123"])
    @pytest.mark.parametrize(("language", "script"), [("zh-hans", HAN), ("en", LATIN)])
    def test_refuses_a_weak_password_in_the_reader_s_language(
        self, house: House, password: str, language: str, script: re.Pattern[str]
    ) -> None:
        with override(language), pytest.raises(PasswordError) as refused:
            add_person(
                house.firm_organization,
                sign_in_name="new",
                name="新人",
                password=password,
                roles=(Role.FIRM_OFFICER,),
                by=None,
            )

        reasons = " ".join(refused.value.facts["reasons"])
        assert script.search(reasons)
        assert not (HAN if script is LATIN else LATIN).search(reasons)
        assert not User.objects.filter(sign_in_name="new").exists()
