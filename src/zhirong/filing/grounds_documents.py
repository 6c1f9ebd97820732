"""Grounds that every register shares: documents, signatures, contract items, the list of rights."""

from collections import Counter
from collections.abc import Iterator

from zhirong.filing.documents import DocumentKind, PackageDocument
from zhirong.filing.findings import Filing, Hit, Limits
from zhirong.filing.forms import CommitmentKind, ContractItems, RightItem, ValueBasis


def parties_of(filing: Filing) -> tuple[str, ...]:
    """Identifiers of those who apply together: pledgors and pledgee."""
    form = filing.form
    return tuple(
        dict.fromkeys([*(party.identifier for party in form.pledgors), form.pledgee.identifier])
    )


def missing(filing: Filing, *kinds: DocumentKind) -> Iterator[Hit]:
    """A hit for each kind of document that the package lacks."""
    for kind in kinds:
        if not filing.of_kind(kind):
            yield Hit(facts={"document": f"filing.document.{kind}"})


def unsigned(filing: Filing, *kinds: DocumentKind) -> Iterator[Hit]:
    """A hit for each joint document that a party has not signed."""
    for item in filing.documents:
        if item.kind in kinds:
            yield from _not_signed(filing, item)


def _not_signed(filing: Filing, item: PackageDocument) -> Iterator[Hit]:
    names = {party.identifier: party.name for party in (*filing.form.pledgors, filing.form.pledgee)}
    lacking = tuple(names[party] for party in parties_of(filing) if party not in item.signed_by)
    if lacking:
        yield Hit(facts={"document": f"filing.document.{item.kind}", "parties": lacking})


def joint_signatures(filing: Filing, _: Limits) -> Iterator[Hit]:
    """The application and the pledge contract are signed or sealed by both."""
    yield from unsigned(filing, DocumentKind.APPLICATION, DocumentKind.PLEDGE_CONTRACT)


def commitments(filing: Filing, _: Limits) -> Iterator[Hit]:
    """Each party proves its identity or promises it in a signed letter."""
    if filing.of_kind(DocumentKind.IDENTITY):
        return
    promised = {item.by for item in filing.form.commitments if item.kind is CommitmentKind.IDENTITY}
    letters = {
        party for item in filing.of_kind(DocumentKind.COMMITMENT) for party in item.signed_by
    }
    for party in (*filing.form.pledgors, filing.form.pledgee):
        if party.identifier not in promised & letters:
            yield Hit(facts={"party": party.name})


def authorization(filing: Filing, _: Limits) -> Iterator[Hit]:
    """Who files for others shows their signed authorization."""
    form = filing.form
    needed: set[str] = set()
    if form.on_behalf is not None:
        needed = {party for party in parties_of(filing) if party != form.on_behalf.filer}
    if form.agent is not None:
        needed = set(parties_of(filing))
    signed = {p for item in filing.of_kind(DocumentKind.AUTHORIZATION) for p in item.signed_by}
    for party in (*form.pledgors, form.pledgee):
        if party.identifier in needed - signed:
            yield Hit(facts={"party": party.name})


def appraisal(filing: Filing, _: Limits) -> Iterator[Hit]:
    """A value that rests on an appraisal is shown by its report."""
    value = filing.form.value
    if value is not None and value.how is ValueBasis.APPRAISAL:
        yield from missing(filing, DocumentKind.APPRAISAL)


def contract_items(filing: Filing) -> Iterator[Hit]:
    """What a pledge contract must say, whatever the register: a hit for each item that it lacks."""
    form, contract = filing.form, filing.form.contract
    for party in (*form.pledgors, form.pledgee):
        if not (party.name.strip() and party.address.strip()):
            yield _item("party")
    lacking = {
        "claim_kind": contract.claim_kind is None,
        "amount": contract.amount_fen is None or contract.amount_fen <= 0,
        "debt_term": _lacks_term(contract),
        "rights_count": contract.rights_count != len(form.rights) or not form.rights,
        "scope": not contract.scope and not contract.scope_words,
        "signed_on": contract.signed_on is None or contract.signed_on > filing.on,
    }
    for name, is_lacking in lacking.items():
        if is_lacking:
            yield _item(name)


def _lacks_term(contract: ContractItems) -> bool:
    first, last = contract.debt_from, contract.debt_to
    return first is None or last is None or last < first


def _item(name: str, right: RightItem | None = None) -> Hit:
    number = None if right is None else right.number
    return Hit(number, {"item": f"filing.contract_item.{name}"})


def right_items(filing: Filing, *names: str) -> Iterator[Hit]:
    """A hit for each right that the contract lists without one of the fields."""
    for right in filing.form.rights:
        for name in names:
            if not getattr(right, name):
                yield _item(name, right)


def repeated_rights(filing: Filing, _: Limits) -> Iterator[Hit]:
    """A right stands in the list once."""
    counted = Counter(right.number for right in filing.form.rights)
    for number, count in counted.items():
        if count > 1:
            yield Hit(number)


def not_looked_up(filing: Filing, limits: Limits) -> Iterator[Hit]:
    """Each right was looked up in its register, and not too long ago."""
    for right in filing.form.rights:
        view = filing.view(right.number)
        if view is None or (filing.on - view.seen_on).days > limits.extract_age_days_max:
            yield Hit(right.number, {"seen_on": None if view is None else view.seen_on})


def ownership(filing: Filing) -> Iterator[Hit]:
    """Whoever pledges is the registered owner, spelled as in the register."""
    pledgors = {party.name for party in filing.form.pledgors}
    for right, view in filing.seen():
        owners = tuple(owner.name for owner in view.owners)
        if not pledgors & set(owners):
            yield Hit(right.number, {"owners": owners, "pledgors": tuple(sorted(pledgors))})


def co_owners(filing: Filing) -> Iterator[Hit]:
    """Each co-owner pledges with the others, or has consented."""
    pledgors = {party.name for party in filing.form.pledgors}
    consents = {(item.right, item.by) for item in filing.form.consents}
    for right, view in filing.seen():
        owners = {owner.name for owner in view.owners}
        agreed = pledgors | {by for number, by in consents if number == right.number}
        if owners & pledgors and owners - agreed:
            yield Hit(right.number, {"owners": tuple(sorted(owners - agreed))})


def debt_beyond_term(filing: Filing) -> Iterator[Hit]:
    """The debt ends within the term of the right."""
    last = filing.form.contract.debt_to
    for right, view in filing.seen():
        if last is not None and view.term_end is not None and last > view.term_end:
            yield Hit(right.number, {"debt_to": last, "term_end": view.term_end})


def scope_without_accessories(filing: Filing, _: Limits) -> Iterator[Hit]:
    """A ceiling carries everything; a contract that leaves parts out should mean it."""
    named = {str(item) for item in filing.form.contract.scope}
    left_out = tuple(
        f"filing.scope.{item}"
        for item in ("principal", "interest", "penalty", "damages", "custody", "realization")
        if item not in named
    )
    if named and left_out:
        yield Hit(facts={"count": len(left_out)})


def period_before_debt(filing: Filing, _: Limits) -> Iterator[Hit]:
    """A registration with its own period covers the whole debt term."""
    last, until = filing.form.contract.debt_to, filing.form.period_to
    if last is not None and until is not None and until < last:
        yield Hit(facts={"period_to": until, "debt_to": last})
