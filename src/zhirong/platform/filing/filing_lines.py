"""The parts of a filing's page: steps, papers, rights, acts, notices."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zhirong.filing.states import State
from zhirong.platform.filing.models import Filing, FilingDocument, HeardNotice, PledgedRight


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """A step of a filing's way: code, state (done, here, waiting, stopped), the day."""

    code: str
    state: str
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """A paper of a package. `waits_for` names who signs next; empty once it is ready."""

    kind: str
    name: str
    file_id: int
    made_on: date
    signed_on: date | None
    needs_signatures: bool
    waits_for: str

    @property
    def is_ready(self) -> bool:
        """Whether nobody has to sign it any more."""
        return not self.waits_for


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgedLine:
    """A right of a filing.

    Attributes:
        value: Market value in fen.
        fee_state: paid, open, or none where no fee is due any more.
    """

    number: str
    kind: str
    title: str
    value: int
    is_live: bool
    fee_due_on: date | None
    fee_paid_until: date | None
    fee_state: str
    proof_id: int | None
    proof: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActLine:
    """An act that was written down and sent; without the office's reference it is under way."""

    client_reference: str
    kind: str
    made_on: date
    made_by: str
    office_reference: str

    @property
    def kind_code(self) -> str:
        """Code of the words of its kind."""
        return f"act.{self.kind}"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundLine:
    """A ground that the office names: its code, the right, its own words."""

    code: str
    right: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """A notice as it was heard, and what became of it."""

    notice_no: str
    kind: str
    disposition: str
    dated_on: date
    heard_on: date
    grounds: tuple[GroundLine, ...]
    file: int | None


def paper_lines(filing: Filing, act: str) -> tuple[PaperLine, ...]:
    """The papers of an act that stand."""
    rows = filing.papers.filter(act=act, is_withdrawn=False)
    rows = rows.select_related("deed__file", "file").prefetch_related("deed__places__organization")
    return tuple(_paper(row) for row in rows)


def _paper(row: FilingDocument) -> PaperLine:
    if row.deed is None:
        assert row.file is not None, "a paper is a deed or a file"
        return PaperLine(
            kind=row.kind,
            name=row.name,
            file_id=row.file.pk,
            made_on=row.file.added_on,
            signed_on=None,
            needs_signatures=False,
            waits_for="",
        )
    places = tuple(row.deed.places.all())
    waits = next((place for place in places if place.signed_on is None), None)
    days = [place.signed_on for place in places if place.signed_on is not None]
    return PaperLine(
        kind=row.kind,
        name=row.name,
        file_id=row.deed.file_id,
        made_on=row.deed.made_on,
        signed_on=max(days) if waits is None and days else None,
        needs_signatures=True,
        waits_for=waits.organization.name if waits is not None else "",
    )


def pledged_lines(filing: Filing) -> tuple[PledgedLine, ...]:
    """The rights of a filing, by number."""
    rows = filing.rights.filter(released_on=None).select_related("fee_proof")
    return tuple(_pledged(row) for row in rows)


def _pledged(row: PledgedRight) -> PledgedLine:
    due, paid = row.fee_due_on, row.fee_paid_until
    is_open = due is not None and (paid is None or paid <= due)
    return PledgedLine(
        number=row.number,
        kind=row.kind,
        title=row.title,
        value=row.value_fen,
        is_live=row.is_live,
        fee_due_on=due,
        fee_paid_until=paid,
        fee_state="none" if due is None else "open" if is_open else "paid",
        proof_id=row.fee_proof_id,
        proof=row.fee_proof.name if row.fee_proof is not None else "",
    )


def act_lines(filing: Filing) -> tuple[ActLine, ...]:
    """The acts of a filing, in order."""
    return tuple(
        ActLine(
            client_reference=row.client_reference,
            kind=row.kind,
            made_on=row.made_on,
            made_by=row.made_by.name,
            office_reference=row.office_reference,
        )
        for row in filing.acts.select_related("made_by")
    )


def notice_lines(filing: Filing) -> tuple[NoticeLine, ...]:
    """The notices on a filing, in the order of their days."""
    rows = sorted(filing.heard.all(), key=lambda row: (row.dated_on, row.pk))
    return tuple(_notice(row) for row in rows)


def _notice(row: HeardNotice) -> NoticeLine:
    return NoticeLine(
        notice_no=row.notice_no,
        kind=row.kind,
        disposition=row.disposition,
        dated_on=row.dated_on,
        heard_on=row.heard_on,
        grounds=tuple(
            GroundLine(code=item["code"], right=item["right"] or "", words=item["words"])
            for item in row.grounds
        ),
        file=row.file_id,
    )


def steps_of(
    filing: Filing, papers: tuple[PaperLine, ...], notices: tuple[NoticeLine, ...]
) -> tuple[StepLine, ...]:
    """The way of a filing: prepared, signed, submitted, accepted, perhaps mended, registered."""
    state = State(filing.state)
    days = dict(_days(filing, papers, notices))
    codes = ["prepared", "signed", "submitted", "accepted", "registered", "released"]
    if "correction" in days:
        codes.insert(4, "correction")
    place = codes.index(_here(state, is_signed="signed" in days))
    is_over = state is State.CANCELED
    # Registered is a resting place: nothing is under way.
    is_done = state is State.REGISTERED
    stopped = state in {State.REFUSED, State.REVOKED, State.WITHDRAWN}
    return tuple(
        StepLine(
            code=code,
            state="done"
            if is_over or number < place + is_done
            else "waiting"
            if number > place
            else "stopped"
            if stopped
            else "here",
            on=days.get(code) if is_over or number <= place else None,
        )
        for number, code in enumerate(codes)
    )


_HERE = {
    State.SIGNED: "submitted",
    State.SUBMITTED: "accepted",
    State.CORRECTION: "correction",
    State.CANCEL_PENDING: "released",
    State.CANCEL_CORRECTION: "released",
    State.CANCELED: "released",
}


def _here(state: State, *, is_signed: bool) -> str:
    """The step at which a filing stands."""
    if state in {State.DRAFT, State.WITHDRAWN}:
        return "submitted" if is_signed else "signed"
    return _HERE.get(state, "registered")


def _days(
    filing: Filing, papers: tuple[PaperLine, ...], notices: tuple[NoticeLine, ...]
) -> Iterator[tuple[str, date]]:
    """The day of each step that has one."""
    first = filing.acts.first()
    if papers:
        yield "prepared", min(paper.made_on for paper in papers)
        signed = [paper.signed_on for paper in papers if paper.needs_signatures]
        days = [day for day in signed if day is not None]
        if days and len(days) == len(signed):
            # Papers that were mended later were signed again; the step itself was done before.
            yield "signed", min(max(days), first.made_on) if first else max(days)
    if first is not None:
        yield "submitted", first.made_on
    kinds = {
        "accepted": "accepted",
        "correction": "correction",
        "refused": "registered",
        "cancelled": "released",
    }
    for notice in notices:
        if notice.kind in kinds:
            yield kinds[notice.kind], notice.dated_on
    if filing.registered_on is not None:
        yield "registered", filing.registered_on
