"""What changes when a firm leaves or joins: the rules and concentrations before and after."""

from dataclasses import dataclass
from datetime import date

from zhirong.securitization.pool import concentration, eligibility, selection
from zhirong.securitization.pool.records import Pool
from zhirong.securitization.pool.rules import Finding, PoolRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A pool without, or with, one obligor, against the pool as it stands.

    Attributes:
        obligor_id: Who leaves or joins.
        balance_fen: Outstanding principal afterwards.
        largest_share: Of one obligor afterwards.
        effective_number: Of obligors afterwards.
        appeared: Findings that the change brings and the pool did not have.
        vanished: Findings that the change mends.
    """

    obligor_id: str
    balance_fen: int
    largest_share: float
    effective_number: float
    appeared: tuple[Finding, ...]
    vanished: tuple[Finding, ...]


def without(pool: Pool, obligor_id: str, rules: PoolRules, *, plan_ends: date) -> Change:
    """The pool when one obligor is left out."""
    kept = tuple(each.obligor_id for each in pool.obligors if each.obligor_id != obligor_id)
    return _compared(pool, selection.of_obligors(pool, kept), obligor_id, (rules, plan_ends))


def with_one(
    pool: Pool, candidates: Pool, obligor_id: str, rules: PoolRules, *, plan_ends: date
) -> Change:
    """The pool when one obligor of `candidates` joins; both have the same cut-off date."""
    joined = (*(each.obligor_id for each in pool.obligors), obligor_id)
    return _compared(
        pool, selection.of_obligors(candidates, joined), obligor_id, (rules, plan_ends)
    )


def _compared(before: Pool, after: Pool, obligor_id: str, by: tuple[PoolRules, date]) -> Change:
    rules, plan_ends = by
    was = _open(eligibility.findings(before, rules, plan_ends=plan_ends))
    now = _open(eligibility.findings(after, rules, plan_ends=plan_ends))
    return Change(
        obligor_id=obligor_id,
        balance_fen=after.balance_fen,
        largest_share=concentration.top_share(after, 1),
        effective_number=concentration.effective_number(after),
        appeared=tuple(each for key, each in now.items() if key not in was),
        vanished=tuple(each for key, each in was.items() if key not in now),
    )


def _open(found: tuple[Finding, ...]) -> dict[tuple[str, str, str], Finding]:
    return {
        (each.rule, each.subject, each.standing): each
        for each in found
        if each.standing is not each.standing.MET
    }
