"""Grounds of the trademark office: announcement 358.

Marks have no refusal ground "already pledged": another live pledge is a warning of rank.
"""

from collections.abc import Iterator, Mapping

from zhirong.filing import grounds_documents as shared
from zhirong.filing.documents import DocumentKind
from zhirong.filing.findings import Filing, GroundCheck, Hit, Limits
from zhirong.filing.forms import CommitmentKind
from zhirong.filing.register_view import RightState

MARK_KINDS = ("trademark", "collective_mark", "certification_mark")


def family_gaps(filing: Filing) -> Iterator[Hit]:
    """Identical and similar marks of the owner that the filing leaves out."""
    numbers = {right.number for right in filing.form.rights}
    for right, view in filing.seen():
        left_out = tuple(number for number in view.family if number not in numbers)
        if left_out:
            yield Hit(right.number, {"marks": left_out})


def _family(filing: Filing, _: Limits) -> Iterator[Hit]:
    return family_gaps(filing)


def _family_unknown(filing: Filing, _: Limits) -> Iterator[Hit]:
    promised = {promise.kind for promise in filing.form.commitments}
    for right, view in filing.seen():
        if not view.family and CommitmentKind.MARKS_TOGETHER not in promised:
            yield Hit(right.number)


def _name(filing: Filing, _: Limits) -> Iterator[Hit]:
    return shared.ownership(filing)


def _state(filing: Filing, _: Limits) -> Iterator[Hit]:
    for right, view in filing.seen():
        is_expired = view.term_end is not None and view.term_end < filing.on
        if is_expired or view.state not in (None, RightState.IN_FORCE):
            yield Hit(right.number)


def _seized(filing: Filing, _: Limits) -> Iterator[Hit]:
    for right, view in filing.seen():
        if view.is_seized:
            yield Hit(right.number)


def _not_known(filing: Filing, _: Limits) -> Iterator[Hit]:
    for right, view in filing.seen():
        if view.state is None or view.is_seized is None or view.term_end is None:
            yield Hit(right.number)


def _other(filing: Filing, _: Limits) -> Iterator[Hit]:
    for right in filing.form.rights:
        if right.kind not in MARK_KINDS:
            yield Hit(right.number)


def _term(filing: Filing, _: Limits) -> Iterator[Hit]:
    return shared.debt_beyond_term(filing)


def _rank(filing: Filing, _: Limits) -> Iterator[Hit]:
    for right, view in filing.seen():
        if view.live_pledges:
            yield Hit(right.number, {"registrations": view.live_pledges})


def _co_owned(filing: Filing, _: Limits) -> Iterator[Hit]:
    return shared.co_owners(filing)


def _contract(filing: Filing, _: Limits) -> Iterator[Hit]:
    yield from shared.contract_items(filing)
    yield from shared.right_items(filing, "number", "classes", "term_end")


def _documents(filing: Filing, _: Limits) -> Iterator[Hit]:
    kinds = (DocumentKind.APPLICATION, DocumentKind.PLEDGE_CONTRACT, DocumentKind.MAIN_CONTRACT)
    yield from shared.missing(filing, *kinds)


def _period(filing: Filing, _: Limits) -> Iterator[Hit]:
    if filing.form.period_to is None:
        yield Hit()


GROUNDS: Mapping[str, GroundCheck] = {
    "358.name": _name,
    "358.state": _state,
    "358.seized": _seized,
    "358.family": _family,
    "358.family_unknown": _family_unknown,
    "358.other": _other,
    "358.contract": _contract,
    "358.documents": _documents,
    "358.signatures": shared.joint_signatures,
    "358.commitment": shared.commitments,
    "358.authorization": shared.authorization,
    "358.co_owners": _co_owned,
    "358.period": _period,
    "358.period_short": shared.period_before_debt,
    "358.term": _term,
    "358.rank": _rank,
    "358.unknown": _not_known,
    "358.register_view": shared.not_looked_up,
    "358.repeated": shared.repeated_rights,
    "358.scope": shared.scope_without_accessories,
}
