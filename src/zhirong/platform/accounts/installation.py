"""A database belongs to a demonstration or to production, from its first day on.

A demonstration has people with known passwords and a clock that can be moved. So a process refuses
a database of the other kind as soon as it connects: no process can forget to ask.
"""

from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from zhirong.platform.accounts.models import Installation, Organization
from zhirong.platform.configuration import Mode, SettingError
from zhirong.platform.demonstration_list import listed
from zhirong.platform.operations import clock

_CHECKED: set[str] = set()


def check() -> None:
    """Nothing, if the database is of this mode, or is new.

    Raises:
        SettingError: It was first opened in the other mode, or holds organizations that belong to
            the other one.
    """
    wanted = Mode(settings.MODE)
    row = Installation.objects.first()
    if row is not None and row.mode != wanted.value:
        raise _refusal(f"the database was first opened for {row.mode}")
    if row is None:
        _check_organizations(wanted)


def _check_organizations(wanted: Mode) -> None:
    fictional = [item["identifier"] for item in listed()["organizations"]]
    if wanted is Mode.DEMONSTRATION:
        if Organization.objects.exclude(identifier__in=fictional).exists():
            raise _refusal("the database holds real organizations")
    elif Organization.objects.filter(identifier__in=fictional).exists():
        raise _refusal("the database holds a demonstration's organizations")


def _refusal(why: str) -> SettingError:
    return SettingError("ZHIRONG_MODE", problem=f"{settings.MODE} is refused: {why}.")


def claim(**_: Any) -> None:  # noqa: ANN401 - the framework tells what it migrated
    """Mark the database with this mode, once its tables are there."""
    check()
    Installation.objects.get_or_create(
        pk=1, defaults={"mode": Mode(settings.MODE).value, "opened_at": clock.real_now()}
    )


def check_once(connection: BaseDatabaseWrapper, **_: Any) -> None:  # noqa: ANN401 - as above
    """Check the database when a process first connects; a refused one stays closed.

    A passing line to the server itself is none that tables are asked on: to check then would open
    ours anew behind the back of whoever closed it.
    """
    if connection.alias in _CHECKED or connection.alias not in connections:
        return
    _CHECKED.add(connection.alias)
    try:
        check()
    except DatabaseError:
        _CHECKED.discard(connection.alias)  # its tables are not there yet
    except SettingError:
        _CHECKED.discard(connection.alias)
        connection.close()
        raise
