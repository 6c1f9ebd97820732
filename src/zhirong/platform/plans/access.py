"""Who may see and do what in a plan: by the part of his organization, and what is published."""

from collections.abc import Mapping
from typing import TypeVar

from django.db import models
from django.db.models import Q, QuerySet

from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import NotAllowedError, Viewer
from zhirong.platform.matters.models import Matter, Participation
from zhirong.platform.matters.visibility import (
    PLAN_PARTS,
    NotFoundError,
    first_of,
    visible_to,
)
from zhirong.platform.plans.models import PlanRun, PlanRunFile

Part = Participation.Part
# What each part needs; a person with the right of another part sees nothing by it.
RIGHT_OF_PART = {
    Part.ARRANGER: Right.STRUCTURE,
    Part.SERVICER: Right.SERVICE,
    Part.INVESTOR: Right.INVEST,
}
WORKING = (Part.ARRANGER, Part.SERVICER)
# What investors meet once it is published → the day on which it was.
PUBLISHED: Mapping[type[models.Model], str] = {
    PlanRun: "published_on",
    PlanRunFile: "run__published_on",
}
Row = TypeVar("Row", bound=models.Model)


def parts_open_to(viewer: Viewer) -> tuple[Part, ...]:
    """The parts of a plan whose rights a person has."""
    return tuple(part for part in PLAN_PARTS if viewer.may(RIGHT_OF_PART[part]))


def need_some_part(viewer: Viewer) -> tuple[Part, ...]:
    """The parts whose rights a person has.

    Raises:
        NotAllowedError: None.
    """
    parts = parts_open_to(viewer)
    if not parts:
        raise NotAllowedError(Right.INVEST)
    return parts


def seen(model: type[Row], viewer: Viewer) -> QuerySet[Row]:
    """The rows of plans in which the viewer's organization has a part the viewer may act in.

    Investors meet only what was published; files that were given to the arranger stay with those
    who work on the plan.
    """
    parts = parts_open_to(viewer)
    working = tuple(part for part in parts if part in WORKING)
    rows = visible_to(model, viewer.organization_id, parts)
    if model in PUBLISHED:
        own = visible_to(model, viewer.organization_id, working).values("pk")
        return rows.filter(Q(pk__in=own) | ~Q(**{PUBLISHED[model]: None}))
    if model in {Matter, Participation}:
        return rows
    return visible_to(model, viewer.organization_id, working)


def part_of(matter: Matter, viewer: Viewer) -> Part:
    """The part that the viewer's organization has in a plan that was found for the viewer."""
    live = Participation.objects.get(
        matter=matter, organization_id=viewer.organization_id, until=None
    )
    return Part(live.part)


def plan_for(number: str, viewer: Viewer, part: Part) -> Matter:
    """A plan locked for an act that belongs to one part.

    Raises:
        NotFoundError: No such plan in which the viewer has that part.
        NotAllowedError: The roles do not give the right of the part.
    """
    rows = visible_to(Matter, viewer.organization_id, (part,)).filter(number=number)
    matter = rows.select_for_update(of=("self",), no_key=True).first()
    if matter is None:
        raise NotFoundError(f"No plan {number}.", what="model.plan")
    viewer.need(RIGHT_OF_PART[part])
    return matter


def plan_seen(number: str, viewer: Viewer) -> Matter:
    """A plan that a viewer may look at.

    Raises:
        NotFoundError: None such.
    """
    return first_of(seen(Matter, viewer), number=number)
