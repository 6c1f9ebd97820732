"""What pages ask about applications, proposals, facilities and loans."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from zhirong.core.messages import Fact, Message
from zhirong.ledger.chart import FacilityAccounts
from zhirong.lending.policy import LimitSheet
from zhirong.lending.products import product
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.lending import blocks
from zhirong.platform.lending.deciding import DecisionError, sheet_for
from zhirong.platform.lending.models import (
    Application,
    Condition,
    Decision,
    DrawDown,
    Facility,
    Proposal,
    Qualification,
)
from zhirong.platform.matters.visibility import MatterRows, matter_seen, visible
from zhirong.platform.operations import clock
from zhirong.platform.operations.prepared import Prepared
from zhirong.platform.operations.selectors import facts_of


def _with_people(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    decisions = Decision.objects.select_related("officer").order_by("id")
    return rows.select_related("author", "matter__firm").prefetch_related(
        Prefetch("decisions", decisions)
    )


_APPLICATION = MatterRows(Application)
_CHECKED = MatterRows(Qualification, lambda rows: rows.select_related("checked_by"))
_PROPOSALS = MatterRows(Proposal, _with_people)
_FACILITY = MatterRows(Facility, lambda rows: rows.select_related("proposal"))
_HELD = Prepared(
    lambda facility: DrawDown.objects.filter(
        facility_id=facility, state__in=("asked", "ordered")
    ).values_list("amount_fen"),
    int,
)
_CONDITIONS = Prepared(
    lambda facility: Condition.objects.filter(facility_id=facility).select_related(
        "document", "ticked_by"
    ),
    int,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductLine:
    """A product in the application form: most per borrower in fen, longest tenor."""

    key: str
    amount_max: int | None
    tenor_months_max: int


def products() -> tuple[ProductLine, ...]:
    """The products in force on this day."""
    day, parameters = clock.today(), Parameters()
    keys = tuple(parameters.get("lending.products", on=day).value)
    found_terms = [product(key, on=day, parameters=parameters) for key in keys]
    return tuple(
        ProductLine(
            key=terms.key,
            amount_max=terms.amount_max.fen if terms.amount_max else None,
            tenor_months_max=terms.tenor_months_max,
        )
        for terms in found_terms
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationLine:
    """What the firm asked for."""

    product: str
    amount: int
    tenor_months: int
    form: str
    every_months: int
    purpose: str
    account: str
    submitted_on: date
    pay_by: str = "bank"
    wallet: str = ""


def application_of(number: str, viewer: Viewer) -> ApplicationLine | None:
    """The application of a matter; None before it is submitted."""
    row = _APPLICATION.first(number, viewer)
    if row is None:
        return None
    return ApplicationLine(
        product=row.product,
        amount=row.amount_fen,
        tenor_months=row.tenor_months,
        form=row.form,
        every_months=row.every_months,
        purpose=row.purpose,
        account=row.account,
        submitted_on=row.submitted_on,
        pay_by=row.pay_by,
        wallet=row.wallet,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PointLine:
    """A point with its words, and whether it is met."""

    code: str
    facts: Mapping[str, Fact]
    passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QualificationLine:
    """A check with its points."""

    points: tuple[PointLine, ...]
    is_passed: bool
    checked_by: str
    checked_on: date


def qualification_of(number: str, viewer: Viewer) -> QualificationLine | None:
    """The last check of a matter; None before the first."""
    row = _CHECKED.first(number, viewer)
    if row is None:
        return None
    return QualificationLine(
        points=tuple(
            PointLine(
                code=point["code"], facts=facts_of(point["facts"]), passed=bool(point["passed"])
            )
            for point in row.points
        ),
        is_passed=row.is_passed,
        checked_by=row.checked_by.name,
        checked_on=row.checked_on,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """The limit sheet of this day, or the code of why there is none."""

    sheet: LimitSheet | None
    reason: str = ""


def sheet_of(number: str, viewer: Viewer) -> SheetView:
    """What the policy supports for a matter on this day."""
    matter = matter_seen(number, viewer)
    if _APPLICATION.first(number, viewer) is None:
        return SheetView(sheet=None, reason="credit.no_application")
    try:
        return SheetView(sheet=sheet_for(matter))
    except DecisionError as error:
        return SheetView(sheet=None, reason=str(error.facts["reason"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLine:
    """What one officer decided."""

    officer: str
    is_second: bool
    verdict: str
    reason: str
    decided_on: date

    @property
    def verdict_code(self) -> str:
        """Code of the verdict's words."""
        return f"verdict.{self.verdict}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalLine:
    """A version of limit, price and conditions with what became of it, amounts in fen."""

    matter: str
    firm: str
    version: int
    state: str
    limit: int
    covered: int
    uncovered: int
    needs_second: bool
    tenor_months: int
    form: str
    every_months: int
    lpr_tenor: str
    spread_bp: Decimal
    quoted_rate: Decimal
    rights: tuple[str, ...]
    conditions: tuple[str, ...]
    reason: str
    author: str
    proposed_on: date
    decisions: tuple[DecisionLine, ...]

    @property
    def lpr_code(self) -> str:
        """Code of the words of its reference rate."""
        return f"lpr.{self.lpr_tenor}"

    @property
    def limit_yuan(self) -> Decimal:
        """The limit in yuan."""
        return Decimal(self.limit) / 100


