"""After a refusal whose ground stays: other rights, with a new approval where its basis changes."""

from dataclasses import dataclass, replace

from django.db import transaction

from zhirong.application.filing_views import fee_states, right_items
from zhirong.core.errors import StateError
from zhirong.core.money import Money
from zhirong.filing import progress as course
from zhirong.filing.contracts import PledgeContract
from zhirong.filing.forms import RightItem, ValueStatement
from zhirong.filing.office import Registry
from zhirong.filing.states import State, Step
from zhirong.lending.policy import limit_sheet
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.appraisals.models import AppraisedRight
from zhirong.platform.documents.models import Deed
from zhirong.platform.filing.blocks import standing_filings
from zhirong.platform.filing.checking import appraisal_of
from zhirong.platform.filing.coding import contract_of, keep_progress, progress_of
from zhirong.platform.filing.held import item_of, value_of
from zhirong.platform.filing.models import Filing, HeldRight
from zhirong.platform.filing.preparing import PledgedSet, set_rights, withdraw_papers
from zhirong.platform.filing.sending import locked
from zhirong.platform.lending.contracting import all_signed, release_commitment
from zhirong.platform.lending.deciding import cover_of
from zhirong.platform.lending.models import Condition, Facility, Proposal
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.services import advance, need_stage
from zhirong.platform.matters.visibility import found, matter_for, visible
from zhirong.platform.operations import clock, journal

Stage = Matter.Stage
_NOT_FILED = (State.DRAFT.value, State.SIGNED.value)


