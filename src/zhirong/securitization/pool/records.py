"""The records of a pool: who owes, what is owed when, and what stands behind it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhirong.core.distribution import ValueDistribution


class ClaimKind(StrEnum):
    """What kind of claim is sold (rules of Chinese practice, section 6.1, and plain pools)."""

    PLEDGE_LOAN = "pledge_loan"
    SALE_AND_LEASE_BACK = "sale_and_lease_back"
    SUPPLY_CHAIN = "supply_chain"
    SECOND_LICENSE = "second_license"
    LOAN = "loan"
    LEASE = "lease"
    RECEIVABLE = "receivable"
    ROYALTY = "royalty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What one contract owes on one day, in whole fen; interest may be 0, principal may be 0."""

    on: date
    principal_fen: int
    interest_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One contract in the pool. `dues` ascend by day; their principal sums to `balance_fen`.

    `encumbered`: another's right stands on the claim or its collateral on the cut-off date and
    is not released on transfer. `rate` is the yearly contract rate as a share.
    """

    claim_id: str
    obligor_id: str
    kind: ClaimKind
    balance_fen: int
    rate: float
    made_on: date
    dues: tuple[Due, ...]
    collateral_id: str | None
    encumbered: bool
    affiliated_with_originator: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgedRight:
    """A right in a collateral set, as far as the pool's tests ask; `ends_on` is its last day."""

    number: str
    kind: str
    ipc: str | None
    ends_on: date | None
    encumbered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CollateralSet:
    """All rights pledged by one obligor, with one distribution of what a sale after default brings.

    `proceeds` is default-conditional, before costs, in CNY (not fen), counted once for the set:
    rights that share a product's cash are never added from their margins. `cost_share` of
    proceeds goes to enforcement; `lag_months` pass from default to receipt; `loading` joins
    proceeds to the factor that drives default.
    """

    collateral_id: str
    rights: tuple[PledgedRight, ...]
    proceeds: ValueDistribution
    cost_share: float
    lag_months: int
    loading: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligor:
    """Who owes. `pd_one_year` is a share; `group` names affiliates; region and industry, codes."""

    obligor_id: str
    name: str
    group: str | None
    industry: str
    region: str
    grade: str | None
    pd_one_year: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Obligors, their claims and collateral sets on the cut-off date."""

    cut_off: date
    obligors: tuple[Obligor, ...]
    claims: tuple[Claim, ...]
    collateral: tuple[CollateralSet, ...]

    def obligor(self, obligor_id: str) -> Obligor:
        """The obligor of that id (KeyError where there is none)."""
        return {each.obligor_id: each for each in self.obligors}[obligor_id]

    @property
    def balance_fen(self) -> int:
        """Outstanding principal of all claims, in fen."""
        return sum(claim.balance_fen for claim in self.claims)