def proposals_of(number: str, viewer: Viewer) -> tuple[ProposalLine, ...]:
    """The versions of a matter, newest first; the borrower sees the approved one alone."""
    rows = _PROPOSALS.rows(number, viewer)
    if not viewer.may(Right.CHECK) and not viewer.may(Right.APPROVE) and not viewer.may(Right.FILE):
        rows = [row for row in rows if row.state == Proposal.State.APPROVED]
    return tuple(_proposal(row) for row in rows)


def refusal_of(number: str, viewer: Viewer) -> str:
    """Why the bank refused, in the officer's words, for whoever sees the matter; empty if not."""
    rows = visible(Proposal, viewer).filter(matter__number=number, state=Proposal.State.REFUSED)
    refusals = Decision.objects.filter(proposal__in=rows, verdict=Decision.Verdict.REFUSE)
    return refusals.order_by("-id").values_list("reason", flat=True).first() or ""


def proposals_count(viewer: Viewer) -> int:
    """How many matters a viewer may see that something was proposed for."""
    return visible(Proposal, viewer).filter(version=1).count()  # every matter begins with that


def proposals_for(viewer: Viewer, *, start: int, most: int) -> tuple[ProposalLine, ...]:
    """The newest version of every matter a viewer may see, open ones first, then newest first.

    Args:
        viewer: Who looks.
        start: How many are passed over.
        most: How many are wanted.
    """
    newer = Proposal.objects.filter(matter=OuterRef("matter"), version__gt=OuterRef("version"))
    rows = visible(Proposal, viewer).filter(~Exists(newer)).order_by("-id")
    rows = _with_people(rows)
    # Two lists laid end to end: each is read along its own index, and nothing is sorted.
    waiting, settled = (
        rows.filter(state=Proposal.State.OPEN),
        rows.exclude(state=Proposal.State.OPEN),
    )
    found = list(waiting[start : start + most])
    passed = max(0, start - waiting.count()) if len(found) < most else 0
    found += settled[passed : passed + most - len(found)]
    return tuple(_proposal(row) for row in found)


def _proposal(row: Proposal) -> ProposalLine:
    decisions = tuple(row.decisions.all())
    return ProposalLine(
        matter=row.matter.number,
        firm=row.matter.firm.name,
        version=row.version,
        state=row.state,
        limit=row.limit_fen,
        covered=row.covered_fen,
        uncovered=row.uncovered_fen,
        needs_second=row.needs_second,
        tenor_months=row.tenor_months,
        form=row.form,
        every_months=row.every_months,
        lpr_tenor=row.lpr_tenor,
        spread_bp=row.spread_bp,
        quoted_rate=row.quoted_rate,
        rights=tuple(row.rights),
        conditions=tuple(row.conditions),
        reason=row.reason,
        author=row.author.name,
        proposed_on=row.proposed_on,
        decisions=tuple(
            DecisionLine(
                officer=item.officer.name,
                is_second=item.is_second,
                verdict=item.verdict,
                reason=item.reason,
                decided_on=item.decided_on,
            )
            for item in decisions
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionLine:
    """A condition of the approval; `document` is the file that shows it."""

    number: int
    text: str
    document: str
    document_id: int | None
    ticked_by: str
    ticked_on: date | None

    @property
    def key(self) -> str:
        """Its number as a page names it."""
        return str(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityLine:
    """A granted line, in fen; `room` is what can still be drawn."""

    number: str
    limit: int
    room: int
    available_from: date
    available_until: date
    last_maturity: date
    quoted_rate: Decimal
    form: str
    every_months: int
    conditions: tuple[ConditionLine, ...]


def facility_of(number: str, viewer: Viewer) -> FacilityLine | None:
    """The facility of a matter; None before it is granted."""
    row = _FACILITY.first(number, viewer)
    if row is None:
        return None
    held = sum(amount for (amount,) in _HELD.all_values(row.pk))
    return FacilityLine(
        number=row.number,
        limit=row.limit_fen,
        room=ledger.net_fen(FacilityAccounts(row.number).undrawn) - held,
        available_from=row.available_from,
        available_until=row.available_until,
        last_maturity=row.last_maturity,
        quoted_rate=row.proposal.quoted_rate,
        form=row.form,
        every_months=row.every_months,
        conditions=tuple(_condition(item) for item in _CONDITIONS.rows(row.pk)),
    )


def _condition(row: Condition) -> ConditionLine:
    return ConditionLine(
        number=row.pk,
        text=row.text,
        document=row.document.name if row.document else "",
        document_id=row.document_id,
        ticked_by=row.ticked_by.name if row.ticked_by else "",
        ticked_on=row.ticked_on,
    )


def blocks_for(number: str, viewer: Viewer) -> tuple[Message, ...]:
    """What still blocks the money of a matter."""
    return blocks.blocks_of(matter_seen(number, viewer))
