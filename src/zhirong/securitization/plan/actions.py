"""A waterfall as data: a list of actions with limit, support and condition."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from zhirong.securitization.plan.formulas import Condition, Formula


class Verb(StrEnum):
    """What a step does."""

    CALCULATE_FEES = "calculate_fees"  # fees fall due; nothing is paid
    PAY_FEES = "pay_fees"  # calculates, then pays
    PAY_FEES_DUE = "pay_fees_due"  # pays what fell due before
    ACCRUE_INTEREST = "accrue_interest"
    PAY_INTEREST = "pay_interest"
    PAY_PRINCIPAL = "pay_principal"  # what the terms make due
    PAY_DOWN = "pay_down"  # principal whatever the schedule says
    PAY_RESIDUAL = "pay_residual"
    TRANSFER = "transfer"
    TOP_UP = "top_up"  # an account up to its target
    RELEASE = "release"  # from an account what is above its target
    DRAW = "draw"  # from a support into an account
    REPAY_SUPPORT = "repay_support"
    PAY_SUPPORT_COSTS = "pay_support_costs"
    SETTLE_HEDGE = "settle_hedge"
    BUY_ASSETS = "buy_assets"
    WRITE_DOWN = "write_down"  # losses taken to balances, last named tranche first
    TEST_TRIGGERS = "test_triggers"


class Order(StrEnum):
    """How a step shares over its names."""

    PRO_RATA = "pro_rata"
    IN_ORDER = "in_order"


class LimitKind(StrEnum):
    """What a limit is a part of."""

    AMOUNT = "amount"
    SHARE_OF_DUE = "share_of_due"
    SHARE_OF_CASH = "share_of_cash"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The most that a step pays: an amount, or a share of what is due or of the account's cash."""

    kind: LimitKind
    amount: Formula | None = None
    share: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One step. `account` pays it; `names` are its fees, tranches, supports, hedges or triggers.

    `into` is the account that a transfer, draw or hedge pays into. `supports` are drawn in their
    order for what the account lacks: accounts or supports by name. `shares` go with the names of
    a residual. `above_cap` pays fees beyond their caps.
    """

    key: str
    verb: Verb
    names: tuple[str, ...] = ()
    account: str | None = None
    into: str | None = None
    order: Order = Order.PRO_RATA
    limit: Limit | None = None
    supports: tuple[str, ...] = ()
    when: Condition | None = None
    shares: tuple[Fraction, ...] = ()
    above_cap: bool = False
