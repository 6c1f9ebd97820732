"""Facts of a contract that were taken over wrongly: which can be corrected, and to what."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from zhirong.core.errors import InputError
from zhirong.core.identifiers.trademarks import NICE_CLASSES
from zhirong.filing.contracts import PledgeContract
from zhirong.filing.forms import Party, RightItem


class CorrectedPart(StrEnum):
    """Which fact is corrected: of a right, or of a party (name and address)."""

    NAME = "name"
    FILING_DATE = "filing_date"
    GRANT_DATE = "grant_date"
    TERM_END = "term_end"
    CLASSES = "classes"
    ADDRESS = "address"


OF_PARTY = (CorrectedPart.NAME, CorrectedPart.ADDRESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A fact as it shall read.

    Attributes:
        subject: Number of a right of the contract, or identifier of a party.
        after: As text; days as 2027-06-30, classes joined by a space.
    """

    subject: str
    part: CorrectedPart
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """The contract with a fact corrected, and how it read before."""

    contract: PledgeContract
    before: str


class CorrectionError(InputError):
    """A fact that cannot be corrected so; `reason` says why."""

    code = "error.correction"

    def __init__(self, reason: str) -> None:
        super().__init__(f"Not corrected: {reason}.", reason=f"error.correction.{reason}")


def correct(contract: PledgeContract, item: Correction) -> Corrected:
    """The contract with one fact corrected.

    Raises:
        CorrectionError: No such right or party, a part that it does not have, no value of its kind,
            or nothing that changes.
    """
    right = next((r for r in contract.rights if r.number == item.subject), None)
    made = _of_party(contract, item) if right is None else _of_right(contract, right, item)
    if made.contract == contract:
        raise CorrectionError("same")
    return made


def _of_right(contract: PledgeContract, right: RightItem, item: Correction) -> Corrected:
    if item.part is CorrectedPart.ADDRESS:
        raise CorrectionError("part")
    before = _text(getattr(right, item.part.value))
    changes: dict[str, object] = {item.part.value: _value(item)}
    mended = replace(right, **changes)  # type: ignore[arg-type]  # checked by _value
    rights = tuple(mended if known is right else known for known in contract.rights)
    return Corrected(contract=replace(contract, rights=rights), before=before)


def _value(item: Correction) -> object:
    text = item.after.strip()
    if not text:
        raise CorrectionError("value")
    if item.part is CorrectedPart.NAME:
        return text
    if item.part is CorrectedPart.CLASSES:
        return _classes(text)
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise CorrectionError("value") from wrong


def _classes(text: str) -> tuple[int, ...]:
    parts = text.split()
    if not all(part.isdecimal() and 1 <= int(part) <= NICE_CLASSES for part in parts):
        raise CorrectionError("value")
    return tuple(sorted({int(part) for part in parts}))


def _of_party(contract: PledgeContract, item: Correction) -> Corrected:
    parties = (*contract.pledgors, contract.pledgee, contract.debtor)
    party = next((known for known in parties if known.identifier == item.subject), None)
    if party is None:
        raise CorrectionError("subject")
    text = item.after.strip()
    if item.part not in OF_PARTY or not text:
        raise CorrectionError("part" if text else "value")
    field = item.part.value

    def new(known: Party) -> Party:
        if known.identifier != item.subject:
            return known
        return replace(known, **{field: text})  # type: ignore[arg-type]  # name and address are text

    mended = replace(
        contract,
        pledgors=tuple(new(known) for known in contract.pledgors),
        pledgee=new(contract.pledgee),
        debtor=new(contract.debtor),
    )
    return Corrected(contract=mended, before=getattr(party, field))


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(str(item) for item in value)
    return "" if value is None else str(value)
