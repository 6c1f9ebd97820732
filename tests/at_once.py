"""Several people or processes at the same moment, each on a connection of its own."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import close_old_connections, connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """What each got: answers and errors, in the order of those who acted."""

    answers: tuple[Any, ...]
    errors: tuple[Exception, ...]


def at_once(acts: Sequence[Callable[[], Any]]) -> Outcomes:
    """Let all act at once; gives what they got. Anything but an exception of Python is a fault."""
    start = threading.Barrier(len(acts))
    got: list[Any] = [None] * len(acts)

    def run(place: int) -> None:
        close_old_connections()
        start.wait()
        try:
            got[place] = (True, acts[place]())
        except Exception as error:  # noqa: BLE001 - the test says which errors are right
            got[place] = (False, error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive(), "somebody waits for ever"
    return Outcomes(
        answers=tuple(answer for is_well, answer in got if is_well),
        errors=tuple(error for is_well, error in got if not is_well),
    )
