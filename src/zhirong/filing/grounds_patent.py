"""Grounds of the patent office: announcement 461, articles 5, 7, 8 and 11.

What depends on a patent's legal state alone is taken from the gates of due diligence, by legal
source; what depends on this filing (who pledges, for how long, what the contract says) is checked
here.
"""

from collections.abc import Iterator, Mapping

from zhirong.filing import grounds_documents as shared
from zhirong.filing.documents import DocumentKind
from zhirong.filing.findings import Filing, GroundCheck, Hit, Limits
from zhirong.filing.register_view import GateAnswer, GateOutcome

PATENT_KINDS = ("invention", "utility_model", "design")
SAME_DAY = "same_day_invention"
INVALIDATION = "under_invalidation"
LAWS: Mapping[str, tuple[str, ...]] = {
    "461.11.1": ("law.pledge_461_11_1", "law.register_extract"),
    "461.11.2": ("law.pledge_461_11_2", "law.rules_47"),
    "461.11.3": ("law.pledge_461_11_3",),
    "461.11.4": ("law.pledge_461_11_4",),
    "461.11.5": ("law.pledge_461_11_5",),
    "461.11.6": ("law.pledge_461_11_6",),
    "461.11.8": ("law.pledge_461_11_8",),
    "461.11.9": ("law.pledge_461_11_9",),
    "461.11.10": ("law.pledge_461_11_10",),
    "461.11.11": ("law.pledge_461_11_11",),
}
_NAMED = frozenset(law for laws in LAWS.values() for law in laws)
# Conditions that this filing itself fulfills, by a paper, by its dates or by a fresh look-up.
_OF_THE_FILING = (
    "same_day_declaration",
    "invalidation_declaration",
    "debt_within_term",
    "recent_extract",
)


def _refused(filing: Filing, code: str) -> Iterator[Hit]:
    for right, view in filing.seen():
        outcomes = view.under(LAWS[code])
        if any(item.answer is GateAnswer.NO for item in outcomes):
            yield Hit(right.number)


def _from_gates(code: str) -> GroundCheck:
    def check(filing: Filing, _: Limits) -> Iterator[Hit]:
        return _refused(filing, code)

    return check


def _owner(filing: Filing, _: Limits) -> Iterator[Hit]:
    told = {hit.right for hit in shared.ownership(filing)}
    yield from shared.ownership(filing)
    pledgors = tuple(party.name for party in filing.form.pledgors)
    for hit in _refused(filing, "461.11.1"):
        view = filing.view(hit.right or "")
        if hit.right not in told and view is not None:
            owners = tuple(owner.name for owner in view.owners)
            yield Hit(hit.right, {"owners": owners, "pledgors": pledgors})


def _debt_term(filing: Filing, _: Limits) -> Iterator[Hit]:
    told = {hit.right for hit in shared.debt_beyond_term(filing)}
    yield from shared.debt_beyond_term(filing)
    for hit in _refused(filing, "461.11.6"):
        view = filing.view(hit.right or "")
        if hit.right not in told and view is not None:
            facts = {"debt_to": filing.form.contract.debt_to, "term_end": view.term_end}
            yield Hit(hit.right, facts)


def _co_owners(filing: Filing, _: Limits) -> Iterator[Hit]:
    yield from shared.co_owners(filing)


def _pledged(filing: Filing, _: Limits) -> Iterator[Hit]:
    for right, view in filing.seen():
        outcomes = view.under(LAWS["461.11.9"])
        if view.live_pledges or any(item.answer is GateAnswer.NO for item in outcomes):
            yield Hit(right.number, {"registrations": view.live_pledges})


def _insisted(filing: Filing, code: str, ground: str) -> Iterator[Hit]:
    insisted = {item.right for item in filing.form.insists if item.ground == ground}
    papers = bool(filing.of_kind(DocumentKind.INSISTENCE))
    for right, view in filing.seen():
        holds = [item for item in view.under(LAWS[code]) if _asks_for_insistence(item)]
        if holds and not (papers and right.number in insisted):
            yield Hit(right.number)


def _asks_for_insistence(outcome: GateOutcome) -> bool:
    # A declaration on file in due diligence is no paper before the office: the filing shows it.
    if outcome.answer is GateAnswer.YES:
        return outcome.is_fulfilled
    return outcome.answer in (GateAnswer.NO, GateAnswer.CONDITIONAL)


