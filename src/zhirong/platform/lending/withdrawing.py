"""The firm takes its application back: what was made for it is given up with it."""

from django.db import transaction

from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.documents.models import Deed
from zhirong.platform.lending.contracting import close_line
from zhirong.platform.lending.resettling import give_up_filings
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.services import advance
from zhirong.platform.matters.visibility import matter_for


@transaction.atomic
def withdraw(number: str, *, actor: Viewer) -> Matter:
    """The firm takes its application back, as long as nothing is signed.

    After a refusal by the office the line was signed once and stands in the ledger: its commitment
    is released, and the papers that wait to be signed anew are given up.

    Raises:
        StageError: It is signed already, or has ended.
        ResettlingError: Another filing of the matter is before the office or registered.
    """
    matter = matter_for(number, actor, Right.APPLY)
    advance(matter, Matter.Stage.WITHDRAWN, actor=actor)
    give_up_filings(matter)
    Deed.objects.filter(matter=matter, is_signed=False).update(is_withdrawn=True)
    close_line(matter)
    return matter
