"""Making, changing, finding and revoking keys. What opens is shown once and kept as a hash.

Beside its token a key has a secret that signs what binds (see `confirming`). It never travels with
a request, and lies under lock.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
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
CONFIRMATION = "Zhirong-Confirmation"
PREFIX_BYTES, SECRET_BYTES = 6, 32
LABEL_MAX = 80
USED_IS_WRITTEN_EVERY = timedelta(minutes=1)


class ApiKeyError(StateError):
    """No key, or none that is in force."""

    code = "error.api_key"


class KeyLabelError(InputError):
    """A key without a name, or with one that is too long."""

    code = "error.api_key_label"


class KeyRightsError(InputError):
    """A key limited to no right at all, or to one that there is not."""

    code = "error.api_key_rights"


class ConfirmationError(StateError):
    """An act that binds came without a confirmation that counts; `reason` says why."""

    code = "error.confirmation"

    def __init__(self, reason: str, *, seconds: int) -> None:
        super().__init__(
            f"The confirmation: {reason}.",
            header=CONFIRMATION,
            reason=f"error.confirmation.{reason}",
            seconds=seconds,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key as it is shown once: `token` goes into the Authorization header, `secret` signs."""

    number: int
    token: str = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLine:
    """A key in a list."""

    number: int
    prefix: str
    label: str
    person: str
    rights: tuple[Right, ...] | None
    made_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person that a key can be made for."""

    number: int
    name: str


@transaction.atomic
def make_key(
    person_id: int, *, label: str, by: Viewer | None, rights: Sequence[str] | None = None
) -> NewKey:
    """A new key that acts as a person, with the roles the person has at each request.

    Args:
        person_id: Oneself, or a person of the organization that the actor administers.
        label: What the key is for.
        by: Who makes it; None from the command line of the house.
        rights: What the key may do of what its person may; without it, all.

    Raises:
        NotFoundError: No such person to make a key for.
        KeyLabelError: The label is empty or longer than 80.
        KeyRightsError: No right, or one that there is not.
    """
    person = User.objects.filter(pk=person_id, is_active=True).first()
    if person is None or not (by is None or _may_manage(person, by)):
        raise NotFoundError("No such person.", what="model.user")
    label = label.strip()
    if not 0 < len(label) <= LABEL_MAX:
        raise KeyLabelError("A key needs a label of at most 80 characters.")
    limited = None if rights is None else _limited(rights)
    token, drawn = _drawn()
    kept = ApiKey.objects.create(
        user=person,
        **drawn,
        label=label,
        rights=limited,
        made_by_id=by.user_id if by else None,
        made_at=clock.real_now(),
    )
    _log("api_key_made", kept, by)
    return NewKey(number=kept.pk, token=token, secret=kept.secret)


def _limited(rights: Sequence[str]) -> list[str]:
    """The rights in the order of their table, each once."""
    known = [right.value for right in Right]
    if not rights or not set(rights) <= set(known):
        raise KeyRightsError("A key needs at least one right, of those that there are.")
    return [right for right in known if right in rights]


def _drawn() -> tuple[str, dict[str, str]]:
    """A new token, and what is kept of it with a new secret."""
    opens = secrets.token_urlsafe(SECRET_BYTES)
    prefix = secrets.token_hex(PREFIX_BYTES)
    kept = {
        "prefix": prefix,
        "digest": sha256(opens.encode("ascii")),
        "secret": secrets.token_urlsafe(SECRET_BYTES),
    }
    return f"{SCHEME}_{prefix}_{opens}", kept


def _log(action: str, key: ApiKey, by: Viewer | None, **more: str) -> None:
    facts = {"prefix": key.prefix, "label": key.label, "person": key.user.name, **more}
    journal.record(action, by=by or viewer_of(key.user), facts=facts)


def _may_manage(person: User, by: Viewer) -> bool:
    is_administrator = by.may(Right.ADMINISTER) and person.organization_id == by.organization_id
    return person.pk == by.user_id or is_administrator


@transaction.atomic
def revoke_key(number: int, *, by: Viewer | None) -> None:
    """A key opens nothing from now on; revoked twice, it stays revoked since the first time.

    Raises:
        NotFoundError: No such key that the actor manages.
    """
    key = _managed(number, by)
    if key.revoked_at is not None:
        return
    key.revoked_at = clock.real_now()
    key.save(update_fields=["revoked_at"])
    _log("api_key_revoked", key, by)


@transaction.atomic
def rotate_key(number: int, *, by: Viewer | None) -> NewKey:
    """The same key with a new token and a new secret; the old ones count no more from now on.

    Raises:
        NotFoundError: No such key in force that the actor manages.
    """
    key = _managed(number, by)
    if key.revoked_at is not None:
        raise NotFoundError("The key is revoked.", what="model.apikey")
    old = key.prefix
    token, drawn = _drawn()
    for name, value in drawn.items():
        setattr(key, name, value)
    key.save(update_fields=list(drawn))
    _log("api_key_rotated", key, by, old=old)
    return NewKey(number=key.pk, token=token, secret=key.secret)


def _managed(number: int, by: Viewer | None) -> ApiKey:
    rows = ApiKey.objects.select_for_update(of=("self",)).select_related("user")
    key = rows.filter(pk=number).first()
    if key is None or not (by is None or _may_manage(key.user, by)):
        raise NotFoundError("No such key.", what="model.apikey")
    return key


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
            rights=None if row.rights is None else tuple(Right(name) for name in row.rights),
            made_at=row.made_at,
            used_at=row.used_at,
            revoked_at=row.revoked_at,
        )
        for row in ApiKey.objects.filter(mine).select_related("user").defer("secret")
    )


def rights_for(viewer: Viewer) -> tuple[Right, ...]:
    """What the keys that a viewer makes can be limited to, in the order of the table."""
    everybody = viewer.may(Right.ADMINISTER)
    return tuple(right for right in Right if everybody or viewer.may(right))


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
    rows = ApiKey.objects.select_related("user__organization").defer("secret")
    row = rows.filter(prefix=prefix).first()
    digest = sha256(secret.encode("utf-8", "surrogatepass"))
    is_right = compare_digest(digest, row.digest if row else sha256(b""))
    if row is None or scheme != SCHEME or not is_right:
        raise ApiKeyError("No such key.")
    if row.revoked_at is not None or not row.user.is_active:
        raise ApiKeyError("The key is not in force.")
    _note_use(row)
    viewer = viewer_of(row.user)
    if row.rights is not None:
        viewer = replace(viewer, rights=viewer.rights & {Right(name) for name in row.rights})
    return Caller(viewer=viewer, key=row.pk)


def secret_of(number: int) -> str:
    """What a key's confirmations are signed with; empty for a key from before there were any."""
    secret: str = ApiKey.objects.only("secret").get(pk=number).secret
    return secret


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
