"""What still stands between a registered pledge and the money, and the proofs that take it away."""

from django.db import transaction

from zhirong.core.calendar import anniversary
from zhirong.core.messages import Message
from zhirong.filing.disbursement import Condition, Conditions, FeeState, disbursement_blocks
from zhirong.filing.states import State
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.documents.services import NewFile, check_upload, keep
from zhirong.platform.filing.coding import contract_of, progress_of
from zhirong.platform.filing.models import Filing
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.visibility import found, matter_for
from zhirong.platform.operations import clock, journal
from zhirong.platform.operations.once import under_key
from zhirong.platform.operations.prepared import Prepared

GONE = (State.REFUSED.value, State.WITHDRAWN.value)
_STANDING = Prepared(
    lambda matter: Filing.objects.filter(matter_id=matter).exclude(state__in=GONE), int
)
LAPSED = (State.LAPSED_PERIOD.value, State.LAPSED_COLLATERAL.value)


def blocks_of(matter: Matter, conditions: tuple[Condition, ...]) -> tuple[Message, ...]:
    """Everything that still blocks a payout of a matter on this day, over all its filings.

    A filing that was refused stands no more: another took its place.
    """
    blocks: list[Message] = []
    standing = standing_filings(matter)
    for place, filing in enumerate(standing):
        progress, contract = progress_of(filing), contract_of(filing)
        rights = tuple(filing.rights.filter(released_on=None))
        measured = Conditions(
            amount_fen=contract.items.amount_fen or 0,
            rights=tuple(right.number for right in rights),
            notice_no=progress.notice_no,
            notice_on=progress.registered_on,
            fees=tuple(
                FeeState(
                    right=right.number,
                    next_due_on=right.fee_due_on,
                    paid_until=right.fee_paid_until,
                )
                for right in rights
            ),
            conditions=conditions if place == 0 else (),
        )
        found_blocks = disbursement_blocks(progress, measured, on=clock.today())
        blocks += [block.message for block in found_blocks]
    return tuple(blocks)


def standing_filings(matter: Matter) -> tuple[Filing, ...]:
    """The filings that count: none refused or withdrawn, none lapsed whose rights stand anew."""
    rows = tuple(_STANDING.rows(matter.pk))
    held = {row.pk: {right.number for right in contract_of(row).rights} for row in rows}
    return tuple(
        row
        for row in rows
        if row.state not in LAPSED
        or not any(other.pk > row.pk and held[row.pk] <= held[other.pk] for other in rows)
    )


@transaction.atomic
def prove_fees(number: str, *, document_id: int, actor: Viewer, key: str = "") -> int:
    """Take a receipt as proof that the next annual fee of every pledged right is paid.

    Gives the number of rights that were open. The same key proves once.

    Raises:
        NotFoundError: No such document in the matter.
    """
    matter = matter_for(number, actor, Right.FILE)
    document = found(StoredFile, actor, pk=document_id, matter=matter, is_withdrawn=False)
    scope = f"prove_fees/{number}"
    done = under_key(scope, key, lambda: {"rights": _proved(matter, document, actor)})
    return int(done["rights"])


def _proved(matter: Matter, document: StoredFile, actor: Viewer) -> int:
    count = 0
    for filing in Filing.objects.select_for_update().filter(matter=matter):
        for right in filing.rights.filter(released_on=None):
            due, paid = right.fee_due_on, right.fee_paid_until
            if due is not None and (paid is None or paid <= due):
                right.fee_paid_until, right.fee_proof = anniversary(due, 1), document
                right.save()
                count += 1
    facts = {"rights": count, "document": document.name}
    journal.record("fees_proved", by=actor, matter_id=matter.pk, facts=facts)
    return count


@transaction.atomic
def prove_fees_by(number: str, file: NewFile, *, actor: Viewer, key: str = "") -> int:
    """Keep a receipt that the clerk has, and take it as proof of the annual fees, once a key.

    Raises:
        UploadError: Empty, too large or of a kind that is not read.
    """
    matter = matter_for(number, actor, Right.FILE)
    check_upload(file)

    def prove() -> dict[str, int]:
        kept = keep(matter, file, use="fee_proof", by=actor)
        return {"rights": _proved(matter, kept, actor)}

    return int(under_key(f"prove_fees/{number}", key, prove)["rights"])
