"""Making organizations and people, and letting people in."""

from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from zhirong.core.errors import InputError, StateError
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.models import Assignment, Organization, User
from zhirong.platform.accounts.rights import Role
from zhirong.platform.operations import clock, journal
from zhirong.platform.operations.actor import Actor
from zhirong.platform.words import say


class SignInError(StateError):
    """Name and password do not fit, or the name is locked: the words are the same for both."""

    code = "error.sign_in"


class PasswordError(InputError):
    """A password that the rules do not allow."""

    code = "error.password"


class PasswordsDifferError(InputError):
    """The new password was typed in two ways."""

    code = "error.passwords_differ"

    def __init__(self) -> None:
        super().__init__("The two new passwords differ.")


def authenticate(sign_in_name: str, password: str) -> User:
    """The person whose name and password these are; `entered` follows once he is let in.

    After too many wrong passwords or codes in a row the name is locked for a while, known or not,
    and the answer is the same in every case, so that nobody learns which names exist.

    Raises:
        SignInError: Not with these words, or not now.
    """
    user = User.objects.filter(sign_in_name=sign_in_name, is_active=True).first()
    # An unknown name costs as much time as a known one.
    kept = user.password if user else _decoy()
    is_right = check_password(password, kept)
    if user is None or is_locked(user.pk):
        raise SignInError("Not with these words, or not now.")
    if not is_right:
        count_failure(user.pk)
        raise SignInError("Not with these words, or not now.")
    return user


@transaction.atomic
def entered(user: User) -> None:
    """The person is let in: with the password and, where it is asked for, the second factor."""
    User.objects.filter(pk=user.pk).update(failed_sign_ins=0, locked_until=None)
    journal.record("signed_in", by=actor_of(user))


_DECOY: list[str] = []


def _decoy() -> str:
    if not _DECOY:
        _DECOY.append(make_password("no such person"))
    return _DECOY[0]


def is_locked(user_id: int) -> bool:
    """Whether the name is locked at this moment."""
    return User.objects.filter(pk=user_id, locked_until__gt=clock.real_now()).exists()


@transaction.atomic
def count_failure(user_id: int) -> None:
    """A wrong password or code: after some in a row the name is locked for a while."""
    now = clock.real_now()
    rules = Parameters().get("platform.sign_in", on=now.date()).value
    user = User.objects.select_for_update().get(pk=user_id)
    user.failed_sign_ins += 1
    if user.failed_sign_ins >= int(rules["failures_before_lock"]):
        user.failed_sign_ins = 0
        user.locked_until = now + timedelta(minutes=int(rules["lock_minutes"]))
    user.save(update_fields=["failed_sign_ins", "locked_until"])
    journal.record("sign_in_failed", by=actor_of(user))


def actor_of(user: User) -> Actor:
    """The person as the log keeps him."""
    return Actor(user_id=user.pk, organization_id=user.organization_id)


def person_of(user_id: int) -> User | None:
    """An active person by number."""
    return User.objects.filter(pk=user_id, is_active=True).first()


def change_password(user: User, *, old: str, new: str) -> User:
    """The person's password is another one from now on; gives the person with it.

    Raises:
        SignInError: The old password is wrong, or the name is locked.
        PasswordError: The rules do not allow the new one.
    """
    if authenticate(user.sign_in_name, old).pk != user.pk:
        raise SignInError("Not with these words, or not now.")
    check_new_password(new, user)
    with transaction.atomic():
        changed = User.objects.select_for_update().get(pk=user.pk)
        changed.set_password(new)
        changed.save(update_fields=["password"])
        journal.record("password_changed", by=actor_of(changed))
    return changed


@transaction.atomic
def add_organization(
    *, kind: str, name: str, identifier: str, address: str, by: Actor | None
) -> Organization:
    """A new organization.

    Args:
        kind: One of `Organization.Kind`.
        name: As in the business register.
        identifier: Unified social credit code.
        address: Registered address.
        by: The administrator; None when the house is first set up.
    """
    added = Organization.objects.create(
        kind=Organization.Kind(kind), name=name, identifier=identifier, address=address
    )
    journal.record("organization_added", by=by, facts={"name": name, "identifier": identifier})
    return added


@transaction.atomic
def add_person(
    organization: Organization,
    *,
    sign_in_name: str,
    name: str,
    password: str,
    roles: tuple[Role, ...],
    by: Actor | None,
) -> User:
    """A new person of an organization, with roles.

    Raises:
        PasswordError: The password is too short, too common, or like the name.
    """
    person = User(sign_in_name=sign_in_name, name=name, organization=organization)
    check_new_password(password, person)
    person.set_password(password)
    person.save()
    Assignment.objects.bulk_create(Assignment(user=person, role=role.value) for role in roles)
    facts = {"name": name, "roles": sorted(f"role.{role.value}" for role in roles)}
    journal.record("person_added", by=by, facts=facts)
    return person


def check_new_password(password: str, person: User) -> None:
    """Nothing, if the rules allow the password.

    Raises:
        PasswordError: They do not.
    """
    try:
        validate_password(password, person)
    except ValidationError as wrong:
        reasons = tuple(say(f"password.{error.code}") for error in wrong.error_list)
        raise PasswordError("Not allowed.", reasons=reasons) from wrong
