"""A plan file as records."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from zhirong.securitization.plan.actions import Action
from zhirong.securitization.plan.conventions import Conventions
from zhirong.securitization.plan.fees import Fee
from zhirong.securitization.plan.formulas import Condition, Formula
from zhirong.securitization.plan.supports import Hedge, Support
from zhirong.securitization.plan.tranches import Tranche


class Stage(StrEnum):
    """Which waterfall runs; the worst one that a trigger asks for."""

    NORMAL = "normal"
    ACCELERATED = "accelerated"
    DEFAULT = "default"


STAGES = (Stage.NORMAL, Stage.ACCELERATED, Stage.DEFAULT)


class Cash(StrEnum):
    """The kinds of cash that a pool brings in."""

    INTEREST = "interest"
    PRINCIPAL = "principal"
    PREPAID = "prepaid"
    RECOVERED = "recovered"


class WhenTested(StrEnum):
    """When a trigger is tested: before the payments of a day, after them, or where a step says."""

    BEFORE_PAYMENT = "before_payment"
    AFTER_PAYMENT = "after_payment"
    BY_ACTION = "by_action"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account of the plan; `target` is what a reserve should hold."""

    key: str
    opening_fen: int = 0
    target: Formula | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where cash of one kind goes; the shares sum to one."""

    cash: Cash
    accounts: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A condition with an effect. A sticky one stays on; a curable one is tested anew each time.

    It turns on once the condition holds in `in_a_row` tests in a row. `stage` is the waterfall it
    asks for; without one it acts only where a step's condition names it.
    """

    key: str
    condition: Condition
    stage: Stage | None = None
    is_curable: bool = False
    tested: WhenTested = WhenTested.BEFORE_PAYMENT
    in_a_row: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The clean-up call: the remaining pool is sold at a share of its performing balance."""

    when: Condition
    price: Fraction
    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """Cut-off of the pool, closing (interest counts from it), payment dates, ascending."""

    cut_off: date
    closing: date
    payments: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An asset-backed plan. `waterfalls` go with the stages; the normal one is always there.

    `on_collection` runs at the end of each collection period, `on_closing` before the first.
    Where a stage has no waterfall of its own, the one before it holds. `labels` are the names
    that people read, by key.
    """

    key: str
    name: str
    dates: Dates
    conventions: Conventions
    accounts: tuple[Account, ...]
    routes: tuple[Route, ...]
    tranches: tuple[Tranche, ...]
    fees: tuple[Fee, ...]
    supports: tuple[Support, ...]
    hedges: tuple[Hedge, ...]
    triggers: tuple[Trigger, ...]
    waterfalls: tuple[tuple[Stage, tuple[Action, ...]], ...]
    on_closing: tuple[Action, ...] = ()
    on_collection: tuple[Action, ...] = ()
    call: Call | None = None
    labels: tuple[tuple[str, str], ...] = ()

    def label(self, key: str) -> str:
        """What people call the account, tranche, fee or support of that key; else the key."""
        return dict(self.labels).get(key, key)

    def tranche(self, key: str) -> Tranche:
        """The tranche of that key (KeyError where there is none)."""
        return {each.key: each for each in self.tranches}[key]

    def actions(self, stage: Stage) -> tuple[Action, ...]:
        """The waterfall of a stage, or of the stage before it."""
        given = dict(self.waterfalls)
        for each in reversed(STAGES[: STAGES.index(stage) + 1]):
            if each in given:
                return given[each]
        return ()
