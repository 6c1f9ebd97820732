"""Acts under a caller's own key: pressed twice, or asked again without an answer, they act once."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from zhirong.platform.operations import clock
from zhirong.platform.operations.models import ActKey

Answer = dict[str, Any]


def under_key(scope: str, key: str, act: Callable[[], Mapping[str, Any]]) -> Answer:
    """The answer of an act, done now or found: one transaction holds the act and its key.

    A twin that comes while the first is under way waits for the key's row, then finds the answer.
    What was refused is not kept and may be tried again.

    Args:
        scope: The act, and whose it is: the same key means nothing elsewhere.
        key: The caller's own; without one the act is done each time.
        act: Gives what is kept of it, as JSON keeps it.
    """
    if not key:
        return dict(act())
    known = ActKey.objects.filter(scope=scope, key=key).first()
    if known is not None:
        return dict(known.answer)
    try:
        with transaction.atomic():
            row = ActKey.objects.create(scope=scope, key=key, made_at=clock.real_now())
            row.answer = dict(act())
            row.save(update_fields=["answer"])
            return dict(row.answer)
    except IntegrityError:
        known = ActKey.objects.filter(scope=scope, key=key).first()
        if known is None:
            raise
        return dict(known.answer)
