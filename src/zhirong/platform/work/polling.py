"""What the outside says and what the day asks for: notices, payments, the ends of days."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.db import OperationalError, close_old_connections

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
    return len(hearing.take_notices(sending.office(), follow=registering.follow))


def hear_rail() -> int:
    """Take answers to our orders, and money that came in; gives how many there were."""
    line = rail()
    if line is None:
        return 0
    answers, _ = Cursor.objects.get_or_create(source="rail/notices")
    page = sorted(line.notices(after=answers.after), key=_number)
    for number, status in page:
        drawing.take_answer(status)
        answers.advance(number)
    entries, _ = Cursor.objects.get_or_create(source="rail/entries")
    booked = sorted(line.entries(after=entries.after), key=_number)
    for number, entry in booked:
        incoming.take_entry(entry)
        entries.advance(number)
    return len(page) + len(booked)


def _number(told: tuple[int, object]) -> int:
    """By the rail's own number: told out of order, nothing is left behind the cursor."""
    return told[0]


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
