"""A loan repaid or changed between cut-off and closing is swapped, with a recorded reason."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from zhirong.core.errors import InputError
from zhirong.core.messages import Fact, Message
from zhirong.securitization.pool.records import Claim, CollateralSet, Obligor, Pool


class SwapError(InputError):
    """A swap that cannot be; `rule` says why."""

    code = "error.securitization.swap"

    def __init__(self, rule: str, *, claim: str) -> None:
        super().__init__(f"Claim {claim} cannot be swapped: {rule}.", rule=rule, claim=claim)
        self.rule = rule


class SwapReason(StrEnum):
    """Why a claim leaves the pool."""

    REPAID = "repaid"
    TERMS_CHANGED = "terms_changed"
    INELIGIBLE = "ineligible"
    RIGHT_LOST = "right_lost"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitute:
    """A claim that comes in, with who owes it and what stands behind it."""

    claim: Claim
    obligor: Obligor
    collateral: CollateralSet | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """One claim out, one in or none; `note` says in words what happened, `by` who decided."""

    out: str
    reason: SwapReason
    note: str
    by: str
    on: date
    substitute: Substitute | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapRecord:
    """What a swap did: balances in fen, and the cash that must come with it.

    `cash_fen` is what the seller owes the plan where less comes in than goes out; where more comes
    in it is below zero and the plan pays.
    """

    swap: Swap
    out_fen: int
    in_fen: int

    @property
    def cash_fen(self) -> int:
        """Balance that went out less balance that came in."""
        return self.out_fen - self.in_fen

    @property
    def message(self) -> Message:
        """The record in words."""
        facts: dict[str, Fact] = {
            "claim": self.swap.out,
            "by": self.swap.by,
            "on": self.swap.on,
            "reason": f"securitization.swap.reason.{self.swap.reason}",
            "note": self.swap.note,
        }
        return Message("securitization.swap.record", facts)


def swapped(
    pool: Pool, swaps: Sequence[Swap], *, closing: date
) -> tuple[Pool, tuple[SwapRecord, ...]]:
    """The pool at closing, and what each swap did, in the order given.

    Raises:
        SwapError: Outside the days from cut-off to closing, without note or name, of a claim that
            is not in the pool, or by one that is in it already.
    """
    records = []
    for swap in swaps:
        pool, record = _one(pool, swap, closing)
        records.append(record)
    return pool, tuple(records)


def _one(pool: Pool, swap: Swap, closing: date) -> tuple[Pool, SwapRecord]:
    out = next((claim for claim in pool.claims if claim.claim_id == swap.out), None)
    if out is None:
        raise SwapError("unknown", claim=swap.out)
    if not pool.cut_off <= swap.on <= closing:
        raise SwapError("days", claim=swap.out)
    if not swap.note.strip() or not swap.by.strip():
        raise SwapError("unsaid", claim=swap.out)
    claims = [claim for claim in pool.claims if claim is not out]
    obligors, sets = list(pool.obligors), list(pool.collateral)
    new = swap.substitute
    if new is not None:
        _check(pool, new)
        claims.append(new.claim)
        if new.obligor not in obligors:
            obligors.append(new.obligor)
        if new.collateral is not None and new.collateral not in sets:
            sets.append(new.collateral)
    owing = {claim.obligor_id for claim in claims}
    held = {claim.collateral_id for claim in claims}
    after = replace(
        pool,
        claims=tuple(claims),
        obligors=tuple(each for each in obligors if each.obligor_id in owing),
        collateral=tuple(each for each in sets if each.collateral_id in held),
    )
    in_fen = 0 if new is None else new.claim.balance_fen
    return after, SwapRecord(swap=swap, out_fen=out.balance_fen, in_fen=in_fen)


def _check(pool: Pool, new: Substitute) -> None:
    """Nothing, where the claim is new and fits what comes with it."""
    claim, own = new.claim, new.collateral
    if claim.claim_id in {each.claim_id for each in pool.claims}:
        raise SwapError("twice", claim=claim.claim_id)
    others = {each.obligor_id: each for each in pool.obligors}
    if others.get(claim.obligor_id, new.obligor) != new.obligor:
        raise SwapError("obligor", claim=claim.claim_id)
    behind = {each.collateral_id for each in (*pool.collateral, *((own,) if own else ()))}
    is_known = claim.collateral_id is None or claim.collateral_id in behind
    if claim.obligor_id != new.obligor.obligor_id or not is_known:
        raise SwapError("parts", claim=claim.claim_id)
