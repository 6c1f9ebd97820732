"""What pages and programs ask about filings: state, dues, papers, rights, acts, notices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhirong.core.messages import Fact
from zhirong.filing.documents import MANIFEST
from zhirong.filing.findings import LintFinding
from zhirong.filing.forms import Party
from zhirong.filing.states import State
from zhirong.filing.time_limits import Due, Duty, dues, extension_alert
from zhirong.parameters.calendars import china
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.filing.amendment_lines import (
    AmendmentLine,
    CorrectedLine,
    amendment_lines,
    corrected_lines,
    findings_of_amendment,
)
from zhirong.platform.filing.checking import check, papers_of
from zhirong.platform.filing.coding import contract_of, extras_of, progress_of
from zhirong.platform.filing.filing_lines import (
    ActLine,
    NoticeLine,
    PaperLine,
    PledgedLine,
    StepLine,
    act_lines,
    notice_lines,
    paper_lines,
    pledged_lines,
    steps_of,
)
from zhirong.platform.filing.mending import MENDABLE
from zhirong.platform.filing.models import Filing
from zhirong.platform.filing.preparing import ESTABLISH
from zhirong.platform.filing.sending import CANCEL
from zhirong.platform.matters.visibility import MatterRows, found, visible
from zhirong.platform.operations import clock

_FILINGS = MatterRows(Filing, lambda rows: rows.select_related("matter"))
# The office's grounds on which the parties may insist.
INSISTED = {"461.11.10": "same_day_invention", "461.11.11": "under_invalidation"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingPage:
    """A filing with everything that its page shows.

    Attributes:
        registry: `filing.registry.<registry>` are its words.
        state: `filing.state.<state>` are its words.
        amount: Secured amount in fen.
        is_mendable: The clerk may change what it says and add papers.
        is_changed: The papers differ from those that were sent last.
        insisted: Right and ground of what the parties insist on, as "number ground".
    """

    id: int
    number: str
    registry: str
    state: str
    registration_no: str
    registered_on: date | None
    expires_on: date | None
    decision_due_on: date | None
    respond_by: date | None
    contract_number: str
    amount: int | None
    debt_to: date | None
    steps: tuple[StepLine, ...]
    dues: tuple[Due, ...]
    papers: tuple[PaperLine, ...]
    release_papers: tuple[PaperLine, ...]
    rights: tuple[PledgedLine, ...]
    acts: tuple[ActLine, ...]
    notices: tuple[NoticeLine, ...]
    is_mendable: bool
    is_changed: bool
    same_day_statement: bool
    insisted: tuple[str, ...]
    amendments: tuple[AmendmentLine, ...]
    corrected: tuple[CorrectedLine, ...]
    parties: tuple[Party, ...]
    scope: tuple[str, ...]
    claim_kind: str

    @property
    def amendment(self) -> AmendmentLine | None:
        """The change or extension that is under way."""
        return next((item for item in self.amendments if item.is_open), None)

    @property
    def value(self) -> int:
        """Value of all rights together, in fen."""
        return sum(right.value for right in self.rights)

    @property
    def open_fees(self) -> int:
        """Rights whose next annual fee is not shown to be paid."""
        return sum(right.fee_state == "open" for right in self.rights)

    @property
    def is_signed(self) -> bool:
        """Whether every paper that needs signatures has them all."""
        return all(paper.is_ready for paper in self.papers)

    @property
    def is_release_signed(self) -> bool:
        """Whether the papers of the release are there with all signatures."""
        papers = self.release_papers
        return bool(papers) and all(paper.is_ready for paper in papers)

    @property
    def corrections(self) -> tuple[NoticeLine, ...]:
        """What the office asked to be mended, the latest first."""
        return tuple(n for n in reversed(self.notices) if n.kind == "correction")

    @property
    def asked(self) -> tuple[tuple[str, str], ...]:
        """Right and ground that the office asks to insist on, and what is insisted on already."""
        grounds = [ground for notice in self.corrections[:1] for ground in notice.grounds]
        asked = [(g.right, INSISTED[g.code]) for g in grounds if g.code in INSISTED]
        held = [(right, ground) for right, _, ground in (i.partition(" ") for i in self.insisted)]
        return tuple(dict.fromkeys((*asked, *held)))

    @property
    def refusal(self) -> NoticeLine | None:
        """The notice that refused it."""
        return next((n for n in self.notices if n.kind == "refused"), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertLine:
    """What presses on a matter from its filings: code of words, facts, by when, is it late."""

    code: str
    facts: Mapping[str, Fact]
    until: date | None
    is_late: bool
    tab: str = "registration"


def filings_of(number: str, viewer: Viewer) -> tuple[FilingPage, ...]:
    """The filings of a matter, the newest first."""
    rows = visible(Filing, viewer).filter(matter__number=number).order_by("-id")
    return tuple(_page(row) for row in rows)


def filing_of(number: str, filing_number: str, viewer: Viewer) -> FilingPage:
    """One filing of a matter, by its own number.

    Raises:
        NotFoundError: None that the viewer may see.
    """
    return _page(found(Filing, viewer, number=filing_number, matter__number=number))


def grounds_of(number: str, filing_number: str, viewer: Viewer) -> tuple[LintFinding, ...]:
    """Every ground that holds against a filing, or the change under way, the gravest first.

    Raises:
        NotFoundError: No such filing that the viewer may see.
    """
    row = found(Filing, viewer, number=filing_number, matter__number=number)
    return findings_of_amendment(row) if row.registration_no else check(row)


def filing_number(number: str, filing_id: int, viewer: Viewer) -> str:
    """The number of a filing of a matter.

    Raises:
        NotFoundError: None that the viewer may see.
    """
    return found(Filing, viewer, pk=filing_id, matter__number=number).number


def findings_of(number: str, filing_id: int, viewer: Viewer) -> tuple[LintFinding, ...]:
    """What stands against a package as it lies there now, the gravest first.

    Raises:
        NotFoundError: None that the viewer may see.
    """
    row = found(Filing, viewer, pk=filing_id, matter__number=number)
    return findings_of_amendment(row) if row.registration_no else check(row)


def alerts_of(number: str, viewer: Viewer) -> tuple[AlertLine, ...]:
    """What presses on a matter from its filings, the earliest first; empty if nothing does."""
    alerts = [alert for row in _FILINGS.rows(number, viewer) for alert in alerts_in(row)]
    return tuple(sorted(alerts, key=lambda alert: alert.until or date.max))


def alerts_in(filing: Filing) -> tuple[AlertLine, ...]:
    """What presses on one filing; nothing once its matter has ended."""
    if filing.matter.closed_on is not None:
        return ()
    facts: dict[str, Fact] = {"filing": filing.number}
    alerts = []
    for due in dues_of(filing):
        is_ours = due.duty is Duty.CORRECT
        if is_ours or (due.is_late and due.duty is not Duty.EXTEND):
            code = f"filing.alert.{due.duty}"
            given = {**facts, "until": due.until}
            alerts.append(AlertLine(code=code, facts=given, until=due.until, is_late=due.is_late))
    pending = filing.amendments.filter(kind="change", state="prepared").first()
    if pending is not None and pending.due_on is not None:
        given = {**facts, "until": pending.due_on}
        is_late = pending.due_on < clock.today()
        alert = "filing.alert.change"
        alerts.append(AlertLine(code=alert, facts=given, until=pending.due_on, is_late=is_late))
    contract, progress = contract_of(filing), progress_of(filing)
    ending = extension_alert(
        progress,
        debt_to=contract.items.debt_to or clock.today(),
        on=clock.today(),
        parameters=Parameters(),
    )
    if ending is not None:
        told = ending.message
        alerts.append(
            AlertLine(
                code=told.code, facts=told.facts, until=ending.expires_on, is_late=ending.is_gap
            )
        )
    if filing.heard.filter(disposition="conflict").exists():
        alerts.append(
            AlertLine(code="filing.alert.conflict", facts=facts, until=None, is_late=True)
        )
    return tuple(alerts)


def dues_of(filing: Filing) -> tuple[Due, ...]:
    """What is due on a filing, by whom, until when."""
    return dues(
        progress_of(filing),
        is_online=True,
        on=clock.today(),
        parameters=Parameters(),
        calendar=china(),
    )


def _page(row: Filing) -> FilingPage:
    contract, extras = contract_of(row), extras_of(row)
    papers = paper_lines(row, ESTABLISH)
    notices = notice_lines(row)
    state = State(row.state)
    return FilingPage(
        **_columns(row),
        contract_number=contract.items.number,
        amount=contract.items.amount_fen,
        debt_to=contract.items.debt_to,
        steps=steps_of(row, papers, notices),
        dues=dues_of(row),
        papers=papers,
        release_papers=paper_lines(row, CANCEL),
        rights=pledged_lines(row),
        acts=act_lines(row),
        notices=notices,
        is_mendable=state in MENDABLE,
        is_changed=_is_changed(row),
        same_day_statement=extras.same_day_statement,
        insisted=tuple(f"{item.right} {item.ground}" for item in extras.insists),
        amendments=amendment_lines(row),
        corrected=corrected_lines(row),
        parties=tuple(dict.fromkeys((*contract.pledgors, contract.pledgee))),
        scope=tuple(item.value for item in contract.items.scope),
        claim_kind=contract.items.claim_kind.value if contract.items.claim_kind else "",
    )


def _is_changed(row: Filing) -> bool:
    """Whether the papers are others than those of the last act."""
    last = row.acts.last()
    if last is None:
        return True
    sent = {(name, digest) for name, digest in last.files if name != MANIFEST}
    held = [
        (paper.name, paper.deed.file if paper.deed else paper.file)
        for paper in papers_of(row, ESTABLISH)
    ]
    return sent != {(name, file.sha256) for name, file in held if file is not None}


def _columns(row: Filing) -> dict[str, Any]:
    return {
        "id": row.pk,
        "number": row.number,
        "registry": row.registry,
        "state": row.state,
        "registration_no": row.registration_no,
        "registered_on": row.registered_on,
        "expires_on": row.expires_on,
        "decision_due_on": row.decision_due_on,
        "respond_by": row.respond_by,
    }
