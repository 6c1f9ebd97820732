"""What pages and programs ask about filings: state, rights, acts, notices, grounds against them."""

from dataclasses import dataclass
from datetime import date

from zhirong.filing.findings import LintFinding
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.filing.checking import check
from zhirong.platform.filing.models import Filing
from zhirong.platform.matters.visibility import found, visible


@dataclass(frozen=True, slots=True, kw_only=True)
class ActLine:
    """An act that was sent; without the office's reference it is still on its way."""

    client_reference: str
    kind: str
    office_reference: str
    made_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """A notice of the office."""

    notice_no: str
    kind: str
    dated_on: date
    file: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingLine:
    """A filing as it stands."""

    number: str
    registry: str
    state: str
    registration_no: str
    registered_on: date | None
    decision_due_on: date | None
    respond_by: date | None
    rights: tuple[str, ...]
    acts: tuple[ActLine, ...]
    notices: tuple[NoticeLine, ...]


def filings_of(number: str, viewer: Viewer) -> tuple[FilingLine, ...]:
    """The filings of a matter, in the order they were prepared."""
    return tuple(_line(row) for row in visible(Filing, viewer).filter(matter__number=number))


def filing_of(number: str, filing_number: str, viewer: Viewer) -> FilingLine:
    """One filing of a matter.

    Raises:
        NotFoundError: None that the viewer may see.
    """
    return _line(found(Filing, viewer, number=filing_number, matter__number=number))


def grounds_of(number: str, filing_number: str, viewer: Viewer) -> tuple[LintFinding, ...]:
    """Every ground that holds against a filing on this day, the gravest first.

    Raises:
        NotFoundError: No such filing that the viewer may see.
    """
    return check(found(Filing, viewer, number=filing_number, matter__number=number))


def _line(row: Filing) -> FilingLine:
    return FilingLine(
        number=row.number,
        registry=row.registry,
        state=row.state,
        registration_no=row.registration_no,
        registered_on=row.registered_on,
        decision_due_on=row.decision_due_on,
        respond_by=row.respond_by,
        rights=tuple(row.rights.values_list("number", flat=True)),
        acts=tuple(
            ActLine(
                client_reference=act.client_reference,
                kind=act.kind,
                office_reference=act.office_reference,
                made_on=act.made_on,
            )
            for act in row.acts.all()
        ),
        notices=tuple(
            NoticeLine(
                notice_no=notice.notice_no,
                kind=notice.kind,
                dated_on=notice.dated_on,
                file=notice.file_id,
            )
            for notice in row.heard.all()
        ),
    )
