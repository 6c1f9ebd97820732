"""What a plan file assumes of a pool's behavior: who fails, how likely, what comes back.

Rates and probabilities are shares; amounts are whole fen. Nothing here has a default in code: what
a file leaves out is not modeled (no prepayment, no supporter that fails, no servicer that fails).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Speed(StrEnum):
    """How a prepayment speed is quoted."""

    SMM = "smm"
    CPR = "cpr"
    PSA = "psa"
    ABS = "abs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepayment:
    """A speed of prepayment; `age_months` is how old the loans are at the cut-off."""

    speed: Speed
    value: float
    age_months: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """Yearly transition probabilities between grades; the last row and column are default."""

    grades: tuple[str, ...]
    matrix: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DefaultTerms:
    """Probabilities of default in a year, the most particular one first: by obligor, by grade, all.

    Where none applies, the tape's own stands. `multiple` stresses them all. With `migration`, an
    obligor's probabilities follow from its grade.
    """

    by_obligor: Mapping[str, float]
    by_grade: Mapping[str, float]
    for_all: float | None
    migration: Migration | None
    multiple: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryTerms:
    """What a default brings back.

    `flat` is a share of the claim and stands in for the collateral sets only where a file asks for
    it; `lag_months`, `cost_share` and `correlation` (with the factor of defaults) stand before
    those of the sets where given.
    """

    flat: float | None = None
    lag_months: int | None = None
    cost_share: float | None = None
    correlation: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupporterTerms:
    """A shortfall payer, guarantor or lender of liquidity as an obligor that may fail.

    `key` is the support's in the plan; `capacity_fen` what it can pay in all (None: the plan's own
    limit); `failure_event` is the plan's event that its failure is.
    """

    key: str
    pd_one_year: float
    correlation: float
    capacity_fen: int | None
    failure_event: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicerTerms:
    """The servicer may fail: the cash of `commingled_days` is lost, and the event happens."""

    pd_one_year: float
    correlation: float
    commingled_days: int
    failure_event: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BehaviorTerms:
    """How the pool behaves.

    `correlation` is that of two obligors' latent variables, `industry_correlation` what two of one
    industry have on top; `degrees` are those of a t copula (None: Gaussian).
    """

    correlation: float
    industry_correlation: float
    degrees: float | None
    defaults: DefaultTerms
    recovery: RecoveryTerms
    prepayment: Prepayment | None
    supporters: tuple[SupporterTerms, ...]
    servicer: ServicerTerms | None
