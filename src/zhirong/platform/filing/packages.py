"""A package as a zip, to be uploaded by hand at an office's website."""

from django.db import transaction

from zhirong import bootstrap_counterparties as counterparties
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.filing.models import SentAct
from zhirong.platform.filing.sending import act_of
from zhirong.platform.matters.visibility import found, matter_for
from zhirong.platform.operations import journal


@transaction.atomic
def take(number: str, reference: str, *, actor: Viewer) -> bytes:
    """The package of an act that was filed: its form, its files, their hashes.

    Raises:
        NotFoundError: No such act in the matter.
    """
    matter = matter_for(number, actor, Right.FILE)
    sent = found(SentAct, actor, filing__matter=matter, client_reference=reference)
    facts = {"reference": sent.client_reference}
    journal.record("package_taken", by=actor, matter_id=matter.pk, facts=facts)
    return counterparties.package_zip(act_of(sent), dated_on=sent.made_on)
