"""What the outside says and what the day asks for: notices, payments, the ends of days."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.db import OperationalError, close_old_connections, transaction

from zhirong import bootstrap_counterparties as counterparties
from zhirong.core.errors import ZhirongError
from zhirong.ledger.rails import Rail
from zhirong.platform.filing import hearing, sending
from zhirong.platform.lending import day_end, drawing, incoming, registering
from zhirong.platform.operations import clock
from zhirong.platform.operations.models import Cursor

PAUSE = 1.0  # seconds between rounds
log = logging.getLogger(__name__)


def rail() -> Rail | None:
    """Our settlement account at the bank's rail; None where no rail is set."""
    if not settings.RAIL_URL:
        return None
    return counterparties.bank_rail(
        settings.RAIL_URL, account=settings.SETTLEMENT_ACCOUNT, now=clock.now
    )


def hear_office() -> int:
    """Hear what the office says; gives how many filings moved."""
    moved = hearing.take_notices(sending.office())
    for item in moved:
        registering.follow(item)
    return len(moved)


def hear_rail() -> int:
    """Take answers to our orders, and money that came in; gives how many there were."""
    line = rail()
    if line is None:
        return 0
    answers, _ = Cursor.objects.get_or_create(source="rail/notices")
    page = line.notices(after=answers.after)
    for number, status in page:
        drawing.take_answer(status)
        _move(answers, number)
    entries, _ = Cursor.objects.get_or_create(source="rail/entries")
    booked = line.entries(after=entries.after)
    for number, entry in booked:
        incoming.take_entry(entry)
        _move(entries, number)
    return len(page) + len(booked)


@transaction.atomic
def _move(cursor: Cursor, number: int) -> None:
    """Move on; an entry told out of order never moves it back."""
    if number > cursor.after:
        cursor.after = number
        cursor.save()


def end_days() -> int:
    """Do the ends of the days that have passed; gives how many."""
    days = day_end.days_waiting()
    for day in days:
        day_end.end_day(day)
    return len(days)


def run(should_stop: Callable[[], bool]) -> None:
    """Rounds until told to stop; a counterparty that is down for a while stops nothing else."""
    while not should_stop():
        for act in (end_days, hear_office, hear_rail):
            try:
                act()
            except OperationalError:
                log.warning("The database does not answer; %s is tried again.", act.__name__)
                close_old_connections()
            except ZhirongError as error:
                log.info("%s: %s", act.__name__, error)
            except Exception:
                log.exception("%s failed; it is tried again.", act.__name__)
        time.sleep(PAUSE)
