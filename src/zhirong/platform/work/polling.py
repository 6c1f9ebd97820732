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
from zhirong.platform.lending import answers, day_end, incoming, receiving, registering
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
    """Hear what the office says, then let periods end; gives how many filings moved."""
    moved = hearing.take_notices(sending.office(), follow=registering.follow)
    return len(moved) + len(hearing.end_periods())


def operator() -> Rail | None:
    """Our wallet at the operator of e-CNY; None where no operator is set."""
    if not settings.ECNY_URL:
        return None
    return counterparties.ecny_rail(settings.ECNY_URL, wallet=settings.ECNY_WALLET)


def hear_rail() -> int:
    """Take answers to our orders, and money that came in, from the bank; gives their number."""
    line = rail()
    return 0 if line is None else _hear(line, "rail", receiving.BANK)


def hear_operator() -> int:
    """The same from the operator of e-CNY."""
    line = operator()
    return 0 if line is None else _hear(line, "ecny", receiving.ECNY)


def _hear(line: Rail, source: str, name: str) -> int:
    """All that a rail says behind the cursors; what cannot be booked is set aside for a person."""
    told, _ = Cursor.objects.get_or_create(source=f"{source}/notices")
    page = sorted(line.notices(after=told.after), key=_number)
    for number, status in page:
        try:
            answers.take(status)
        except OperationalError:
            raise
        except Exception as fault:
            log.exception("An answer of %s could not be booked; it is set aside.", source)
            answers.set_aside(name, number, status, answers.problem_of(fault))
        told.advance(number)
    entries, _ = Cursor.objects.get_or_create(source=f"{source}/entries")
    booked = sorted(line.entries(after=entries.after), key=_number)
    for number, entry in booked:
        try:
            incoming.take_entry(entry, rail=name)
        except OperationalError:
            raise
        except Exception as fault:
            log.exception("An entry of %s could not be booked; it is set aside.", source)
            incoming.park(entry, name, answers.problem_of(fault))
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
        for act in (end_days, hear_office, hear_rail, hear_operator):
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
