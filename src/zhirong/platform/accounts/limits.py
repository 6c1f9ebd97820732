"""How often something may be tried: counted in the database, so that all processes count as one."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from zhirong.core.errors import StateError
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.models import RateCount
from zhirong.platform.operations import clock

SALT = "zhirong.platform.accounts.limits"


class TooManyError(StateError):
    """Tried too often from one place; it works again after `seconds`."""

    code = "error.too_many"

    def __init__(self, scope: str, *, seconds: int) -> None:
        super().__init__(f"{scope}: too many; again in {seconds} s.", seconds=seconds)
        self.seconds = seconds


def count(scope: str, subject: str) -> None:
    """Count one try.

    Args:
        scope: What is tried: a row of the parameter `platform.rate_limits`.
        subject: From where or as whom: an address, a name, a key. Only its keyed hash is kept.

    Raises:
        TooManyError: More than the parameter allows in this window.
    """
    now = clock.real_now()
    rule = Parameters().get("platform.rate_limits", on=now.date()).value[scope]
    seconds = int(rule["seconds"])
    window = int(now.timestamp()) // seconds
    tries = _counted(scope, salted_hmac(SALT, subject, algorithm="sha256").hexdigest(), window)
    if tries > int(rule["count"]):
        raise TooManyError(scope, seconds=_left(now, seconds))


@transaction.atomic
def _counted(scope: str, subject: str, window: int) -> int:
    rows = RateCount.objects.filter(scope=scope, subject=subject, window=window)
    if not rows.update(count=F("count") + 1):
        RateCount.objects.filter(scope=scope, window__lt=window).delete()
        try:
            with transaction.atomic():
                RateCount.objects.create(scope=scope, subject=subject, window=window, count=1)
        except IntegrityError:  # another process began the same window
            rows.update(count=F("count") + 1)
    return rows.get().count


def _left(now: datetime, seconds: int) -> int:
    return seconds - int(now.timestamp()) % seconds
