"""Changes and extensions of a registration, as far as the loan behind it allows them."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from zhirong.filing.changing import ChangedPart, ChangeItem, changed, taken_out
from zhirong.filing.office import Registry
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.filing import later
from zhirong.platform.filing.blocks import standing_filings
from zhirong.platform.filing.coding import contract_of
from zhirong.platform.filing.later import AmendmentError, NewExtension
from zhirong.platform.filing.models import Amendment, Filing, SentAct
from zhirong.platform.filing.sending import locked
from zhirong.platform.lending.deciding import cover_of
from zhirong.platform.lending.models import Facility
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.services import need_stage
from zhirong.platform.matters.visibility import found, matter_for

Stage = Matter.Stage
AMENDED_AT = (Stage.FILED, Stage.REGISTERED, Stage.DRAWN, Stage.REPAID)


def _filing(number: str, filing_number: str, actor: Viewer) -> Filing:
    matter = matter_for(number, actor, Right.FILE)
    need_stage(matter, *AMENDED_AT, wanted=Stage.REGISTERED)
    return locked(found(Filing, actor, matter=matter, number=filing_number).pk)


@transaction.atomic
def prepare_change(
    number: str,
    filing_number: str,
    items: Iterable[ChangeItem],
    *,
    changed_on: date,
    actor: Viewer,
) -> Amendment:
    """Make the papers of a change of a registration, to be signed by the parties.

    Raises:
        NotAmendableError: The registration is not in force, or another act on it is under way.
        AmendmentError: A day that cannot be, or less security than was approved.
        ChangeItemError: What the register does not change.
    """
    filing, chosen = _filing(number, filing_number, actor), tuple(items)
    _check_security(filing, chosen)
    return later.prepare_change(filing, chosen, changed_on=changed_on, actor=actor)


def _check_security(filing: Filing, items: tuple[ChangeItem, ...]) -> None:
    """What was approved still stands: the amount that is secured, and what covers it."""
    facility = Facility.objects.select_related("proposal__run").filter(matter=filing.matter).first()
    if facility is None:
        return
    contract = contract_of(filing)
    after = changed(contract, items)
    others = [row for row in standing_filings(filing.matter) if row.pk != filing.pk]
    contracts = [after, *(contract_of(row) for row in others)]
    if any(item.part is ChangedPart.AMOUNT for item in items):
        largest = max(item.items.amount_fen or 0 for item in contracts)
        if largest < facility.limit_fen:
            raise AmendmentError("amount")
    if filing.registry == Registry.PATENT.value and taken_out(contract, items):
        left = tuple(
            right.number
            for item in contracts
            if item.registry is Registry.PATENT
            for right in item.rights
        )
        if cover_of(facility.proposal.run, left).fen < facility.proposal.covered_fen:
            raise AmendmentError("cover")


@transaction.atomic
def prepare_extension(
    number: str, filing_number: str, new: NewExtension, *, actor: Viewer
) -> Amendment:
    """Make the papers of an extension of a registration with its own period, to be signed.

    Raises:
        NotAmendableError: The registration is not in force or has no period, or another act on it
            is under way.
        AmendmentError: The new last day is not behind the old one.
    """
    return later.prepare_extension(_filing(number, filing_number, actor), new, actor=actor)


@transaction.atomic
def drop(number: str, filing_number: str, *, actor: Viewer) -> None:
    """Give up a change or extension that was prepared and not filed.

    Raises:
        NotAmendableError: There is none.
    """
    later.drop(_filing(number, filing_number, actor), actor=actor)


@transaction.atomic
def file_amendment(number: str, filing_number: str, *, actor: Viewer) -> SentAct:
    """File the change or extension, once its papers are signed; or mended, when asked.

    Raises:
        NotAmendableError: None is prepared.
        PackageNotReadyError: A paper is not signed, or a ground stands against it.
    """
    return later.submit_amendment(_filing(number, filing_number, actor), actor=actor)
