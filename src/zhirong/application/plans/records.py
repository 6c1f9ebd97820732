"""What a plan folder says: securities, pool, assumptions, scenarios, costs, steps of the issue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhirong.application.plans.assumed import BehaviorTerms, Prepayment
from zhirong.securitization.analytics.spreads import Curve
from zhirong.securitization.dates.chain import ChainTerms
from zhirong.securitization.plan.records import Plan
from zhirong.securitization.pool.records import Pool
from zhirong.securitization.pool.selection import Wishes
from zhirong.securitization.waterfall.rates import IndexPaths

BASE = "base"
"""The scenario that every plan has: contractual, nobody fails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolCurves:
    """A pool-level scenario, for comparison: yearly default rate, severity (a share), lag."""

    cdr: float
    severity: float
    lag_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One named course of events on one path.

    Attributes:
        key: Its name in the file.
        label: What people call it.
        defaults: Obligors that fail, and on which day.
        recovery: Share of the claim that comes back; None is the mean of each collateral set.
        delay_days: Days by which every due comes later.
        prepayment: Speed, where other than the plan's.
        curves: Defaults by curve in place of named ones.
        failed: Supporters that can pay nothing from a day on.
        events: Events of the plan and the day from which they have happened.
    """

    key: str
    label: str
    defaults: tuple[tuple[str, date], ...] = ()
    recovery: float | None = None
    delay_days: int = 0
    prepayment: Prepayment | None = None
    curves: PoolCurves | None = None
    failed: tuple[tuple[str, date], ...] = ()
    events: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StressGrid:
    """Cells to simulate: every multiple of PDs with every recovery (None: the collateral sets)."""

    pd_multiples: tuple[float, ...]
    recoveries: tuple[float | None, ...]
    paths: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """Paths and seed; `confidence` is that of the intervals shown."""

    paths: int
    seed: int
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The most expected loss of principal that a tranche may have, a share of its balance."""

    tranche: str
    expected_loss: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmCosts:
    """What a loan costs a firm beside interest, what is paid back, and the tables to show.

    `line` is what the cost after subsidy should not exceed; the last three are the axes of the
    table of loan rate, guarantee fee and share of interest that is subsidized.
    """

    guarantee_fee: float
    appraisal_fee_fen: int
    subsidy_payer: str
    interest_share: float
    fee_share: float
    days_after_end: int
    line: float
    loan_rates: tuple[float, ...] = ()
    guarantee_fees: tuple[float, ...] = ()
    interest_shares: tuple[float, ...] = ()


class StepState(StrEnum):
    """How far a step of the issue is."""

    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueStep:
    """A step on the way to the market: who does it, when, with which documents and data."""

    key: str
    label: str
    on: date
    by: str
    documents: tuple[str, ...]
    state: StepState
    data: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanInputs:
    """Everything a plan folder says, read and checked.

    Attributes:
        plan: The securities and the waterfall.
        pool: Who owes what, and what stands behind it.
        collected_on: Last days of the collection periods.
        waived: Rules of the pool that may be broken, with the reason.
        rows: Where each claim stands in the tape.
        behavior: Assumptions; None where the file has none, so nothing can be simulated.
        scenarios: By their order in the file, the base case first.
        rates: Levels of the indexes that tranches follow.
        selection: What a pool proposed from the tape should be; None where none is asked for.
        curve: Zero rates that spreads are measured against; None: no spreads.
        chain: How payment dates roll and what is done before each; None: as usual.
    """

    plan: Plan
    pool: Pool
    collected_on: tuple[date, ...]
    waived: Mapping[str, str]
    rows: Mapping[str, str]
    behavior: BehaviorTerms | None
    scenarios: tuple[Scenario, ...]
    stress: StressGrid | None
    simulation: Simulation | None
    targets: tuple[Target, ...]
    costs: FirmCosts | None
    steps: tuple[IssueStep, ...]
    rates: IndexPaths
    parties: Mapping[str, str]
    selection: Wishes | None = None
    curve: Curve | None = None
    chain: ChainTerms | None = None
