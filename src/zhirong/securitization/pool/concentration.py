"""How much of a pool stands on one name, group, industry, region, patent class or kind of right."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from zhirong.securitization.pool.records import Claim, ClaimKind, CollateralSet, Obligor, Pool


class By(StrEnum):
    """What a pool is cut by."""

    OBLIGOR = "obligor"
    GROUP = "group"
    INDUSTRY = "industry"
    REGION = "region"
    CLAIM_KIND = "claim_kind"
    IPC = "ipc"
    RIGHT_KIND = "right_kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """One cut: its outstanding principal, its share of the pool, and how many claims touch it."""

    key: str
    balance_fen: float
    share: float
    claims: int


def slices(pool: Pool, by: By) -> tuple[Slice, ...]:
    """Cuts of the pool, the largest first.

    A claim on several rights is spread evenly over them for `ipc` and `right_kind`, so shares sum
    to 1; a claim without rights is cut as "none".
    """
    whole = pool.balance_fen
    found: dict[str, list[float]] = {}
    for claim, key, part in _parts(pool, by):
        found.setdefault(key, []).append(claim.balance_fen * part)
    rows = (
        Slice(
            key=key,
            balance_fen=sum(parts),
            share=sum(parts) / whole if whole else 0.0,
            claims=len(parts),
        )
        for key, parts in found.items()
    )
    return tuple(sorted(rows, key=lambda each: (-each.balance_fen, each.key)))


def top_share(pool: Pool, count: int, by: By = By.OBLIGOR) -> float:
    """Share of the `count` largest cuts together."""
    return sum(each.share for each in slices(pool, by)[:count])


def effective_number(pool: Pool, by: By = By.OBLIGOR) -> float:
    """How many equal cuts would be as concentrated: 1 over the sum of squared shares."""
    squares = sum(each.share**2 for each in slices(pool, by))
    return 1.0 / squares if squares else 0.0


def of_kinds(pool: Pool, kinds: frozenset[ClaimKind]) -> Pool:
    """The pool with the claims of some kinds only."""
    claims = tuple(claim for claim in pool.claims if claim.kind in kinds)
    return Pool(
        cut_off=pool.cut_off, obligors=pool.obligors, claims=claims, collateral=pool.collateral
    )


_OF_OBLIGOR: Mapping[By, Callable[[Obligor], str]] = {
    By.OBLIGOR: lambda each: each.obligor_id,
    By.GROUP: lambda each: each.group or each.obligor_id,
    By.INDUSTRY: lambda each: each.industry,
    By.REGION: lambda each: each.region,
}


def _parts(pool: Pool, by: By) -> Iterator[tuple[Claim, str, float]]:
    obligors = {each.obligor_id: each for each in pool.obligors}
    sets = {each.collateral_id: each for each in pool.collateral}
    for claim in pool.claims:
        if by in _OF_OBLIGOR:
            yield claim, _OF_OBLIGOR[by](obligors[claim.obligor_id]), 1.0
        elif by is By.CLAIM_KIND:
            yield claim, claim.kind.value, 1.0
        else:
            keys = _keys_of_rights(sets.get(claim.collateral_id or ""), by)
            for key in keys:
                yield claim, key, 1.0 / len(keys)


def _keys_of_rights(collateral: CollateralSet | None, by: By) -> tuple[str, ...]:
    if collateral is None or not collateral.rights:
        return ("none",)
    if by is By.RIGHT_KIND:
        return tuple(right.kind for right in collateral.rights)
    return tuple((right.ipc or "none")[:4] for right in collateral.rights)
