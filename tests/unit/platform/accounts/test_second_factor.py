import base64
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import connection

from tests.people import organization, person
from zhirong.platform.accounts.administering import (
    NoSuchPersonError,
    PersonError,
    reset_second_factor,
)
from zhirong.platform.accounts.models import SecondFactor, User
from zhirong.platform.accounts.rights import Role
from zhirong.platform.accounts.second_factor import (
    FactorError,
    enroll,
    forget,
    has_app,
    is_asked_at_sign_in,
    offer,
    prove,
    recovery_codes_left,
    shown_code,
)
from zhirong.platform.accounts.services import actor_of
from zhirong.platform.accounts.viewer import viewer_of
from zhirong.platform.operations import clock
from zhirong.platform.operations.models import LogEntry

NOON = datetime(2026, 7, 6, 12, 0, 0, tzinfo=clock.CHINA)
Set = Callable[[datetime], None]
Enrolled = tuple[User, str, tuple[str, ...]]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Set:
    def stand(moment: datetime) -> None:
        monkeypatch.setattr(clock, "real_now", lambda: moment)

    stand(NOON)
    return stand


@pytest.fixture
def user(db: None, at: Set) -> User:
    return person(organization(), Role.FIRM_OFFICER)


def app_code(secret: str, moment: datetime) -> str:
    """As an authenticator app computes it: the library's own TOTP, not the house's steps."""
    totp = TOTP(base64.b32decode(secret), 6, SHA1(), 30)  # noqa: S303 - what apps compute
    return totp.generate(int(moment.timestamp())).decode("ascii")


@pytest.fixture
def enrolled(user: User) -> Enrolled:
    secret = offer(user).secret
    return user, secret, enroll(user, app_code(secret, NOON))


class TestOffer:
    def test_stays_the_same_until_it_is_confirmed(self, user: User) -> None:
        assert offer(user) == offer(user)

    def test_names_house_and_person_to_the_app(self, user: User) -> None:
        made = offer(user)
        assert made.address.startswith(f"otpauth://totp/Zhirong%3A{user.sign_in_name}?")
        assert made.secret in made.address

    def test_is_no_factor_yet(self, user: User) -> None:
        secret = offer(user).secret

        assert not has_app(user)
        with pytest.raises(FactorError):
            prove(user, app_code(secret, NOON))


class TestEnroll:
    def test_puts_the_app_in_force(self, enrolled: Enrolled) -> None:
        user, _, codes = enrolled
        assert has_app(user)
        assert is_asked_at_sign_in(user)
        assert len(set(codes)) == recovery_codes_left(user) == 10

    def test_needs_a_code_of_the_offered_secret(self, user: User) -> None:
        offer(user)
        with pytest.raises(FactorError):
            enroll(user, "000000")
        assert not has_app(user)
        assert User.objects.get(pk=user.pk).failed_sign_ins == 1

    def test_leaves_the_old_app_in_force_until_the_new_one_is_confirmed(
        self, enrolled: Enrolled, at: Set
    ) -> None:
        user, secret, _ = enrolled
        offer(user)
        later = NOON + timedelta(minutes=1)
        at(later)
        prove(user, app_code(secret, later))

    def test_ends_the_old_recovery_codes(self, enrolled: Enrolled) -> None:
        user, _, codes = enrolled
        enroll(user, app_code(offer(user).secret, NOON))
        with pytest.raises(FactorError):
            prove(user, codes[0])


