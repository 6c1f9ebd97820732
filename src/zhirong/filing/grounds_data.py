"""Grounds of a data platform: a recordal of a pledge by contract, which gives no right in rem."""

from collections.abc import Iterator, Mapping

from zhirong.filing import grounds_documents as shared
from zhirong.filing.documents import DocumentKind
from zhirong.filing.findings import Filing, GroundCheck, Hit, Limits
from zhirong.filing.register_view import RightState


def _effect(filing: Filing, _: Limits) -> Iterator[Hit]:
    """No statutory register takes the right: this holds for every data filing."""
    if filing.form.rights:
        yield Hit()


def _effect_statement(filing: Filing, _: Limits) -> Iterator[Hit]:
    statements = filing.of_kind(DocumentKind.EFFECT_STATEMENT)
    signed = {party for item in statements for party in item.signed_by}
    if not set(shared.parties_of(filing)) <= signed:
        yield Hit()


def _holder(filing: Filing, _: Limits) -> Iterator[Hit]:
    return shared.ownership(filing)


def _certificate(filing: Filing, _: Limits) -> Iterator[Hit]:
    for right, view in filing.seen():
        is_over = view.term_end is not None and view.term_end < filing.on
        if is_over or view.state not in (None, RightState.IN_FORCE):
            yield Hit(right.number)


def _term(filing: Filing, _: Limits) -> Iterator[Hit]:
    return shared.debt_beyond_term(filing)


def _fingerprint(filing: Filing, _: Limits) -> Iterator[Hit]:
    for right, view in filing.seen():
        if view.hash_matches is False:
            yield Hit(right.number)


def _fingerprint_unknown(filing: Filing, _: Limits) -> Iterator[Hit]:
    for right, view in filing.seen():
        if view.hash_matches is None:
            yield Hit(right.number)


def _documents(filing: Filing, _: Limits) -> Iterator[Hit]:
    kinds = (
        DocumentKind.APPLICATION,
        DocumentKind.PLEDGE_CONTRACT,
        DocumentKind.CERTIFICATE,
        DocumentKind.SOURCE_STATEMENT,
    )
    yield from shared.missing(filing, *kinds)


def _contract(filing: Filing, _: Limits) -> Iterator[Hit]:
    yield from shared.contract_items(filing)
    yield from shared.right_items(filing, "number", "name", "term_end")


def _other(filing: Filing, _: Limits) -> Iterator[Hit]:
    for right in filing.form.rights:
        if right.kind != "data_ip":
            yield Hit(right.number)


def _not_known(filing: Filing, _: Limits) -> Iterator[Hit]:
    for right, view in filing.seen():
        if view.state is None or view.term_end is None:
            yield Hit(right.number)


GROUNDS: Mapping[str, GroundCheck] = {
    "data.effect": _effect,
    "data.effect_statement": _effect_statement,
    "data.holder": _holder,
    "data.certificate": _certificate,
    "data.term": _term,
    "data.fingerprint": _fingerprint,
    "data.fingerprint_unknown": _fingerprint_unknown,
    "data.other": _other,
    "data.contract": _contract,
    "data.documents": _documents,
    "data.signatures": shared.joint_signatures,
    "data.identity": shared.commitments,
    "data.authorization": shared.authorization,
    "data.unknown": _not_known,
    "data.register_view": shared.not_looked_up,
    "data.repeated": shared.repeated_rights,
}
