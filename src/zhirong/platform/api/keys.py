"""Making, finding and revoking keys. A secret is shown once; afterwards only its hash is known."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest

from django.db import transaction
from django.db.models import Q

from zhirong.core.errors import InputError, StateError
from zhirong.core.hashes import sha256
from zhirong.platform.accounts.models import User
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer, viewer_of
from zhirong.platform.api.models import ApiKey
from zhirong.platform.matters.visibility import NotFoundError
from zhirong.platform.operations import clock, journal

SCHEME = "zr"
PREFIX_BYTES, SECRET_BYTES = 6, 32
LABEL_MAX = 80
USED_IS_WRITTEN_EVERY = timedelta(minutes=1)


class ApiKeyError(StateError):
    """No key, or none that is in force."""

    code = "error.api_key"


class KeyLabelError(InputError):
    """A key without a name, or with one that is too long."""

    code = "error.api_key_label"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key as it is shown once: `token` goes into the Authorization header."""

    number: int
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLine:
    """A key in a list."""

    number: int
    prefix: str
    label: str
    person: str
    made_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person that a key can be made for."""

    number: int
    name: str


@transaction.atomic
def make_key(person_id: int, *, label: str, by: Viewer | None) -> NewKey:
    """A new key that acts as a person, with the roles the person has at each request.

    Args:
        person_id: Oneself, or a person of the organization that the actor administers.
        label: What the key is for.
        by: Who makes it; None from the command line of the house.

    Raises:
        NotFoundError: No such person to make a key for.
        KeyLabelError: The label is empty or longer than 80.
    """
    person = User.objects.filter(pk=person_id, is_active=True).first()
    if person is None or not (by is None or _may_manage(person, by)):
        raise NotFoundError("No such person.", what="model.user")
    label = label.strip()
    if not 0 < len(label) <= LABEL_MAX:
        raise KeyLabelError("A key needs a label of at most 80 characters.")
    secret = secrets.token_urlsafe(SECRET_BYTES)
    kept = ApiKey.objects.create(
        user=person,
        prefix=secrets.token_hex(PREFIX_BYTES),
        digest=sha256(secret.encode("ascii")),
        label=label,
        made_by_id=by.user_id if by else None,
        made_at=clock.real_now(),
    )
    facts = {"prefix": kept.prefix, "label": label, "person": person.name}
    journal.record("api_key_made", by=by or viewer_of(person), facts=facts)
    return NewKey(number=kept.pk, token=f"{SCHEME}_{kept.prefix}_{secret}")


def _may_manage(person: User, by: Viewer) -> bool:
    is_administrator = by.may(Right.ADMINISTER) and person.organization_id == by.organization_id
    return person.pk == by.user_id or is_administrator


@transaction.atomic
def revoke_key(number: int, *, by: Viewer | None) -> None:
    """A key opens nothing from now on; revoked twice, it stays revoked since the first time.

    Raises:
        NotFoundError: No such key that the actor manages.
    """
    key = ApiKey.objects.select_for_update(of=("self",)).select_related("user").filter(pk=number)
    found = key.first()
    if found is None or not (by is None or _may_manage(found.user, by)):
        raise NotFoundError("No such key.", what="model.apikey")
    if found.revoked_at is not None:
        return
    found.revoked_at = clock.real_now()
    found.save(update_fields=["revoked_at"])
    facts = {"prefix": found.prefix, "label": found.label, "person": found.user.name}
    journal.record("api_key_revoked", by=by or viewer_of(found.user), facts=facts)


def keys_for(viewer: Viewer) -> tuple[KeyLine, ...]:
    """One's own keys; an administrator sees those of the whole organization."""
    mine = Q(user_id=viewer.user_id)
    if viewer.may(Right.ADMINISTER):
        mine = Q(user__organization_id=viewer.organization_id)
    return tuple(
        KeyLine(
            number=row.pk,
            prefix=row.prefix,
            label=row.label,
            person=row.user.name,
            made_at=row.made_at,
            used_at=row.used_at,
            revoked_at=row.revoked_at,
        )
        for row in ApiKey.objects.filter(mine).select_related("user")
    )


def people_for(viewer: Viewer) -> tuple[Person, ...]:
    """Whom a viewer may make keys for."""
    rows = User.objects.filter(pk=viewer.user_id)
    if viewer.may(Right.ADMINISTER):
        rows = User.objects.filter(organization_id=viewer.organization_id, is_active=True)
    return tuple(Person(number=row.pk, name=row.name) for row in rows.order_by("pk"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks by a key: the person, and the key's number."""

    viewer: Viewer
    key: int


def caller_of(token: str) -> Caller:
    """Who asks.

    Raises:
        ApiKeyError: The key is unknown, revoked, or its person is gone.
    """
    scheme, _, rest = token.partition("_")
    prefix, _, secret = rest.partition("_")
    row = ApiKey.objects.select_related("user__organization").filter(prefix=prefix).first()
    digest = sha256(secret.encode("utf-8", "surrogatepass"))
    is_right = compare_digest(digest, row.digest if row else sha256(b""))
    if row is None or scheme != SCHEME or not is_right:
        raise ApiKeyError("No such key.")
    if row.revoked_at is not None or not row.user.is_active:
        raise ApiKeyError("The key is not in force.")
    _note_use(row)
    return Caller(viewer=viewer_of(row.user), key=row.pk)


def _note_use(row: ApiKey) -> None:
    """A write at most once a minute: a key that reads all day is no writer."""
    now = clock.real_now()
    if row.used_at is None or now - row.used_at >= USED_IS_WRITTEN_EVERY:
        ApiKey.objects.filter(pk=row.pk).update(used_at=now)


def person_named(sign_in_name: str) -> int:
    """The number of an active person by the sign-in name.

    Raises:
        NotFoundError: There is none.
    """
    person = User.objects.filter(sign_in_name=sign_in_name, is_active=True).first()
    if person is None:
        raise NotFoundError("No such person.", what="model.user")
    return person.pk
