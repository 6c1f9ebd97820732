"""What still stands between a registered pledge and the money (a payout never waits in silence)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from zhirong.core.messages import Fact, Message
from zhirong.filing.office import Registry
from zhirong.filing.progress import Progress
from zhirong.filing.states import LIVE, State


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeState:
    """A right's upkeep: the next due date after the day, and until when fees are paid."""

    right: str
    next_due_on: date | None
    paid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkFamily:
    """A mark and all identical and similar ones of its owner on same or similar goods."""

    right: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A condition of the approval: ticked by a person, with the document that shows it."""

    code: str
    words: str
    is_ticked: bool
    document: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What a payout is measured against.

    Attributes:
        amount_fen: Secured amount of the contract, or its ceiling.
        rights: Numbers of the contract's rights of this registry.
        notice_no: Number of the registration notice as entered or received.
        notice_on: Its date.
    """

    amount_fen: int
    rights: tuple[str, ...]
    notice_no: str | None
    notice_on: date | None
    fees: tuple[FeeState, ...] = ()
    families: tuple[MarkFamily, ...] = ()
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Something that still blocks a payout."""

    code: str
    right: str | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def message(self) -> Message:
        """In words: what, and what to do."""
        return Message(f"filing.block.{self.code}", {"right": self.right or "", **self.facts})


def disbursement_blocks(
    progress: Progress, conditions: Conditions, *, on: date
) -> tuple[Block, ...]:
    """Everything that still blocks a payout on the day; empty: the money may go.

    A data filing never blocks by its registration: the record gives no right in rem, and what the
    loan stands on was decided elsewhere.
    """
    blocks: list[Block] = []
    if progress.registry is not Registry.DATA:
        blocks += _registration(progress, conditions, on)
    blocks += _fees(conditions)
    blocks += _families(progress, conditions)
    blocks += [
        Block("condition", facts={"condition": item.words})
        for item in conditions.conditions
        if not (item.is_ticked and item.document)
    ]
    return tuple(blocks)


def may_disburse(progress: Progress, conditions: Conditions, *, on: date) -> bool:
    """Whether nothing blocks a payout."""
    return not disbursement_blocks(progress, conditions, on=on)


def _registration(progress: Progress, conditions: Conditions, on: date) -> list[Block]:
    registered = progress.registered
    if progress.state not in LIVE or registered is None:
        return [Block("not_registered", facts={"state": f"filing.state.{progress.state}"})]
    blocks: list[Block] = []
    if progress.state in (State.CANCEL_PENDING, State.CANCEL_CORRECTION):
        blocks.append(Block("cancel_pending"))
    if not (conditions.notice_no and conditions.notice_on):
        blocks.append(Block("notice"))
    if registered.amount_fen != conditions.amount_fen:
        blocks.append(Block("amount", facts=_amounts(registered.amount_fen, conditions.amount_fen)))
    blocks += [
        Block("right_missing", number)
        for number in conditions.rights
        if number not in registered.rights
    ]
    blocks += [
        Block("right_added", number)
        for number in registered.rights
        if number not in conditions.rights
    ]
    if registered.expires_on is not None and registered.expires_on < on:
        blocks.append(Block("expired", facts={"expires_on": registered.expires_on}))
    return blocks


def _amounts(registered: int | None, agreed: int) -> Mapping[str, Fact]:
    return {
        "registered": None if registered is None else _yuan(registered),
        "agreed": _yuan(agreed),
    }


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _fees(conditions: Conditions) -> list[Block]:
    return [
        Block("fee", fee.right, {"due": fee.next_due_on, "paid_until": fee.paid_until})
        for fee in conditions.fees
        if fee.next_due_on is not None
        and (fee.paid_until is None or fee.paid_until <= fee.next_due_on)
    ]


def _families(progress: Progress, conditions: Conditions) -> list[Block]:
    inside = set(progress.registered.rights if progress.registered else conditions.rights)
    blocks = []
    for family in conditions.families:
        left_out = tuple(number for number in family.members if number not in inside)
        if left_out:
            blocks.append(Block("family", family.right, {"marks": left_out}))
    return blocks
