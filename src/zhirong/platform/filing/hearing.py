"""Notices come in, perhaps twice and out of order; each is heard once and moves its filing."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db import transaction

from zhirong.filing import progress as course
from zhirong.filing.office import Notice, Office
from zhirong.filing.progress import Disposition
from zhirong.filing.states import LIVE, WAITING, State, Step
from zhirong.platform.documents.services import NewFile, keep
from zhirong.platform.filing import later
from zhirong.platform.filing.coding import keep_progress, notice_of, plain, progress_of
from zhirong.platform.filing.models import (
    Filing,
    HeardNotice,
    SentAct,
    StrayNotice,
)
from zhirong.platform.filing.sending import free, locked, office_name
from zhirong.platform.operations import clock, journal
from zhirong.platform.operations.models import Cursor


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A filing that a notice moved: from which state to which."""

    filing: Filing
    before: State
    after: State


def take_notices(office: Office, *, follow: Callable[[Heard], None]) -> tuple[Heard, ...]:
    """Ask the office for what is new and hear it; each notice in its own transaction.

    The cursor moves with the last notice of a page; a crash before it means hearing again, which
    changes nothing.

    Args:
        office: Who is asked.
        follow: What a filing that moved means for its matter; it commits with the notice, since a
            notice that was heard is never told again.
    """
    cursor, _ = Cursor.objects.get_or_create(source=f"{office_name()}/notices")
    page = office.notices(after=cursor.after)
    moved = [hear(notice, follow=follow) for _, notice in page]
    moved += [hear(notice_of(stray.body), follow=follow) for stray in StrayNotice.objects.all()]
    if page:
        cursor.advance(max(number for number, _ in page))
    return tuple(item for item in moved if item is not None)


@transaction.atomic
def hear(notice: Notice, *, follow: Callable[[Heard], None]) -> Heard | None:
    """Hear one notice and let its matter follow; None where it moved nothing.

    A notice that fits no filing is put aside and offered again later.
    """
    filing = _filing_of(notice)
    # Asked once the filing is held: two who hear at once hear one after the other.
    if HeardNotice.objects.filter(notice_no=notice.notice_no).exists():
        return None
    if filing is None:
        StrayNotice.objects.get_or_create(
            notice_no=notice.notice_no,
            defaults={"body": plain(replace(notice, content=None)), "heard_on": clock.today()},
        )
        return None
    before = progress_of(filing)
    heeded = course.hear(before, notice)
    if heeded.disposition is Disposition.FOREIGN:
        return None
    _keep(filing, notice, heeded.disposition)
    StrayNotice.objects.filter(notice_no=notice.notice_no).delete()
    keep_progress(filing, heeded.progress)
    after = heeded.progress.state
    later.settle(filing, before.state, notice)
    if after not in LIVE | WAITING:
        free(filing)
    if after is before.state:
        return None
    heard = Heard(filing=filing, before=before.state, after=after)
    follow(heard)
    return heard


@transaction.atomic
def end_periods() -> tuple[Heard, ...]:
    """Registrations whose own period is over lapse of themselves; their rights are free."""
    day, ended = clock.today(), []
    over = Filing.objects.filter(expires_on__lt=day, state__in=[state.value for state in LIVE])
    for row in over:
        filing = locked(row.pk)
        before = progress_of(filing)
        after = course.step(before, Step.PERIOD_ENDED)
        keep_progress(filing, after)
        later.end_with(filing)
        free(filing)
        facts = {"filing": filing.number, "registration": filing.registration_no}
        journal.record("registration_lapsed", by=None, matter_id=filing.matter_id, facts=facts)
        ended.append(Heard(filing=filing, before=before.state, after=after.state))
    return tuple(ended)


def _filing_of(notice: Notice) -> Filing | None:
    sent = SentAct.objects.filter(client_reference=notice.client_reference).first()
    if sent is not None:
        return locked(sent.filing_id)
    if not notice.registration_no:
        return None
    found = Filing.objects.filter(registration_no=notice.registration_no).first()
    return locked(found.pk) if found else None


def _keep(filing: Filing, notice: Notice, disposition: Disposition) -> None:
    kept = None
    if notice.content:
        suffix = "pdf" if notice.content.startswith(b"%PDF") else "txt"
        media = "application/pdf" if suffix == "pdf" else "text/plain; charset=utf-8"
        file = NewFile(
            name=f"{notice.notice_no}.{suffix}", content=notice.content, media_type=media
        )
        kept = keep(filing.matter, file, use="notice", by=None)
    HeardNotice.objects.create(
        filing=filing,
        notice_no=notice.notice_no,
        kind=notice.kind.value,
        disposition=disposition.value,
        dated_on=notice.dated_on,
        heard_on=clock.today(),
        grounds=[
            {"code": ground.code, "right": ground.right_number, "words": ground.words}
            for ground in notice.grounds
        ],
        file=kept,
    )
    facts = {"notice": notice.notice_no, "kind": f"notice.{notice.kind.value}"}
    journal.record("notice_heard", by=None, matter_id=filing.matter_id, facts=facts)
