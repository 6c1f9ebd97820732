"""How notices leave the office: numbered, now and then twice, now and then late."""

from dataclasses import dataclass, replace
from datetime import date

from zhirong.adapters.offices.sandbox import wording
from zhirong.adapters.offices.sandbox.records import (
    ActRecord,
    GroundRecord,
    NoticeRecord,
    PledgeRecord,
)
from zhirong.adapters.offices.sandbox.store import Store
from zhirong.adapters.offices.sandbox.temper import Temper
from zhirong.core.calendar import BusinessCalendar

# A late notice of acceptance comes behind the decision on an online act.
_LATE_WORKDAYS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What is to be told."""

    kind: str
    dated_on: date
    grounds: tuple[GroundRecord, ...] = ()
    respond_by: date | None = None
    effective_on: date | None = None
    registration_no: str | None = None
    pledge: PledgeRecord | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """Who numbers notices and sends them."""

    store: Store
    temper: Temper
    calendar: BusinessCalendar

    def send(self, act: ActRecord, word: Word) -> None:
        """Number a notice and deliver it, or plan its delivery."""
        number = f"{word.dated_on.year}{self.store.next_number('notice'):08d}"
        notice = _notice(number, act, word)
        self.store.add_notice(notice)
        is_late = word.kind == "accepted" and self.temper.happens("delayed", number)
        sent_on = word.dated_on
        if is_late:
            sent_on = self.calendar.plus_workdays(sent_on, _LATE_WORKDAYS)
            self.store.plan(sent_on, "deliver", number)
        else:
            self.store.deliver(number)
        if self.temper.happens("doubled", number):
            self.store.plan(self.calendar.plus_workdays(sent_on, 1), "deliver", number)


def _notice(number: str, act: ActRecord, word: Word) -> NoticeRecord:
    pledge = word.pledge
    notice = NoticeRecord(
        notice_no=number,
        office_reference=act.office_reference,
        client_reference=act.client_reference,
        kind=word.kind,
        dated_on=word.dated_on,
        registration_no=word.registration_no,
        grounds=word.grounds,
        respond_by=word.respond_by,
        effective_on=word.effective_on,
        registered={} if pledge is None else _registered(pledge),
    )
    return replace(notice, text=wording.page(notice, act.registry, pledge))


def _registered(pledge: PledgeRecord) -> dict[str, object]:
    return {
        "amount_fen": pledge.amount_fen,
        "rights": [] if pledge.ended_by else list(pledge.rights),
        "expires_on": None if pledge.expires_on is None else pledge.expires_on.isoformat(),
        "pledgors": list(pledge.pledgors),
        "pledgee": pledge.pledgee,
        "security_effect": "contractual" if pledge.registry == "data" else "in_rem",
    }
