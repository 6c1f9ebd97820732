"""Matters page by page, and one job of a matter, for those who ask without a page of ours."""

from dataclasses import dataclass

from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.selectors import MatterHead, head
from zhirong.platform.matters.visibility import found, visible
from zhirong.platform.operations.models import Job
from zhirong.platform.operations.selectors import JobLine, job_line


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


def job_of(number: str, job_id: int, viewer: Viewer) -> JobLine:
    """A job of a matter as people watch it.

    Raises:
        NotFoundError: None that the viewer may see.
    """
    return job_line(found(Job, viewer, pk=job_id, matter__number=number))
