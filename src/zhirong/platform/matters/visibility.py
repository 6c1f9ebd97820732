"""Who may see what: participation in a matter, and nothing else.

Every tenant row reaches its matter by one chain of foreign keys, named once in the model
(`MATTER = "filing__matter"`). Missing and forbidden look the same to whoever asks.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from zhirong.core.errors import StateError
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.matters.models import Matter, Participation
from zhirong.platform.operations.prepared import Prepared

Part = Participation.Part
LOAN_PARTS = (Part.BORROWER, Part.LENDER, Part.VALUER)
PLAN_PARTS = (Part.ARRANGER, Part.SERVICER, Part.INVESTOR)


class NotFoundError(StateError):
    """No such thing, or none that the person may see: nobody learns which."""

    code = "error.not_found"


Row = TypeVar("Row", bound=models.Model)


def visible(model: type[Row], viewer: Viewer) -> QuerySet[Row]:
    """The rows that a viewer may see: those of matters the organization takes part in."""
    return visible_to(model, viewer.organization_id)


def visible_to(
    model: type[Row], organization_id: int, parts: tuple[Part, ...] = LOAN_PARTS
) -> QuerySet[Row]:
    """The rows that an organization may see, for queries that are prepared for any of them.

    Without more it is those of loans: a plan's rows are asked for by the parts of a plan.
    """
    path = str(getattr(model, "MATTER"))  # noqa: B009 - a model without it must fail here
    # Asked row by row: a bank takes part in thousands of matters, and a page wants few of them.
    taken = Participation.objects.filter(
        matter=OuterRef(path or "pk"),
        organization_id=organization_id,
        until=None,
        part__in=parts,
    )
    return model._default_manager.filter(Exists(taken))


def _lockable(organization_id: int) -> QuerySet[Matter]:
    return visible_to(Matter, organization_id).select_for_update(of=("self",), no_key=True)


_LOCKED = Prepared(lambda party, number: _lockable(party).filter(number=number), int, str)
_LOCKED_OF_LOAN = Prepared(
    lambda party, loan: _lockable(party).filter(facility__draws__number=loan), int, str
)


class MatterRows(Generic[Row]):
    """The rows of one matter that a viewer may see; the query is put into SQL once.

    Args:
        model: Whose rows.
        narrow: What more the query asks, brings along or orders.
    """

    def __init__(
        self,
        model: type[Row],
        narrow: Callable[[QuerySet[Row]], QuerySet[Row]] = lambda rows: rows,
    ) -> None:
        path = f"{getattr(model, 'MATTER')}__number".removeprefix("__")  # noqa: B009 - as above
        self._query = Prepared(
            lambda party, number: narrow(visible_to(model, party).filter(**{path: number})),
            int,
            str,
        )

    def rows(self, number: str, viewer: Viewer) -> list[Row]:
        """All of them."""
        return self._query.rows(viewer.organization_id, number)

    def first(self, number: str, viewer: Viewer) -> Row | None:
        """The first of them."""
        return self._query.row(viewer.organization_id, number)


_MATTER = MatterRows(Matter, lambda rows: rows.select_related("firm"))


def matter_seen(number: str, viewer: Viewer) -> Matter:
    """A matter that a viewer may see, with its firm.

    Raises:
        NotFoundError: None that the viewer may see.
    """
    row = _MATTER.first(number, viewer)
    if row is None:
        raise NotFoundError(f"No matter {number}.", what="model.matter")
    return row


def found(model: type[Row], viewer: Viewer, **facts: object) -> Row:
    """The one row that a viewer may see under some facts.

    Raises:
        NotFoundError: There is none, or it is not the viewer's to see.
    """
    return first_of(visible(model, viewer), **facts)


def first_of(rows: QuerySet[Row], **facts: object) -> Row:
    """The one of the visible rows under some facts.

    Raises:
        NotFoundError: There is none, or it is not the viewer's to see.
    """
    row = rows.filter(Q(**facts)).first()
    if row is None:
        name = rows.model._meta.model_name
        raise NotFoundError(f"No {rows.model.__name__} with {facts}.", what=f"model.{name}")
    return row


def matter_of_loan(loan: str, viewer: Viewer, right: Right) -> Matter:
    """The matter of a loan, locked for an act as `matter_for` locks it.

    Raises:
        NotFoundError: No such loan, or not the viewer's.
        NotAllowedError: The roles do not give the right.
    """
    matter = _LOCKED_OF_LOAN.row(viewer.organization_id, loan)
    if matter is None:
        raise NotFoundError(f"No draw-down {loan}.", what="model.drawdown")
    viewer.need(right)
    return matter


def matter_for(number: str, viewer: Viewer, right: Right) -> Matter:
    """A matter locked for an act, once right and participation are checked together.

    Raises:
        NotFoundError: No such matter, or not the viewer's.
        NotAllowedError: The roles do not give the right.
    """
    matter = _LOCKED.row(viewer.organization_id, number)
    if matter is None:
        raise NotFoundError(f"No matter {number}.", what="model.matter")
    viewer.need(right)
    return matter
