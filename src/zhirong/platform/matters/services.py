"""Opening a matter, moving it along, taking part in it."""

import secrets

from django.db import transaction
from django.db.models import F

from zhirong.core.errors import StateError
from zhirong.platform.accounts.models import Organization
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.matters.models import Matter, Participation
from zhirong.platform.matters.stages import may_follow
from zhirong.platform.matters.visibility import NotFoundError, found, matter_for
from zhirong.platform.operations import clock, journal
from zhirong.platform.operations.once import under_key

Stage = Matter.Stage


class StageError(StateError):
    """A matter that does not stand where the act needs it."""

    code = "error.matter_stage"

    def __init__(self, matter: Matter, wanted: str) -> None:
        super().__init__(
            f"{matter.number} is {matter.stage} and cannot become {wanted}.",
            matter=matter.number,
            stage=f"stage.{matter.stage}",
            wanted=f"stage.{wanted}",
        )


@transaction.atomic
def open_matter(*, actor: Viewer, title: str, lender_id: int, key: str = "") -> Matter:
    """Open a matter of the actor's own firm with a bank; the same key opens one.

    Raises:
        NotAllowedError: The actor may not apply.
        NotFoundError: There is no such bank.
    """
    actor.need(Right.APPLY)
    scope = f"open_matter/{actor.organization_id}"
    done = under_key(scope, key, lambda: {"matter": _opened(actor, title, lender_id).pk})
    return Matter.objects.get(pk=done["matter"])


def _opened(actor: Viewer, title: str, lender_id: int) -> Matter:
    lender = Organization.objects.filter(pk=lender_id, kind=Organization.Kind.BANK).first()
    if lender is None:
        raise NotFoundError("No such bank.", what="model.organization")
    day = clock.today()
    matter = Matter.objects.create(
        number=secrets.token_hex(12),  # of nobody yet; its own follows from its place
        title=title,
        firm_id=actor.organization_id,
        opened_on=day,
    )
    matter.number = f"{day:%Y}-{matter.pk:05d}"
    matter.save(update_fields=["number"])
    parts = ((actor.organization_id, "borrower"), (lender.pk, "lender"))
    Participation.objects.bulk_create(
        Participation(matter=matter, organization_id=party, part=part, since=day)
        for party, part in parts
    )
    journal.record(
        "matter_opened", by=actor, matter_id=matter.pk, facts={"title": title, "bank": lender.name}
    )
    return matter


def advance(matter: Matter, stage: Matter.Stage, *, actor: Viewer | None) -> None:
    """Move a matter to its next stage, inside the transaction of the act that moves it.

    Raises:
        StageError: The stage does not follow on the one the matter stands in.
    """
    if not may_follow(Stage(matter.stage), stage):
        raise StageError(matter, stage.value)
    before, matter.stage = matter.stage, stage
    day = clock.today()
    if stage is Stage.APPLIED:
        matter.applied_on = day
    if stage is Stage.DRAWN and matter.paid_on is None:
        matter.paid_on = day
    if stage in {Stage.CLOSED, Stage.REFUSED, Stage.WITHDRAWN}:
        matter.closed_on = day
    matter.save()
    journal.record(
        "stage_reached",
        by=actor,
        matter_id=matter.pk,
        facts={"before": f"stage.{before}", "stage": f"stage.{stage.value}"},
    )


def need_stage(matter: Matter, *stages: Matter.Stage, wanted: Matter.Stage) -> None:
    """Nothing, if the matter stands in one of the stages.

    Raises:
        StageError: It stands elsewhere.
    """
    if matter.stage not in stages:
        raise StageError(matter, wanted.value)


@transaction.atomic
def withdraw_consent(number: str, *, organization_id: int, actor: Viewer) -> None:
    """The firm no longer lets an organization see the matter, unless money is owed.

    Raises:
        NotFoundError: The organization takes no part.
        StageError: Money is owed: the lender keeps its sight until it is repaid.
    """
    matter = matter_for(number, actor, Right.APPLY)
    live = found(Participation, actor, matter=matter, organization_id=organization_id, until=None)
    is_open = may_follow(Stage(matter.stage), Stage.WITHDRAWN)
    has_ended = matter.closed_on is not None
    if live.part == Participation.Part.BORROWER or not (is_open or has_ended):
        raise StageError(matter, Stage.WITHDRAWN.value)
    Participation.objects.filter(pk=live.pk).update(until=clock.today(), part=F("part"))
    journal.record(
        "consent_withdrawn",
        by=actor,
        matter_id=matter.pk,
        facts={"organization": live.organization.name},
    )
