"""The linter of acts on a registration: change, extension, cancellation."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from zhirong.core.calendar import BusinessCalendar
from zhirong.filing import time_limits
from zhirong.filing.documents import DocumentKind, PackageDocument
from zhirong.filing.findings import Hit, LintFinding
from zhirong.filing.forms import CancelForm, ChangeForm, ChangeSubject, ExtendForm
from zhirong.filing.linter import finding, in_order
from zhirong.filing.office import Registry
from zhirong.filing.progress import Progress
from zhirong.filing.states import State
from zhirong.parameters.reader import Parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterFiling:
    """An act on a registration as it lies on the desk, and the registration it is about."""

    form: ChangeForm | ExtendForm | CancelForm
    documents: tuple[PackageDocument, ...]
    progress: Progress
    on: date

    def has(self, *kinds: DocumentKind) -> bool:
        """Whether a document of one of the kinds is in the package."""
        return any(item.kind in kinds for item in self.documents)


LaterCheck = Callable[[LaterFiling, date | None], Iterable[Hit]]


def _registration(filing: LaterFiling, _: date | None) -> Iterator[Hit]:
    held = filing.progress
    if held.state is not State.REGISTERED or held.registration_no != filing.form.registration_no:
        yield Hit(facts={"state": f"filing.state.{held.state}"})


def _signatures(filing: LaterFiling, _: date | None) -> Iterator[Hit]:
    form = filing.form
    is_alone = isinstance(form, ExtendForm) and form.is_creditor_alone
    parties = (form.pledgee,) if is_alone else (*form.pledgors, form.pledgee)
    papers = [item for item in filing.documents if item.kind is DocumentKind.APPLICATION]
    signed = {party for item in papers for party in item.signed_by}
    lacking = tuple(party.name for party in parties if party.identifier not in signed)
    if lacking:
        yield Hit(facts={"document": "filing.document.application", "parties": lacking})


def _authorization(filing: LaterFiling, _: date | None) -> Iterator[Hit]:
    form = filing.form
    if form.on_behalf is None and form.agent is None:
        return
    if not filing.has(DocumentKind.AUTHORIZATION):
        yield Hit(facts={"party": tuple(party.name for party in form.pledgors)})


def _change_late(filing: LaterFiling, last: date | None) -> Iterator[Hit]:
    if isinstance(filing.form, ChangeForm) and last is not None and filing.on > last:
        yield Hit(facts={"changed_on": filing.form.changed_on, "last": last})


def _change_same(filing: LaterFiling, _: date | None) -> Iterator[Hit]:
    if not isinstance(filing.form, ChangeForm):
        return
    changes = filing.form.changes
    if not changes or any(item.before == item.after for item in changes):
        yield Hit()


def _change_before(filing: LaterFiling, _: date | None) -> Iterator[Hit]:
    form, held = filing.form, filing.progress.registered
    if not isinstance(form, ChangeForm) or held is None:
        return
    for item in form.changes:
        is_other = item.subject is ChangeSubject.AMOUNT and item.before != str(held.amount_fen)
        is_added = item.subject is ChangeSubject.RIGHTS and not (
            set(item.after.split()) < set(held.rights)
        )
        if is_other or is_added:
            yield Hit(facts={"before": item.before})


def _change_proof(filing: LaterFiling, _: date | None) -> Iterator[Hit]:
    proofs = (DocumentKind.CHANGE_AGREEMENT, DocumentKind.PROOF)
    if isinstance(filing.form, ChangeForm) and not filing.has(*proofs):
        yield Hit(facts={"document": f"filing.document.{DocumentKind.CHANGE_AGREEMENT}"})


def _extend_without_period(filing: LaterFiling, _: date | None) -> Iterator[Hit]:
    if isinstance(filing.form, ExtendForm) and filing.progress.registry is not Registry.TRADEMARK:
        yield Hit()


def _extend_late(filing: LaterFiling, _: date | None) -> Iterator[Hit]:
    form = filing.form
    if isinstance(form, ExtendForm) and filing.on > form.period_to:
        yield Hit(facts={"period_to": form.period_to})


def _extend_short(filing: LaterFiling, _: date | None) -> Iterator[Hit]:
    form = filing.form
    if isinstance(form, ExtendForm) and form.new_period_to <= form.period_to:
        yield Hit(facts={"period_to": form.period_to, "new_period_to": form.new_period_to})


def _extend_proof(filing: LaterFiling, _: date | None) -> Iterator[Hit]:
    if not isinstance(filing.form, ExtendForm):
        return
    is_alone = filing.form.is_creditor_alone
    kind = DocumentKind.GUARANTEE_LETTER if is_alone else DocumentKind.CHANGE_AGREEMENT
    if not filing.has(kind):
        yield Hit(facts={"document": f"filing.document.{kind}"})


def _cancel_rights(filing: LaterFiling, _: date | None) -> Iterator[Hit]:
    form = filing.form
    if not isinstance(form, CancelForm):
        return
    held = filing.progress.registered
    strangers = tuple(number for number in form.rights if held is None or number not in held.rights)
    if strangers or not form.rights:
        yield Hit(facts={"rights": strangers})


def _cancel_proof(filing: LaterFiling, _: date | None) -> Iterator[Hit]:
    proofs = (DocumentKind.PROOF, DocumentKind.COMMITMENT)
    if isinstance(filing.form, CancelForm) and not filing.has(*proofs):
        yield Hit(facts={"document": f"filing.document.{DocumentKind.PROOF}"})


GROUNDS: Mapping[str, LaterCheck] = {
    "later.registration": _registration,
    "later.signatures": _signatures,
    "later.authorization": _authorization,
    "later.change_late": _change_late,
    "later.change_same": _change_same,
    "later.change_before": _change_before,
    "later.change_proof": _change_proof,
    "later.extend_without_period": _extend_without_period,
    "later.extend_late": _extend_late,
    "later.extend_short": _extend_short,
    "later.extend_proof": _extend_proof,
    "later.cancel_rights": _cancel_rights,
    "later.cancel_proof": _cancel_proof,
}


def lint_later(
    filing: LaterFiling, *, parameters: Parameters, calendar: BusinessCalendar
) -> tuple[LintFinding, ...]:
    """All grounds that hold for an act on a registration, the gravest first.

    The last day to file a change is counted from the form's own day of the change.
    """
    last = None
    if isinstance(filing.form, ChangeForm):
        last = time_limits.change_until(
            filing.form.changed_on, parameters=parameters, calendar=calendar
        )
    return in_order(
        finding(code, hit) for code, check in GROUNDS.items() for hit in check(filing, last)
    )
