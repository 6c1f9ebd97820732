"""The second factor: codes of an authenticator app (RFC 6238), and recovery codes on paper.

No code works twice: the step of the last one is raised by one conditional update. Wrong codes count
towards the lock of the name, together with wrong passwords. A demonstration's people may have a
factor whose next code stands on the page; production does not know such a factor.
"""

import base64
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from django.db import transaction

from zhirong.core.errors import StateError
from zhirong.core.hashes import sha256
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts import sessions
from zhirong.platform.accounts.models import RecoveryCode, SecondFactor, User
from zhirong.platform.accounts.services import actor_of, count_failure, is_locked
from zhirong.platform.operations import clock, journal
from zhirong.platform.operations.actor import Actor

DIGITS = 6
SECRET_BYTES = 20  # RFC 4226 section 4 recommends 160 bits
RECOVERY_BYTES = 10  # 80 bits: no slow hash is needed against guessing
ISSUER = "Zhirong"


class FactorError(StateError):
    """A code that is wrong, used or expired, or a name that is locked: the words are the same."""

    code = "error.second_factor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What an authenticator app is set up with."""

    secret: str  # base32, to be typed in
    address: str  # otpauth:// as in a picture


def _rules(now: datetime) -> Mapping[str, Any]:
    found: Mapping[str, Any] = Parameters().get("platform.second_factor", on=now.date()).value
    return found


def _code(secret: str, step: int) -> str:
    # SHA-1 is what every authenticator app computes; HMAC with it is not broken.
    key = base64.b32decode(secret)
    return HOTP(key, DIGITS, SHA1()).generate(step).decode("ascii")  # noqa: S303 - see above


def _new_secret() -> str:
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode("ascii")


def has_app(user: User) -> bool:
    """Whether the person has set up an authenticator app."""
    factors = SecondFactor.objects.filter(user=user, is_shown=False)
    return factors.exclude(confirmed_at=None).exists()


def is_asked_at_sign_in(user: User) -> bool:
    """Whether the password alone does not let in: always, but for a demonstration's people."""
    return has_app(user) or not clock.is_demonstration()


@transaction.atomic
def offer(user: User) -> Offer:
    """A secret for the person's app; it counts once a first code of it was right.

    Asked again before that, it is the same one. A factor in force stays in force meanwhile.
    """
    factor, _ = SecondFactor.objects.select_for_update().get_or_create(user=user)
    if not factor.offered:
        factor.offered = _new_secret()
        factor.save(update_fields=["offered"])
    label = quote(f"{ISSUER}:{user.sign_in_name}")
    query = urlencode({"secret": factor.offered, "issuer": ISSUER, "digits": DIGITS})
    return Offer(secret=factor.offered, address=f"otpauth://totp/{label}?{query}")


def enroll(user: User, code: str) -> tuple[str, ...]:
    """Put the offered secret in force; gives new recovery codes, which are shown this once.

    Raises:
        FactorError: The code is not one of the offered secret.
    """
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().filter(user=user).first()
        now = clock.real_now()
        plain = code.replace(" ", "")
        step = _matching_step(factor.offered, plain, now) if factor and factor.offered else None
        if factor is not None and step is not None and not is_locked(user.pk):
            factor.secret, factor.offered, factor.is_shown = factor.offered, "", False
            factor.last_step, factor.confirmed_at = step, now
            factor.save()
            journal.record("second_factor_set", by=actor_of(user))
            return _new_recovery_codes(user, now)
    count_failure(user.pk)
    raise FactorError("Not with this code.")


def _new_recovery_codes(user: User, now: datetime) -> tuple[str, ...]:
    RecoveryCode.objects.filter(user=user).delete()
    codes = []
    for _ in range(int(_rules(now)["recovery_codes"])):
        text = base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode("ascii").lower()
        RecoveryCode.objects.create(user=user, digest=sha256(text.encode("ascii")))
        codes.append("-".join(text[place : place + 4] for place in range(0, len(text), 4)))
    return tuple(codes)


def prove(user: User, code: str) -> None:
    """Nothing, if the code is the person's and was never used; it is used now.

    Raises:
        FactorError: It is not, or the name is locked. It counts as a wrong password does.
    """
    plain = code.replace(" ", "").replace("-", "").lower()
    with transaction.atomic():
        locked = is_locked(user.pk)
        if not locked and (_takes_code(user, plain) or _takes_recovery(user, plain)):
            User.objects.filter(pk=user.pk).update(failed_sign_ins=0)
            return
    if not locked:
        count_failure(user.pk)
    raise FactorError("Not with this code.")


def _takes_code(user: User, code: str) -> bool:
    factor = SecondFactor.objects.filter(user=user).exclude(confirmed_at=None).first()
    if factor is None or (factor.is_shown and not clock.is_demonstration()):
        return False
    if factor.is_shown:
        step = factor.last_step + 1
        found = step if _is_code_of(factor.secret, step, code) else None
    else:
        found = _matching_step(factor.secret, code, clock.real_now())
    if found is None:
        return False
    rows = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=found)
    return bool(rows.update(last_step=found))


def _matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code it is, among the few that count now."""
    rules = _rules(now)
    current = int(now.timestamp()) // int(rules["period_seconds"])
    window = int(rules["window_steps"])
    steps = range(current - window, current + window + 1)
    return max((s for s in steps if _is_code_of(secret, s, code)), default=None)


def _is_code_of(secret: str, step: int, code: str) -> bool:
    return hmac.compare_digest(_code(secret, step).encode("ascii"), code.encode("utf-8"))


def _takes_recovery(user: User, code: str) -> bool:
    rows = RecoveryCode.objects.filter(user=user, digest=sha256(code.encode()), used_at=None)
    if not rows.update(used_at=clock.real_now()):
        return False
    journal.record("recovery_code_used", by=actor_of(user))
    return True


def recovery_codes_left(user: User) -> int:
    """How many recovery codes the person still has."""
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


@transaction.atomic
def shown_code(user: User) -> str | None:
    """The next code of a demonstration's person, to be shown; None where an app gives them.

    In production it is always None, whatever the tables hold.
    """
    if not clock.is_demonstration() or has_app(user):
        return None
    factor, _ = SecondFactor.objects.select_for_update().get_or_create(user=user)
    if not factor.secret:
        factor.secret, factor.is_shown = _new_secret(), True
        factor.confirmed_at = clock.real_now()
        factor.save()
    return _code(factor.secret, factor.last_step + 1)


def prove_again(user: User, session_key: str | None, code: str) -> None:
    """Prove oneself in a session that is signed in already.

    Raises:
        FactorError: Not with this code.
    """
    prove(user, code)
    sessions.proved(session_key or "")


@transaction.atomic
def forget(user: User, *, by: Actor) -> None:
    """Take the factor from a person who lost it, and end all sessions; the next sign-in sets it up.

    The caller has checked that `by` administers the person.
    """
    SecondFactor.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    sessions.end(*user.sign_ins.values_list("session_key", flat=True))
    journal.record("second_factor_reset", by=by, facts={"name": user.name})
