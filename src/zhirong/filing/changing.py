"""What changes of a registered pledge: from the parts that parties name to contract and form.

The register changes names and addresses, what is secured and for how long, and takes rights out. A
right that is added is registered anew: the register has no act that widens a pledge.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from zhirong.core.errors import InputError
from zhirong.filing.contracts import PledgeContract
from zhirong.filing.forms import Change, ChangeSubject, ClaimKind, Party, Scope


class ChangedPart(StrEnum):
    """Which part of a registration changes."""

    NAME = "name"
    ADDRESS = "address"
    AMOUNT = "amount"
    CLAIM_KIND = "claim_kind"
    SCOPE = "scope"
    TERM = "term"
    RIGHTS = "rights"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeItem:
    """One part, and what it shall be.

    Attributes:
        after: As text: a name, an address, whole fen, a claim kind, scopes joined by a space, a day
            as 2027-06-30, or the numbers of the rights that stay, joined by a space.
        of: Identifier of the party, of a name or an address.
    """

    part: ChangedPart
    after: str
    of: str = ""


class ChangeItemError(InputError):
    """A change that the register does not make; `reason` says why."""

    code = "error.change_item"

    def __init__(self, reason: str) -> None:
        super().__init__(f"Not changed: {reason}.", reason=f"error.change_item.{reason}")


_SUBJECTS = {
    ChangedPart.NAME: ChangeSubject.PARTY,
    ChangedPart.ADDRESS: ChangeSubject.PARTY,
    ChangedPart.AMOUNT: ChangeSubject.AMOUNT,
    ChangedPart.CLAIM_KIND: ChangeSubject.CLAIM_KIND,
    ChangedPart.SCOPE: ChangeSubject.SCOPE,
    ChangedPart.TERM: ChangeSubject.TERM,
    ChangedPart.RIGHTS: ChangeSubject.RIGHTS,
}


def changed(contract: PledgeContract, items: Iterable[ChangeItem]) -> PledgeContract:
    """The contract once the changes stand.

    Raises:
        ChangeItemError: A party or right is not in the contract, a value is none of its kind, or a
            right is to be added.
    """
    for item in items:
        contract = _changed(contract, item)
    return contract


def changes_of(contract: PledgeContract, items: Iterable[ChangeItem]) -> tuple[Change, ...]:
    """The changes as the application states them: what the register says, what it shall say.

    Raises:
        ChangeItemError: As `changed`; also where nothing changes.
    """
    made = []
    for item in items:
        before, after = _said(contract, item), _said(_changed(contract, item), item)
        if before == after:
            raise ChangeItemError("same")
        made.append(Change(subject=_SUBJECTS[item.part], before=before, after=after))
        contract = _changed(contract, item)
    if not made:
        raise ChangeItemError("nothing")
    return tuple(made)


def taken_out(contract: PledgeContract, items: Iterable[ChangeItem]) -> tuple[str, ...]:
    """Numbers of the rights that the changes release."""
    left = {right.number for right in changed(contract, items).rights}
    return tuple(right.number for right in contract.rights if right.number not in left)


def _changed(contract: PledgeContract, item: ChangeItem) -> PledgeContract:
    terms = contract.items
    match item.part:
        case ChangedPart.NAME | ChangedPart.ADDRESS:
            return _of_party(contract, item)
        case ChangedPart.AMOUNT:
            return replace(contract, items=replace(terms, amount_fen=_fen(item.after)))
        case ChangedPart.CLAIM_KIND:
            return replace(contract, items=replace(terms, claim_kind=_claim(item.after)))
        case ChangedPart.SCOPE:
            return replace(contract, items=replace(terms, scope=_scope(item.after)))
        case ChangedPart.TERM:
            return replace(contract, items=replace(terms, debt_to=_term(contract, item.after)))
        case ChangedPart.RIGHTS:
            return _of_rights(contract, item.after)


def _of_party(contract: PledgeContract, item: ChangeItem) -> PledgeContract:
    known = {party.identifier for party in (*contract.pledgors, contract.pledgee)}
    if item.of not in known:
        raise ChangeItemError("party")
    if not item.after.strip():
        raise ChangeItemError("value")

    def new(party: Party) -> Party:
        if party.identifier != item.of:
            return party
        if item.part is ChangedPart.NAME:
            return replace(party, name=item.after.strip())
        return replace(party, address=item.after.strip())

    return replace(
        contract,
        pledgors=tuple(new(party) for party in contract.pledgors),
        pledgee=new(contract.pledgee),
        debtor=new(contract.debtor),
    )


def _of_rights(contract: PledgeContract, after: str) -> PledgeContract:
    wanted = frozenset(after.split())
    held = {right.number for right in contract.rights}
    if wanted - held:
        raise ChangeItemError("rights_added")
    if not wanted:
        raise ChangeItemError("no_rights_left")
    left = tuple(right for right in contract.rights if right.number in wanted)
    return replace(contract, rights=left, items=replace(contract.items, rights_count=len(left)))


def _said(contract: PledgeContract, item: ChangeItem) -> str:
    """A part of a contract as the application writes it."""
    if item.part is ChangedPart.NAME:
        return _party(contract, item.of).name
    if item.part is ChangedPart.ADDRESS:
        return _party(contract, item.of).address
    terms = contract.items
    said = {
        ChangedPart.AMOUNT: str(terms.amount_fen),
        ChangedPart.CLAIM_KIND: str(terms.claim_kind),
        ChangedPart.SCOPE: " ".join(terms.scope),
        ChangedPart.TERM: str(terms.debt_to),
        ChangedPart.RIGHTS: " ".join(right.number for right in contract.rights),
    }
    return said[item.part]


def _party(contract: PledgeContract, identifier: str) -> Party:
    parties = (*contract.pledgors, contract.pledgee)
    found = next((party for party in parties if party.identifier == identifier), None)
    if found is None:
        raise ChangeItemError("party")
    return found


def _fen(text: str) -> int:
    if not text.isdecimal() or int(text) <= 0:
        raise ChangeItemError("value")
    return int(text)


def _claim(text: str) -> ClaimKind:
    try:
        return ClaimKind(text)
    except ValueError as wrong:
        raise ChangeItemError("value") from wrong


def _scope(text: str) -> tuple[Scope, ...]:
    named = frozenset(text.split())
    if not named or named - {str(item) for item in Scope}:
        raise ChangeItemError("value")
    return tuple(item for item in Scope if item in named)


def _term(contract: PledgeContract, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as wrong:
        raise ChangeItemError("value") from wrong
    begin = contract.items.debt_from
    if begin is not None and day < begin:
        raise ChangeItemError("value")
    return day
