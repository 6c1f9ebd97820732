"""Whether claims may enter and the pool they make may be sold: findings, never a bare no."""

from collections.abc import Iterator
from datetime import date

from zhirong.core import calendar
from zhirong.core.messages import Message
from zhirong.securitization.pool import concentration
from zhirong.securitization.pool.concentration import By
from zhirong.securitization.pool.records import Claim, ClaimKind, CollateralSet, Pool
from zhirong.securitization.pool.rules import Finding, PoolRules, Standing

_PLEDGED = frozenset({ClaimKind.PLEDGE_LOAN})
_LEASES = frozenset({ClaimKind.SALE_AND_LEASE_BACK, ClaimKind.LEASE})


def findings(pool: Pool, rules: PoolRules, *, plan_ends: date) -> tuple[Finding, ...]:
    """Every rule on every claim, then on the pool; rules that are met are found as well.

    Args:
        pool: On the cut-off date.
        rules: In force.
        plan_ends: Legal maturity of the plan.
    """
    return (*_of_claims(pool, rules, plan_ends), *_of_pool(pool, rules))


def broken(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that keep a plan from being issued."""
    return tuple(each for each in found if each.standing is Standing.BROKEN)


def ineligible_claims(found: tuple[Finding, ...], pool: Pool) -> frozenset[str]:
    """Ids of the claims that may not enter."""
    return frozenset(each.subject for each in broken(found)) & {
        claim.claim_id for claim in pool.claims
    }


def _of_claims(pool: Pool, rules: PoolRules, plan_ends: date) -> Iterator[Finding]:
    sets = {each.collateral_id: each for each in pool.collateral}
    for claim in pool.claims:
        collateral = sets.get(claim.collateral_id or "")
        industry = pool.obligor(claim.obligor_id).industry
        pledged = collateral is not None and bool(collateral.rights)
        yield _claim("unencumbered", claim, not _encumbered(claim, collateral))
        yield _claim("not_affiliated", claim, not claim.affiliated_with_originator)
        yield _claim(
            "not_on_negative_list",
            claim,
            not any(industry.startswith(each) for each in rules.negative_industries),
        )
        yield _claim("made_before_cut_off", claim, claim.made_on <= pool.cut_off)
        yield _claim("due_before_plan_ends", claim, claim.dues[-1].on <= plan_ends)
        yield _claim("has_pledge", claim, claim.kind not in _PLEDGED or pledged)
        yield _claim("rights_outlive_claim", claim, _outlives(claim, collateral, rules))


def _of_pool(pool: Pool, rules: PoolRules) -> Iterator[Finding]:
    groups = concentration.slices(pool, By.GROUP)
    yield _pool(
        "unrelated_obligors",
        len(groups) >= rules.unrelated_obligors_min,
        {"count": len(groups), "least": rules.unrelated_obligors_min},
    )
    for each in concentration.slices(pool, By.OBLIGOR):
        standing = _line(each.share, rules.disclose_single_above, rules.single_share_max)
        yield _share("single_share", each, standing, rules.single_share_max)
    for each in groups:
        standing = _line(each.share, rules.disclose_group_above, rules.single_share_max)
        yield _share("group_share", each, standing, rules.single_share_max)
    leases = concentration.of_kinds(pool, _LEASES)
    if leases.claims:
        share = concentration.top_share(leases, 5)
        facts = {"share": share, "most": rules.lease_top_five_share_max}
        yield _pool("lease_top_five", share <= rules.lease_top_five_share_max, facts)


def _encumbered(claim: Claim, collateral: CollateralSet | None) -> bool:
    rights = collateral.rights if collateral is not None else ()
    return claim.encumbered or any(right.encumbered for right in rights)


def _outlives(claim: Claim, collateral: CollateralSet | None, rules: PoolRules) -> bool:
    """Whether every pledged right is in force long enough after the last due to be sold."""
    if collateral is None:
        return True
    needed = calendar.plus_months(claim.dues[-1].on, rules.rights_outlive_claim_months)
    return all(right.ends_on is None or right.ends_on >= needed for right in collateral.rights)


def _line(share: float, disclose_above: float, most: float) -> Standing:
    if share > most:
        return Standing.BROKEN
    return Standing.DISCLOSE if share > disclose_above else Standing.MET


def _claim(rule: str, claim: Claim, is_met: bool) -> Finding:  # noqa: FBT001 - what was found
    standing = Standing.MET if is_met else Standing.BROKEN
    words = Message(f"securitization.pool.{rule}.{standing}", {"claim": claim.claim_id})
    return Finding(rule=rule, subject=claim.claim_id, standing=standing, message=words)


def _pool(rule: str, is_met: bool, facts: dict[str, float | int]) -> Finding:  # noqa: FBT001 - as above
    standing = Standing.MET if is_met else Standing.BROKEN
    words = Message(f"securitization.pool.{rule}.{standing}", facts)
    return Finding(rule=rule, subject="", standing=standing, message=words)


def _share(rule: str, each: concentration.Slice, standing: Standing, most: float) -> Finding:
    facts: dict[str, str | float] = {"subject": each.key, "share": each.share, "most": most}
    words = Message(f"securitization.pool.{rule}.{standing}", facts)
    return Finding(rule=rule, subject=each.key, standing=standing, message=words)
