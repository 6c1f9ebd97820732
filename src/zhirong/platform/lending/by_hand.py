"""Notices of an office without an address: pasted in, or typed from the paper."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from zhirong import bootstrap_counterparties as counterparties
from zhirong.core.errors import InputError, StateError
from zhirong.filing.changing import changed
from zhirong.filing.forms import ExtendForm
from zhirong.filing.office import Ground, Notice, NoticeKind
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.filing import later, sending
from zhirong.platform.filing.coding import contract_of, items_of
from zhirong.platform.filing.hearing import hear
from zhirong.platform.filing.models import Filing
from zhirong.platform.filing.preparing import form_of
from zhirong.platform.lending.registering import follow
from zhirong.platform.matters.visibility import found, matter_for

UNREADABLE = "error.notice_form"
PARTS = ("kind", "dated_on", "registration_no", "rights")
TYPED = (
    NoticeKind.ACCEPTED,
    NoticeKind.CORRECTION,
    NoticeKind.REGISTERED,
    NoticeKind.REFUSED,
    NoticeKind.CHANGED,
    NoticeKind.EXTENDED,
    NoticeKind.CANCELLED,
)
OUTCOMES = frozenset(
    (NoticeKind.REGISTERED, NoticeKind.CHANGED, NoticeKind.EXTENDED, NoticeKind.CANCELLED)
)


class NoHandOfficeError(StateError):
    """Notices of this office come by themselves, or nothing was filed with it yet."""

    code = "error.no_hand_office"


class NoticeTextError(InputError):
    """The text of a notice lacks a part; `reason` says which."""

    code = "error.notice_text"

    def __init__(self, part: str) -> None:
        super().__init__(f"The text lacks: {part}.", reason=f"error.notice_text.{part}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedNotice:
    """A notice as it stands on paper.

    Attributes:
        amount_fen: Registered amount; what was asked for where none is given.
        expires_on: Last day of the registration's own period.
        rights: As registered; those that were asked for where none is named.
        ground: The office's reason, for a correction or a refusal.
    """

    kind: NoticeKind
    notice_no: str
    dated_on: date
    registration_no: str = ""
    amount_fen: int | None = None
    respond_by: date | None = None
    expires_on: date | None = None
    rights: tuple[str, ...] = ()
    ground: str = ""


def is_by_hand() -> bool:
    """Whether packages are carried by hand and notices entered."""
    return isinstance(sending.office(), counterparties.PackageOffice)


def take_text(number: str, filing_number: str, text: str, *, actor: Viewer) -> None:
    """Enter the text of a notice.

    Raises:
        NoHandOfficeError: The office has an address, or nothing was filed.
        NoticeTextError: The text does not say what it must; nothing is guessed.
        NoticeDiffersError: Its number was entered with another content.
    """

    def enter(office: counterparties.PackageOffice, _: Filing, reference: str) -> Notice:
        try:
            return office.enter_text(text, client_reference=reference)
        except InputError as wrong:
            part = str(wrong.facts.get("detail", ""))
            if wrong.code != UNREADABLE or part not in PARTS:
                raise
            raise NoticeTextError(part) from wrong

    _take(number, filing_number, enter, actor)


def take_typed(number: str, filing_number: str, typed: TypedNotice, *, actor: Viewer) -> None:
    """Enter a notice that was typed from the paper.

    Raises:
        NoHandOfficeError: The office has an address, or nothing was filed.
        NoticeDiffersError: Its number was entered with another content.
    """

    def enter(office: counterparties.PackageOffice, filing: Filing, reference: str) -> Notice:
        notice = _notice(typed, filing, reference)
        office.enter(notice)
        return notice

    _take(number, filing_number, enter, actor)


Enter = Callable[[counterparties.PackageOffice, Filing, str], Notice]


@transaction.atomic
def _take(number: str, filing_number: str, enter: Enter, actor: Viewer) -> None:
    matter = matter_for(number, actor, Right.FILE)
    filing = sending.locked(found(Filing, actor, matter=matter, number=filing_number).pk)
    office, last = sending.office(), filing.acts.last()
    if not isinstance(office, counterparties.PackageOffice) or last is None:
        raise NoHandOfficeError(f"{filing_number} has no notices to enter.", filing=filing_number)
    hear(enter(office, filing, last.client_reference), follow=follow)


def _notice(typed: TypedNotice, filing: Filing, reference: str) -> Notice:
    is_outcome = typed.kind in OUTCOMES
    grounds = (Ground(code="", right_number=None, words=typed.ground),) if typed.ground else ()
    return Notice(
        notice_no=typed.notice_no,
        office_reference=reference,
        client_reference=reference,
        kind=typed.kind,
        dated_on=typed.dated_on,
        registration_no=typed.registration_no or filing.registration_no or None,
        grounds=grounds,
        respond_by=typed.respond_by,
        effective_on=typed.dated_on if is_outcome else None,
        registered=_entry(typed, filing) if is_outcome else {},
    )


def _entry(typed: TypedNotice, filing: Filing) -> dict[str, object]:
    """What the register says from now on: what the notice names, else what was asked for."""
    if typed.kind is NoticeKind.CANCELLED:
        return {"amount_fen": typed.amount_fen, "rights": [], "expires_on": None}
    contract, expires = contract_of(filing), filing.expires_on
    amendment = later.open_amendment(filing)
    if amendment is not None and typed.kind is NoticeKind.CHANGED:
        contract = changed(contract, items_of(amendment))
    if amendment is not None and typed.kind is NoticeKind.EXTENDED:
        form = later.form_of_amendment(amendment)
        expires = form.new_period_to if isinstance(form, ExtendForm) else expires
    elif typed.kind is NoticeKind.REGISTERED:
        expires = form_of(filing).period_to
    numbers = typed.rights or tuple(right.number for right in contract.rights)
    last = typed.expires_on or expires
    return {
        "amount_fen": contract.items.amount_fen if typed.amount_fen is None else typed.amount_fen,
        "rights": list(numbers),
        "expires_on": last.isoformat() if last else None,
    }
