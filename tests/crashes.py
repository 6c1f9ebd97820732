"""A crash at a chosen point: at a call over a port, or at the end of a transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from zhirong.platform.documents import deeds, store
from zhirong.platform.filing import sending
from zhirong.platform.work import payments, polling

OFFICE = frozenset({"submit", "find", "notices"})
RAIL = frozenset({"send", "find", "notices", "entries"})
DESK = frozenset({"prepare", "sign", "seal"})


class Crash(BaseException):
    """The process is gone: what was not committed is lost, and nobody hears an answer."""


class CrashAfter:
    """Counts the points of a journey and ends the process at the n-th, once.

    Every call over a port has two points: before it goes out, and after it was done and before its
    answer is heard. So has the end of every transaction: before it is committed, and after.
    """

    def __init__(self, *at: int) -> None:
        self.at = set(at)
        self.points: list[str] = []
        self.is_paused = False

    def point(self, name: str) -> bool:
        """Count a point; whether the process ends here."""
        if self.is_paused:
            return False
        self.points.append(name)
        return len(self.points) in self.at

    @contextmanager
    def paused(self) -> Iterator[None]:
        """What the test itself does is no part of the journey."""
        self.is_paused = True
        try:
            yield
        finally:
            self.is_paused = False

    def pass_by(self, name: str) -> None:
        if self.point(name):
            raise Crash(name)

    def called(self, name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            self.pass_by(f"before {name}")
            answer = act(*args, **named)
            self.pass_by(f"after {name}")
            return answer

        return call

    def wrapped(self, port: Callable[[], Any], kind: str, names: frozenset[str]) -> Any:
        """A port whose calls are points."""
        return lambda: _Wrapped(self, port(), kind, names)


class _Wrapped:
    def __init__(self, walk: CrashAfter, inner: Any, kind: str, names: frozenset[str]) -> None:
        self._walk, self._inner, self._kind, self._names = walk, inner, kind, names

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if name not in self._names:
            return found
        return self._walk.called(f"{self._kind}.{name}", found)


@contextmanager
def crashing(walk: CrashAfter) -> Iterator[None]:
    """Every port and every transaction of the platform passes by the walk's points."""
    commit = BaseDatabaseWrapper.commit

    def counted(self: BaseDatabaseWrapper) -> None:
        if walk.point("before commit"):
            self.rollback()
            raise Crash("before commit")
        commit(self)
        walk.pass_by("after commit")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "commit", counted)
        patch.setattr(sending, "office", walk.wrapped(sending.office, "office", OFFICE))
        for module in (polling, payments):
            patch.setattr(module, "rail", walk.wrapped(module.rail, "rail", RAIL))
            patch.setattr(module, "operator", walk.wrapped(module.operator, "operator", RAIL))
        patch.setattr(deeds, "desk", walk.wrapped(deeds.desk, "desk", DESK))
        patch.setattr(store, "put", walk.called("store.put", store.put))
        yield


def restart() -> None:
    """A new process: nothing is left but what was committed."""
    connection.close()
