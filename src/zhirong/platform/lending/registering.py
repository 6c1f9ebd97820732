"""What a registration means for the matter: filed, registered, refused, released."""

from django.db import transaction

from zhirong.filing.forms import CancelGround
from zhirong.filing.states import State
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.filing import sending
from zhirong.platform.filing.blocks import standing_filings
from zhirong.platform.filing.hearing import Heard
from zhirong.platform.filing.models import Filing, SentAct
from zhirong.platform.filing.preparing import renew
from zhirong.platform.lending.contracting import close_line
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.services import advance, need_stage
from zhirong.platform.matters.visibility import found, matter_for
from zhirong.platform.operations.actor import Actor
from zhirong.platform.operations.once import under_key

Stage = Matter.Stage
# A further pledge is filed while the line is used.
_FILED_AT = (Stage.SIGNED, Stage.FILED, Stage.REGISTERED, Stage.DRAWN)
_OVER = {State.CANCELED, State.LAPSED_PERIOD, State.LAPSED_COLLATERAL, State.REVOKED}


def _filing(number: str, filing_number: str, actor: Viewer) -> tuple[Matter, Filing]:
    matter = matter_for(number, actor, Right.FILE)
    filing = found(Filing, actor, matter=matter, number=filing_number)
    return matter, sending.locked(filing.pk)


@transaction.atomic
def file(number: str, filing_number: str, *, actor: Viewer) -> SentAct:
    """File a package that is signed, or the mended one after a correction notice.

    Raises:
        PackageNotReadyError: Papers are not signed, or grounds stand against the package.
        RightPledgedError: One of the rights is pledged elsewhere.
    """
    matter, filing = _filing(number, filing_number, actor)
    need_stage(matter, *_FILED_AT, wanted=Stage.FILED)
    sent = sending.submit(filing, actor=actor)
    if matter.stage == Stage.SIGNED:
        advance(matter, Stage.FILED, actor=actor)
    return sent


@transaction.atomic
def prepare_release(number: str, filing_number: str, *, actor: Viewer, key: str = "") -> Filing:
    """Make the papers of the release, once nothing is owed; the same key makes them once.

    Raises:
        StageError: Something is owed, or may still be drawn.
    """
    matter, filing = _filing(number, filing_number, actor)
    # While it is under way the office may want its papers mended, or refuse it.
    need_stage(matter, Stage.REPAID, Stage.RELEASING, wanted=Stage.RELEASING)

    def make() -> dict[str, str]:
        sending.release_papers(filing, ground=CancelGround.DEBT_PAID, actor=actor)
        return {"filing": filing_number}

    under_key(f"prepare_release/{filing_number}", key, make)
    return filing


@transaction.atomic
def file_release(number: str, filing_number: str, *, actor: Viewer) -> SentAct:
    """File the cancellation of the registration.

    Raises:
        PackageNotReadyError: Its papers are not made, or not signed.
    """
    matter, filing = _filing(number, filing_number, actor)
    need_stage(matter, Stage.REPAID, Stage.RELEASING, wanted=Stage.RELEASING)
    sent = sending.submit_release(filing, ground=CancelGround.DEBT_PAID, actor=actor)
    if matter.stage == Stage.REPAID:
        advance(matter, Stage.RELEASING, actor=actor)
    return sent


def _asked_by(filing: Filing) -> Actor:
    """Who filed: in whose name papers are made anew."""
    person = filing.acts.select_related("made_by").latest("id").made_by
    return Actor(user_id=person.pk, organization_id=person.organization_id)


@transaction.atomic
def follow(heard: Heard) -> None:
    """Move the matter as its filing moved; heard twice, it moves once."""
    matter = Matter.objects.select_for_update().get(pk=heard.filing.matter_id)
    states = {State(filing.state) for filing in standing_filings(matter)}
    stage = Stage(matter.stage)
    if heard.after is State.REFUSED:
        renew(heard.filing, by=_asked_by(heard.filing))
        if stage is Stage.FILED:
            advance(matter, Stage.CONTRACTED, actor=None)
    elif stage is Stage.FILED and states == {State.REGISTERED}:
        advance(matter, Stage.REGISTERED, actor=None)
    elif stage is Stage.RELEASING and states <= _OVER:
        close_line(matter)
        advance(matter, Stage.CLOSED, actor=None)
