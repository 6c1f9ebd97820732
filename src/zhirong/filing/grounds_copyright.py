"""Grounds of the copyright register: Order 8 of the copyright administration."""

from collections.abc import Iterator, Mapping

from zhirong.filing import grounds_documents as shared
from zhirong.filing.documents import DocumentKind
from zhirong.filing.findings import Filing, GroundCheck, Hit, Limits
from zhirong.filing.register_view import RightState

COPYRIGHT_KINDS = ("copyright", "software")


def _owner(filing: Filing, _: Limits) -> Iterator[Hit]:
    return shared.ownership(filing)


def _ended(filing: Filing, _: Limits) -> Iterator[Hit]:
    for right, view in filing.seen():
        is_over = view.term_end is not None and view.term_end < filing.on
        if is_over or view.state not in (None, RightState.IN_FORCE):
            yield Hit(right.number)


def _term(filing: Filing, _: Limits) -> Iterator[Hit]:
    return shared.debt_beyond_term(filing)


def _other(filing: Filing, _: Limits) -> Iterator[Hit]:
    for right, view in filing.seen():
        if view.is_seized or right.kind not in COPYRIGHT_KINDS:
            yield Hit(right.number)


def _documents(filing: Filing, _: Limits) -> Iterator[Hit]:
    kinds = (DocumentKind.APPLICATION, DocumentKind.PLEDGE_CONTRACT, DocumentKind.MAIN_CONTRACT)
    yield from shared.missing(filing, *kinds)


def _consent(filing: Filing, _: Limits) -> Iterator[Hit]:
    yield from shared.co_owners(filing)
    if filing.form.consents and not filing.of_kind(DocumentKind.CONSENT):
        owners = tuple(item.by for item in filing.form.consents)
        yield Hit(facts={"owners": owners})


def _licenses(filing: Filing, _: Limits) -> Iterator[Hit]:
    shown = bool(filing.of_kind(DocumentKind.LICENSES))
    for right, view in filing.seen():
        if view.licenses and not shown:
            yield Hit(right.number, {"licenses": view.licenses})


def _translation(filing: Filing, _: Limits) -> Iterator[Hit]:
    if filing.of_kind(DocumentKind.TRANSLATION):
        return
    for item in filing.documents:
        if item.is_foreign:
            yield Hit(facts={"name": item.name})


def _contract(filing: Filing, _: Limits) -> Iterator[Hit]:
    yield from shared.contract_items(filing)
    yield from shared.right_items(filing, "number", "name")


def _not_known(filing: Filing, _: Limits) -> Iterator[Hit]:
    for right, view in filing.seen():
        if view.state is None or view.term_end is None or view.is_seized is None:
            yield Hit(right.number)


def _rank(filing: Filing, _: Limits) -> Iterator[Hit]:
    for right, view in filing.seen():
        if view.live_pledges:
            yield Hit(right.number, {"registrations": view.live_pledges})


GROUNDS: Mapping[str, GroundCheck] = {
    "order8.owner": _owner,
    "order8.ended": _ended,
    "order8.term": _term,
    "order8.other": _other,
    "order8.contract": _contract,
    "order8.documents": _documents,
    "order8.signatures": shared.joint_signatures,
    "order8.identity": shared.commitments,
    "order8.authorization": shared.authorization,
    "order8.consent": _consent,
    "order8.licenses": _licenses,
    "order8.appraisal": shared.appraisal,
    "order8.translation": _translation,
    "order8.rank": _rank,
    "order8.unknown": _not_known,
    "order8.register_view": shared.not_looked_up,
    "order8.repeated": shared.repeated_rights,
    "order8.scope": shared.scope_without_accessories,
}
