"""From approval to contract: the facility with its terms, opened once all have signed."""

from decimal import Decimal

from django.db import transaction

from zhirong.core.calendar import plus_months
from zhirong.core.daycounts import DayCount
from zhirong.ledger import chart, plans
from zhirong.ledger.transfers import Batch
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.documents.models import Deed, StoredFile
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.ledger.services import book, open_accounts
from zhirong.platform.lending.applying import RAILS
from zhirong.platform.lending.models import Condition, Facility, Proposal
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.services import advance, need_stage
from zhirong.platform.matters.visibility import found, matter_for
from zhirong.platform.operations import clock, journal

Stage = Matter.Stage


def repricing_months(tenor_months: int) -> int | None:
    """How often the rate of a loan follows the reference rate; None where it stays."""
    rules = Parameters().get("lending.repricing", on=clock.today()).value
    return int(rules["every_months"]) if tenor_months > int(rules["above_months"]) else None


@transaction.atomic
def grant(matter: Matter, *, actor: Viewer) -> Facility:
    """The facility of the approved proposal, inside the transaction that makes its contracts."""
    need_stage(matter, Stage.APPROVED, wanted=Stage.CONTRACTED)
    proposal = Proposal.objects.get(matter=matter, state=Proposal.State.APPROVED)
    day = clock.today()
    rules = Parameters().get("lending.policy", on=day).value
    until = plus_months(day, int(rules["available_months"]))
    facility = Facility.objects.create(
        matter=matter,
        proposal=proposal,
        number=_line_number(matter),
        limit_fen=proposal.limit_fen,
        available_from=day,
        available_until=until,
        last_maturity=plus_months(until, proposal.tenor_months),
        lpr_tenor=proposal.lpr_tenor,
        spread_bp=proposal.spread_bp,
        form=proposal.form,
        every_months=proposal.every_months,
        day_count=DayCount.ACT_360.value,
        repricing_months=repricing_months(proposal.tenor_months),
        overdue_margin=Decimal(rules["overdue_margin"]),
        misuse_margin=Decimal(rules["misuse_margin"]),
    )
    Condition.objects.bulk_create(
        Condition(facility=facility, text=text) for text in proposal.conditions
    )
    facts = {"facility": facility.number, "limit_fen": facility.limit_fen}
    journal.record("facility_granted", by=actor, matter_id=matter.pk, facts=facts)
    advance(matter, Stage.CONTRACTED, actor=actor)
    return facility


def _line_number(matter: Matter) -> str:
    """The number of a line; one that was given up and approved anew has a number of its own."""
    number = f"ZR{matter.number.replace('-', '')}"
    earlier = Deed.objects.filter(matter=matter, kind="main_contract", is_withdrawn=True).count()
    return f"{number}-{earlier + 1}" if earlier else number


@transaction.atomic
def all_signed(matter: Matter, *, actor: Viewer) -> Facility:
    """Every party has signed: the commitment stands in the ledger from now on."""
    facility = Facility.objects.select_for_update().get(matter=matter)
    # Signed again after a refused registration, the line is the same and stands in the ledger once.
    # With those of the house: a draw-down then opens its own accounts alone.
    open_accounts((*chart.of_house(RAILS), *chart.of_facility(facility.number)))
    legs = plans.facility_opened(facility.number, limit_fen=facility.limit_fen)
    batch = Batch(key=f"facility/{facility.number}", on=facility.available_from, legs=legs)
    book(batch, matter_id=matter.pk)
    advance(matter, Stage.SIGNED, actor=actor)
    return facility


def release_commitment(facility: Facility, *, key: str) -> None:
    """What was not drawn of a line that ends is promised no more; where nothing stands, nothing."""
    undrawn = ledger.net_fen(chart.FacilityAccounts(facility.number).undrawn)
    if undrawn:
        legs = plans.facility_closed(facility.number, undrawn_fen=abs(undrawn))
        book(Batch(key=key, on=clock.today(), legs=legs), matter_id=facility.matter_id)


def close_line(matter: Matter) -> None:
    """The line of a matter that has ended: closed on this day, its commitment released."""
    facility = Facility.objects.select_for_update().filter(matter=matter).first()
    if facility is None:
        return
    release_commitment(facility, key=f"facility/{facility.number}/closed")
    facility.closed_on = clock.today()
    facility.save(update_fields=["closed_on"])


@transaction.atomic
def tick(number: str, condition_id: int, *, document_id: int, actor: Viewer) -> Condition:
    """Tick a condition with the document that shows it.

    Raises:
        NotFoundError: No such condition or document in the matter.
    """
    matter = matter_for(number, actor, Right.CONTRACT)
    condition = found(Condition, actor, pk=condition_id, facility__matter=matter)
    document = found(StoredFile, actor, pk=document_id, matter=matter, is_withdrawn=False)
    condition.document, condition.ticked_by_id = document, actor.user_id
    condition.ticked_on = clock.today()
    condition.save()
    facts = {"condition": condition.text, "document": document.name}
    journal.record("condition_ticked", by=actor, matter_id=matter.pk, facts=facts)
    return condition
