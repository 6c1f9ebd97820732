"""Background work that was given up: the administrator sees it, mends the cause, begins it anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from zhirong.core.messages import Fact
from zhirong.platform.accounts.models import Organization
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.matters.visibility import NotFoundError
from zhirong.platform.operations import outbox
from zhirong.platform.operations.models import Outbox
from zhirong.platform.operations.selectors import facts_of


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUp:
    """A piece of work that waits for a person; `code` and `facts` say why it was given up.

    `who` is whoever asked for it, empty for the house's own work; `matter` is its number, where
    the work has a job of a matter.
    """

    number: int
    kind: str
    failed_at: datetime
    code: str
    facts: Mapping[str, Fact]
    who: str
    organization: str
    matter: str


def _of(asking: Viewer) -> QuerySet[Outbox]:
    """What the own people asked for; the house sees all, its own work too.

    Raises:
        NotAllowedError: No administrator asks.
    """
    asking.need(Right.ADMINISTER)
    rows = Outbox.objects.exclude(failed_at=None)
    if asking.organization_kind != Organization.Kind.HOUSE:
        rows = rows.filter(actor__organization_id=asking.organization_id)
    return rows


def count_given_up(asking: Viewer) -> int:
    """How much work waits for a person.

    Raises:
        NotAllowedError: No administrator asks.
    """
    return _of(asking).count()


def given_up(asking: Viewer) -> tuple[GivenUp, ...]:
    """The work that waits for a person, oldest first.

    Raises:
        NotAllowedError: No administrator asks.
    """
    rows = _of(asking).select_related("actor__organization", "job__matter")
    return tuple(_line(item) for item in rows.order_by("failed_at", "id"))


def _line(item: Outbox) -> GivenUp:
    assert item.failed_at is not None, "only what was given up is asked for"
    job = getattr(item, "job", None)
    return GivenUp(
        number=item.pk,
        kind=f"work.{item.kind}",
        failed_at=item.failed_at,
        code=str(item.failure.get("code", "job.gave_up")),
        facts=facts_of(item.failure.get("facts", {})),
        who=item.actor.name if item.actor else "",
        organization=item.actor.organization.name if item.actor else "",
        matter=job.matter.number if job is not None and job.matter else "",
    )


@transaction.atomic
def begin_anew(number: int, *, actor: Viewer) -> None:
    """Let work run again; what of it was done stays done, and who asked stands in the log.

    Raises:
        NotAllowedError: The actor is no administrator.
        NotFoundError: There is no such work, it was not given up, or others asked for it.
    """
    if not _of(actor).filter(pk=number).exists():
        raise NotFoundError(f"No work {number} given up.", what="model.outbox")
    outbox.begin_anew(number, by=actor)
