"""The sandbox office as a whole: its file, its desk, its clerk, and the day they live in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zhirong.adapters.offices.sandbox import clerk, temper
from zhirong.adapters.offices.sandbox.desk import Desk
from zhirong.adapters.offices.sandbox.sending import Outbox
from zhirong.adapters.offices.sandbox.store import Store
from zhirong.core.errors import RegisterError
from zhirong.parameters.calendars import china

DOWN_UNTIL = "down_until"
FILE = "office.sqlite3"


class OfficeHasNoDayError(RegisterError):
    """Nobody has told the office what day it is."""

    code = "error.sandbox_office_no_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxOffice:
    """An office that runs in this process.

    Attributes:
        today: The day by the platform's clock; None where that clock does not answer.
    """

    store: Store
    temper: temper.Temper
    today: Callable[[], date | None]
    desk: Desk
    clerk: clerk.Clerk

    def day(self) -> date:
        """The day the office is at, all that was due by then worked off.

        Raises:
            OfficeHasNoDayError: The clock does not answer and never did.
        """
        told = self.today()
        if told is None:
            kept = self.store.setting(clerk.DAY)
            if kept is None:
                raise OfficeHasNoDayError("The clock does not answer, and no day is known yet.")
            told = date.fromisoformat(kept)
        return self.clerk.work(told)

    def is_down(self, day: date) -> bool:
        """Whether the office answers nobody on the day."""
        until = self.store.setting(DOWN_UNTIL)
        return bool(until and day.isoformat() < until) or self.temper.is_down(day)


def open_office(
    folder: Path, *, today: Callable[[], date | None], behavior: temper.Temper
) -> SandboxOffice:
    """The office whose file is in the folder; a new one where there is none."""
    store, calendar = Store(folder / FILE), china()
    outbox = Outbox(store=store, temper=behavior, calendar=calendar)
    return SandboxOffice(
        store=store,
        temper=behavior,
        today=today,
        desk=Desk(store=store, temper=behavior, calendar=calendar),
        clerk=clerk.Clerk(store=store, outbox=outbox, calendar=calendar),
    )