def _same_day(filing: Filing, _: Limits) -> Iterator[Hit]:
    return _insisted(filing, "461.11.10", SAME_DAY)


def _invalidation(filing: Filing, _: Limits) -> Iterator[Hit]:
    return _insisted(filing, "461.11.11", INVALIDATION)


def _other(filing: Filing, _: Limits) -> Iterator[Hit]:
    for right, view in filing.seen():
        for item in view.gates:
            if item.answer is GateAnswer.NO and item.law not in _NAMED:
                yield Hit(right.number, {"law": item.law})
        if right.kind not in PATENT_KINDS:
            yield Hit(right.number, {"law": "law.pledge_461_3"})


def _not_known(filing: Filing, _: Limits) -> Iterator[Hit]:
    for right, view in filing.seen():
        if not view.gates:
            yield Hit(right.number, {"law": "law.pledge_461_11"})
        for item in view.gates:
            is_open = item.answer is GateAnswer.CONDITIONAL and item.condition not in _OF_THE_FILING
            if is_open or item.answer is GateAnswer.NOT_KNOWN:
                yield Hit(right.number, {"law": item.law})


def _contract(filing: Filing, _: Limits) -> Iterator[Hit]:
    yield from shared.contract_items(filing)
    yield from shared.right_items(filing, "name", "number", "filing_date", "grant_date")


def _as_registered(filing: Filing, _: Limits) -> Iterator[Hit]:
    for right, view in filing.seen():
        pairs = ((view.filing_date, right.filing_date), (view.grant_date, right.grant_date))
        if any(known is not None and stated != known for known, stated in pairs):
            facts = {"filing_date": view.filing_date, "grant_date": view.grant_date}
            yield Hit(right.number, facts)


def _agency(filing: Filing, _: Limits) -> Iterator[Hit]:
    if filing.form.agent is None:
        for party in (*filing.form.pledgors, filing.form.pledgee):
            if party.is_abroad:
                yield Hit(facts={"party": party.name})


def _documents(filing: Filing, _: Limits) -> Iterator[Hit]:
    yield from shared.missing(filing, DocumentKind.APPLICATION, DocumentKind.PLEDGE_CONTRACT)
    if filing.form.consents:
        yield from shared.missing(filing, DocumentKind.CONSENT)


def _statement(filing: Filing, _: Limits) -> Iterator[Hit]:
    is_listed = any(right.kind != "design" for right in filing.form.rights)
    has_paper = bool(filing.of_kind(DocumentKind.SAME_DAY_STATEMENT))
    if is_listed and not (filing.form.same_day_statement and has_paper):
        yield Hit()


def _list(filing: Filing, limits: Limits) -> Iterator[Hit]:
    rights = [right.number.replace(".", "") for right in filing.form.rights]
    if len(rights) <= limits.electronic_list_above:
        return
    lists = filing.of_kind(DocumentKind.ELECTRONIC_LIST)
    agrees = any(sorted(item.lists) == sorted(rights) for item in lists)
    named = {item.name for item in lists}
    if not agrees or filing.form.electronic_list not in named:
        yield Hit(facts={"count": len(rights), "above": limits.electronic_list_above})


GROUNDS: Mapping[str, GroundCheck] = {
    "461.11.1": _owner,
    "461.11.2": _from_gates("461.11.2"),
    "461.11.3": _from_gates("461.11.3"),
    "461.11.4": _from_gates("461.11.4"),
    "461.11.5": _from_gates("461.11.5"),
    "461.11.6": _debt_term,
    "461.11.7": _contract,
    "461.11.8": _co_owners,
    "461.11.9": _pledged,
    "461.11.10": _same_day,
    "461.11.11": _invalidation,
    "461.11.12": _other,
    "461.unknown": _not_known,
    "461.8.as_registered": _as_registered,
    "461.5": _agency,
    "461.7.documents": _documents,
    "461.7.signatures": shared.joint_signatures,
    "461.7.identity": shared.commitments,
    "461.7.authorization": shared.authorization,
    "461.7.appraisal": shared.appraisal,
    "461.same_day_statement": _statement,
    "461.electronic_list": _list,
    "461.register_view": shared.not_looked_up,
    "461.repeated": shared.repeated_rights,
    "461.scope": shared.scope_without_accessories,
}