class ResettlingError(StateError):
    """Rights of a filing that cannot be chosen anew now; `reason` says why."""

    code = "error.resettling"

    def __init__(self, reason: str) -> None:
        super().__init__(f"Not chosen: {reason}.", reason=f"error.resettling.{reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A right that a filing may pledge: is it in it now; value in fen."""

    number: str
    title: str
    kind: str
    value: int
    is_in: bool


def choices_of(number: str, filing_id: int, viewer: Viewer) -> tuple[Choice, ...]:
    """The rights among which the clerk may choose for a filing that is not sent; else none."""
    filing = visible(Filing, viewer).filter(pk=filing_id, matter__number=number).first()
    if filing is None or filing.state not in _NOT_FILED:
        return ()
    inside = {right.number for right in contract_of(filing).rights}
    if filing.registry != Registry.PATENT.value:
        held = _held(filing.matter, filing.registry)
        rows = [(row.number, row.name, row.kind, row.value_fen) for row in held]
    else:
        facility = Facility.objects.filter(matter=filing.matter).first()
        if facility is None:
            return ()
        known = AppraisedRight.objects.filter(run=facility.proposal.run, is_registrable=True)
        rows = [(row.number, row.title, row.kind, row.value_fen) for row in known]
    return tuple(
        Choice(number=row[0], title=row[1], kind=row[2], value=row[3], is_in=row[0] in inside)
        for row in rows
    )


def _held(matter: Matter, registry: str) -> tuple[HeldRight, ...]:
    return tuple(HeldRight.objects.filter(matter=matter, registry=registry, is_withdrawn=False))


def _filing(number: str, filing_number: str, actor: Viewer) -> tuple[Matter, Filing]:
    matter = matter_for(number, actor, Right.FILE)
    filing = locked(found(Filing, actor, matter=matter, number=filing_number).pk)
    if filing.state not in _NOT_FILED:
        raise ResettlingError("filed")
    return matter, filing


@transaction.atomic
def choose_rights(
    number: str, filing_number: str, rights: tuple[str, ...], *, actor: Viewer
) -> bool:
    """Let a filing that is not sent pledge other rights; gives whether the approval stands.

    Where the rights that stay bear what was approved, contract and papers are made anew and signed
    again. Where they do not, the matter goes back to its proposal: line, contracts and papers made
    under the old approval are given up.

    Raises:
        StageError: The line is used already.
        ResettlingError: The filing was sent, no right or an unknown one is chosen, nothing changes,
            or another filing of the matter is before the office.
    """
    matter, filing = _filing(number, filing_number, actor)
    if set(rights) == {right.number for right in contract_of(filing).rights}:
        raise ResettlingError("same")
    if filing.registry != Registry.PATENT.value:
        _put(filing, _of_held(filing, rights), actor)
        return True
    need_stage(matter, Stage.CONTRACTED, wanted=Stage.CONTRACTED)
    facility = Facility.objects.select_related("proposal__run").get(matter=matter)
    known = AppraisedRight.objects.filter(
        run=facility.proposal.run, is_registrable=True, number__in=rights
    )
    values = dict(known.values_list("number", "value_fen"))
    if not rights or set(values) != set(rights):
        raise ResettlingError("unknown")
    if _bears(facility.proposal, rights):
        _put(filing, _of_run(filing, rights, values), actor)
        return True
    _give_back(matter, facility, actor)
    return False


def _bears(proposal: Proposal, rights: tuple[str, ...]) -> bool:
    """Whether a set of rights carries the limit as it was approved."""
    limit = Money.of_fen(proposal.limit_fen)
    sheet = limit_sheet(
        limit,
        covered_max=cover_of(proposal.run, rights),
        product_max=None,
        on=clock.today(),
        parameters=Parameters(),
    )
    is_covered = sheet.covered.fen >= proposal.covered_fen
    return sheet.limit == limit and is_covered and sheet.needs_second <= proposal.needs_second


def _of_run(filing: Filing, rights: tuple[str, ...], values: dict[str, int]) -> PledgedSet:
    appraisal, before = appraisal_of(filing.matter), contract_of(filing)
    stated = before.value
    value = None if stated is None else replace(stated, amount_fen=sum(values.values()))
    return PledgedSet(
        contract=_pledging(before, right_items(appraisal, rights), value),
        values=values,
        fees=fee_states(appraisal, rights, on=clock.today()),
    )


def _of_held(filing: Filing, rights: tuple[str, ...]) -> PledgedSet:
    held = tuple(r for r in _held(filing.matter, filing.registry) if r.number in rights)
    if not rights or {right.number for right in held} != set(rights):
        raise ResettlingError("unknown")
    items = tuple(item_of(right) for right in held)
    return PledgedSet(
        contract=_pledging(contract_of(filing), items, value_of(held)),
        values={right.number: right.value_fen for right in held},
    )


def _pledging(
    contract: PledgeContract, rights: tuple[RightItem, ...], value: ValueStatement | None
) -> PledgeContract:
    terms = replace(contract.items, rights_count=len(rights), signed_on=clock.today())
    return replace(contract, rights=rights, items=terms, value=value)


def _put(filing: Filing, chosen: PledgedSet, actor: Viewer) -> None:
    set_rights(filing, chosen, by=actor)
    facts = {"filing": filing.number, "rights": sorted(chosen.values)}
    journal.record("rights_chosen", by=actor, matter_id=filing.matter_id, facts=facts)


def _give_back(matter: Matter, facility: Facility, actor: Viewer) -> None:
    """Back to the proposal: what was made under the approval is given up."""
    give_up_filings(matter)
    Deed.objects.filter(matter=matter, is_withdrawn=False).update(is_withdrawn=True)
    release_commitment(facility, key=f"facility/{facility.number}/given-up")
    number = facility.number
    Proposal.objects.filter(pk=facility.proposal_id).update(state=Proposal.State.RETURNED)
    Condition.objects.filter(facility=facility).delete()
    facility.delete()
    journal.record("approval_given_back", by=actor, matter_id=matter.pk, facts={"facility": number})
    advance(matter, Stage.APPRAISED, actor=actor)


def give_up_filings(matter: Matter) -> None:
    """Withdraw the filings of a matter with their papers, as long as none was sent.

    Raises:
        ResettlingError: One lies with the office, or stands in the register.
    """
    filings = standing_filings(matter)
    if any(filing.state not in _NOT_FILED for filing in filings):
        raise ResettlingError("other_filing")
    for filing in filings:
        _withdraw(filing)


def _withdraw(filing: Filing) -> None:
    keep_progress(filing, course.step(progress_of(filing), Step.WITHDRAW))
    withdraw_papers(filing)


@transaction.atomic
def give_up(number: str, filing_number: str, *, actor: Viewer) -> Matter:
    """Give up a further pledge that is not sent; what was approved stands without it.

    Raises:
        ResettlingError: It was sent, or it is the pledge that the approval rests on.
    """
    matter, filing = _filing(number, filing_number, actor)
    others = [row for row in standing_filings(matter) if row.pk != filing.pk]
    facility = Facility.objects.select_related("proposal").get(matter=matter)
    pledged = {right.number for row in others for right in contract_of(row).rights}
    own = {right.number for right in contract_of(filing).rights}
    if not others or set(facility.proposal.rights) & own - pledged:
        raise ResettlingError("approved")
    _withdraw(filing)
    facts = {"filing": filing.number}
    journal.record("pledge_given_up", by=actor, matter_id=matter.pk, facts=facts)
    _go_on(matter, others, actor)
    return matter


def _go_on(matter: Matter, others: list[Filing], actor: Viewer) -> None:
    """A matter that waited for this filing alone goes on where the others stand."""
    is_open = Deed.objects.filter(matter=matter, is_signed=False, is_withdrawn=False).exists()
    if matter.stage == Stage.CONTRACTED and not is_open:
        all_signed(matter, actor=actor)
    is_sent = all(row.state not in _NOT_FILED for row in others)
    if matter.stage == Stage.SIGNED and is_sent:
        advance(matter, Stage.FILED, actor=actor)
    if matter.stage == Stage.FILED and {row.state for row in others} == {State.REGISTERED.value}:
        advance(matter, Stage.REGISTERED, actor=actor)
