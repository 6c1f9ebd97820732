"""What pages and programs ask about deeds: who has signed, whose turn it is."""

from dataclasses import dataclass
from datetime import date

from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.documents.models import Deed
from zhirong.platform.matters.visibility import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """A place for a signature; without a name it is still open."""

    place: int
    organization: str
    organization_id: int
    role: str
    signed_by: str
    signed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedLine:
    """A document that parties sign in order; `file` are its bytes as signed so far."""

    number: str
    kind: str
    title: str
    file: int
    is_signed: bool
    made_on: date
    places: tuple[PlaceLine, ...]

    @property
    def waits_for(self) -> int | None:
        """Number of the organization whose turn it is; None once all have signed."""
        turn = next((item for item in self.places if item.signed_on is None), None)
        return turn.organization_id if turn else None


def deeds_of(number: str, viewer: Viewer) -> tuple[DeedLine, ...]:
    """The deeds of a matter that stand, in the order they were made."""
    rows = visible(Deed, viewer).filter(matter__number=number, is_withdrawn=False)
    return tuple(
        DeedLine(
            number=row.number,
            kind=row.kind,
            title=row.title,
            file=row.file_id,
            is_signed=row.is_signed,
            made_on=row.made_on,
            places=tuple(
                PlaceLine(
                    place=item.place,
                    organization=item.organization.name,
                    organization_id=item.organization_id,
                    role=item.role,
                    signed_by=item.signed_by.name if item.signed_by else "",
                    signed_on=item.signed_on,
                )
                for item in row.places.select_related("organization", "signed_by")
            ),
        )
        for row in rows
    )