class TestProve:
    @pytest.mark.parametrize("seconds", [-30, 0, 30])
    def test_takes_the_code_of_now_and_of_the_steps_beside(
        self, enrolled: Enrolled, at: Set, seconds: int
    ) -> None:
        user, secret, _ = enrolled
        later = NOON + timedelta(minutes=5)
        at(later)
        prove(user, app_code(secret, later + timedelta(seconds=seconds)))

    @pytest.mark.parametrize("seconds", [-61, 61])
    def test_refuses_older_and_later_ones(self, enrolled: Enrolled, at: Set, seconds: int) -> None:
        user, secret, _ = enrolled
        later = NOON + timedelta(minutes=5)
        at(later)
        with pytest.raises(FactorError):
            prove(user, app_code(secret, later + timedelta(seconds=seconds)))

    def test_takes_no_code_twice(self, enrolled: Enrolled) -> None:
        """The code that confirmed the app was used as well."""
        user, secret, _ = enrolled
        with pytest.raises(FactorError):
            prove(user, app_code(secret, NOON))

    def test_takes_no_earlier_code_after_a_later_one(self, enrolled: Enrolled, at: Set) -> None:
        user, secret, _ = enrolled
        later = NOON + timedelta(minutes=5)
        at(later)
        prove(user, app_code(secret, later))
        with pytest.raises(FactorError):
            prove(user, app_code(secret, later - timedelta(seconds=30)))

    @pytest.mark.parametrize("code", ["", "abc", "验证码", "1234567", "-"])
    def test_refuses_what_is_no_code(self, enrolled: Enrolled, code: str) -> None:
        with pytest.raises(FactorError):
            prove(enrolled[0], code)

    def test_locks_the_name_after_wrong_codes(self, enrolled: Enrolled, at: Set) -> None:
        user, secret, codes = enrolled
        for _ in range(5):
            with pytest.raises(FactorError):
                prove(user, "000000")
        later = NOON + timedelta(minutes=1)
        at(later)

        with pytest.raises(FactorError):
            prove(user, app_code(secret, later))
        with pytest.raises(FactorError):
            prove(user, codes[0])

        at(NOON + timedelta(minutes=16))
        prove(user, app_code(secret, NOON + timedelta(minutes=16)))

    def test_counts_wrong_codes_together_with_wrong_passwords(self, enrolled: Enrolled) -> None:
        user, _, codes = enrolled
        User.objects.update(failed_sign_ins=4)
        with pytest.raises(FactorError):
            prove(user, "000000")
        assert User.objects.get(pk=user.pk).locked_until is not None
        with pytest.raises(FactorError):
            prove(user, codes[0])

    def test_takes_a_recovery_code_once(self, enrolled: Enrolled) -> None:
        user, _, codes = enrolled
        prove(user, f" {codes[3].upper()} ")
        assert recovery_codes_left(user) == 9
        with pytest.raises(FactorError):
            prove(user, codes[3])

    def test_takes_nobody_elses_codes(self, enrolled: Enrolled) -> None:
        _, secret, codes = enrolled
        other = person(organization(), Role.FIRM_OFFICER)
        for code in (codes[0], app_code(secret, NOON)):
            with pytest.raises(FactorError):
                prove(other, code)


class TestShownCode:
    def test_lets_a_demonstration_go_on(self, user: User) -> None:
        for _ in range(3):
            code = shown_code(user)
            assert code is not None
            prove(user, code)
            with pytest.raises(FactorError):
                prove(user, code)

    def test_is_none_once_the_person_has_an_app(self, enrolled: Enrolled) -> None:
        assert shown_code(enrolled[0]) is None

    def test_is_unknown_to_production(self, user: User, settings: Any) -> None:
        """Even where its row is in the table."""
        code = shown_code(user)
        assert code is not None
        settings.IS_DEMONSTRATION = False

        assert shown_code(user) is None
        assert is_asked_at_sign_in(user)
        assert not has_app(user)
        with pytest.raises(FactorError):
            prove(user, code)


class TestForget:
    def test_takes_app_and_recovery_codes(self, enrolled: Enrolled) -> None:
        user, _, codes = enrolled
        forget(user, by=actor_of(user))

        assert not has_app(user)
        assert not SecondFactor.objects.exists()
        with pytest.raises(FactorError):
            prove(user, codes[0])


class TestSecret:
    def test_lies_under_lock(self, enrolled: Enrolled) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT secret, offered FROM accounts_secondfactor")
            row = cursor.fetchone()
        assert row[0].startswith("zr1.")
        assert enrolled[1] not in row[0]


class TestResetSecondFactor:
    def test_is_the_administrators_of_the_same_organization(self, enrolled: Enrolled) -> None:
        user, _, _ = enrolled
        administrator = viewer_of(person(user.organization, Role.ADMINISTRATOR))
        stranger = viewer_of(person(organization(), Role.ADMINISTRATOR))
        with pytest.raises(NoSuchPersonError):
            reset_second_factor(user.pk, actor=stranger)
        assert has_app(user)

        reset_second_factor(user.pk, actor=administrator)

        assert not has_app(user)
        assert LogEntry.objects.filter(action="second_factor_reset").count() == 1

    def test_is_not_for_oneself(self, enrolled: Enrolled) -> None:
        administrator = viewer_of(person(enrolled[0].organization, Role.ADMINISTRATOR))
        with pytest.raises(PersonError):
            reset_second_factor(administrator.user_id, actor=administrator)
