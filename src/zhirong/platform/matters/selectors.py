"""What pages ask about matters."""

from dataclasses import dataclass
from datetime import date

from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.visibility import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterLine:
    """A matter in a list; `stage` is the code of its words."""

    number: str
    firm: str
    title: str
    stage: str
    applied_on: date | None

    @property
    def address(self) -> str:
        """Where its page is."""
        return f"/matters/{self.number}/"


def matter_lines(viewer: Viewer, *, most: int = 200) -> tuple[MatterLine, ...]:
    """The matters that a viewer may see, newest first."""
    rows = visible(Matter, viewer).select_related("firm")[:most]
    return tuple(
        MatterLine(
            number=row.number,
            firm=row.firm.name,
            title=row.title,
            stage=f"stage.{row.stage}",
            applied_on=row.applied_on,
        )
        for row in rows
    )
