"""Matters page by page, found and sorted; and one job of a matter."""

from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.selectors import MatterHead, head
from zhirong.platform.matters.stages import WAY
from zhirong.platform.matters.visibility import found, visible
from zhirong.platform.operations import clock
from zhirong.platform.operations.models import Job
from zhirong.platform.operations.selectors import JobLine, job_line

MOST_EXPORTED = 10_000
# What a list can be sorted by → the column that holds it.
SORTS = {
    "number": "id",
    "firm": "firm__name",
    "title": "title",
    "stage": "along",
    "applied_on": "applied_on",
    "paid_on": "paid_on",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list shall hold: of one stage, with a text in number, firm or purpose; in an order."""

    stage: str = ""
    text: str = ""
    sort: str = "number"
    is_down: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterPage:
    """Some matters, newest first: which page, of how many."""

    items: tuple[MatterHead, ...]
    page: int
    pages: int


def matter_page(viewer: Viewer, *, stage: str, page: int, size: int) -> MatterPage:
    """A page of the matters that a viewer may see; of one stage, or of all where none is named."""
    rows = visible(Matter, viewer).select_related("firm")
    if stage:
        rows = rows.filter(stage=stage)
    pages = max(1, -(-rows.count() // size))
    start = (page - 1) * size
    return MatterPage(
        items=tuple(head(row) for row in rows[start : start + size]), page=page, pages=pages
    )


def count_of(viewer: Viewer, wanted: Wanted) -> int:
    """How many matters a list holds."""
    return _listed(viewer, wanted).count()


def listed(
    viewer: Viewer, wanted: Wanted, *, start: int = 0, most: int = MOST_EXPORTED
) -> tuple[MatterHead, ...]:
    """Some matters of a list, from a place on."""
    along = [When(stage=stage, then=Value(place)) for place, stage in enumerate(WAY)]
    rows = _listed(viewer, wanted).select_related("firm")
    if wanted.sort == "stage":
        rows = rows.annotate(
            along=Case(*along, default=Value(len(WAY)), output_field=IntegerField())
        )
    column = F(SORTS[wanted.sort])
    order = column.desc(nulls_last=True) if wanted.is_down else column.asc(nulls_last=True)
    today = clock.today()
    ordered = rows.order_by(order, "-id")[start : start + most]
    return tuple(head(row, today=today) for row in ordered)


def _listed(viewer: Viewer, wanted: Wanted) -> QuerySet[Matter]:
    rows = visible(Matter, viewer)
    if wanted.stage:
        rows = rows.filter(stage=wanted.stage)
    if wanted.text:
        rows = rows.filter(
            Q(number__contains=wanted.text)
            | Q(firm__name__contains=wanted.text)
            | Q(title__contains=wanted.text)
        )
    return rows


def job_of(number: str, job_id: int, viewer: Viewer) -> JobLine:
    """A job of a matter as people watch it.

    Raises:
        NotFoundError: None that the viewer may see.
    """
    return job_line(found(Job, viewer, pk=job_id, matter__number=number))
