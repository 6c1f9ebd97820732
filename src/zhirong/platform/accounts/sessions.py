"""Sessions of people: how long they live, where one is signed in, and ending them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction

from zhirong.core.errors import StateError
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.models import SignIn
from zhirong.platform.operations import clock, journal
from zhirong.platform.operations.actor import Actor
from zhirong.platform.operations.prepared import Prepared

_KNOWN = Prepared(
    lambda key, person: SignIn.objects.filter(session_key=key, user_id=person).values_list(
        "pk", "started_at", "seen_at"
    ),
    str,
    int,
)


class FactorNeededError(StateError):
    """The act asks for a proof with the second factor that is not older than some minutes."""

    code = "error.second_factor_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Where a request comes from."""

    address: str
    browser: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """A live session as its owner sees it."""

    started_at: datetime
    seen_at: datetime
    address: str
    browser: str
    is_this: bool


def begin(
    user_id: int, session_key: str, *, client: Client, factor_at: datetime | None = None
) -> SignIn:
    """A session that has just signed in; those of the person that are over are cleared away."""
    now = clock.real_now()
    SignIn.objects.filter(user_id=user_id, started_at__lt=now - _lifetime(now)).delete()
    return SignIn.objects.create(
        user_id=user_id,
        session_key=session_key,
        started_at=now,
        seen_at=now,
        factor_at=factor_at,
        address=client.address,
        browser=client.browser[:200],
    )


def is_live(user_id: int, session_key: str, *, client: Client) -> bool:
    """Whether a session may go on: not idle for too long, not older than its lifetime.

    The time it was last seen is written at most once in `seen_every_seconds`.
    """
    known = _KNOWN.values(session_key, user_id)
    if known is None:
        begin(user_id, session_key, client=client)
        return True
    number, started_at, seen_at = known
    now = clock.real_now()
    rules = Parameters().get("platform.sessions", on=now.date()).value
    idle = now - seen_at
    is_idle = idle > timedelta(minutes=int(rules["idle_minutes"]))
    if is_idle or now - started_at > _lifetime(now):
        SignIn.objects.filter(pk=number).delete()
        return False
    if idle > timedelta(seconds=int(rules["seen_every_seconds"])):
        SignIn.objects.filter(pk=number).update(seen_at=now)
    return True


def _lifetime(now: datetime) -> timedelta:
    rules = Parameters().get("platform.sessions", on=now.date()).value
    return timedelta(hours=int(rules["lifetime_hours"]))


def renamed(before: str | None, after: str | None) -> None:
    """The session goes on under another key."""
    if before and after and before != after:
        SignIn.objects.filter(session_key=before).update(session_key=after)


def proved(session_key: str) -> None:
    """The person of a session has just proved himself with the second factor."""
    SignIn.objects.filter(session_key=session_key).update(factor_at=clock.real_now())


def need_recent_proof(session_key: str | None) -> None:
    """Nothing, if the person of a session proved himself lately with the second factor.

    Raises:
        FactorNeededError: Never, or too long ago.
    """
    now = clock.real_now()
    rules = Parameters().get("platform.second_factor", on=now.date()).value
    since = now - timedelta(minutes=int(rules["recent_minutes"]))
    if not SignIn.objects.filter(session_key=session_key or "", factor_at__gte=since).exists():
        raise FactorNeededError("A proof with the second factor is needed.")


def sessions_of(user_id: int, *, this: str | None) -> tuple[SessionLine, ...]:
    """Where a person is signed in, the last seen first."""
    return tuple(
        SessionLine(
            started_at=row.started_at,
            seen_at=row.seen_at,
            address=row.address,
            browser=row.browser,
            is_this=row.session_key == this,
        )
        for row in SignIn.objects.filter(user_id=user_id)
    )


@transaction.atomic
def end_others(actor: Actor, *, this: str | None) -> int:
    """Sign a person out everywhere but here; gives how many sessions were ended."""
    others = SignIn.objects.filter(user_id=actor.user_id).exclude(session_key=this or "")
    found = list(others.values_list("session_key", flat=True))
    end(*found)
    if found:
        journal.record("other_sessions_ended", by=actor, facts={"count": len(found)})
    return len(found)


def end(*session_keys: str) -> None:
    """End sessions: whoever still holds their cookie is signed out."""
    SignIn.objects.filter(session_key__in=session_keys).delete()
    Session.objects.filter(session_key__in=session_keys).delete()
