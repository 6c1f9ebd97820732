"""What a plan file says of its money: who pays from where, invoices, uses, swaps, pledges."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhirong.application.plans.money import Use
from zhirong.core.daycounts import DayCount
from zhirong.ledger.rails import Party
from zhirong.securitization.dates.bridge import Keeper
from zhirong.securitization.money.hops import MoneyRail
from zhirong.securitization.money.penetration import Invoice
from zhirong.securitization.money.pledges import Tracker
from zhirong.securitization.money.swaps import Swap


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedUse:
    """A payment that a firm asks for, and of which loan."""

    claim_id: str
    use: Use


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """Who pays and is paid.

    Attributes:
        subscription: The account through which investors' money reaches the plan.
        plan: The plan's custody account.
        seller: Where the prices of the claims go.
        lender: The wallet that lends.
        firms: Wallet of each obligor.
    """

    subscription: Party
    plan: Party
    seller: Party
    lender: Party
    firms: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyTerms:
    """The section `money` of a plan file, with the sheets that it names.

    Attributes:
        holders: Accounts and wallets.
        subscribed_over: How investors' money travels: securities settlement, or bank alone.
        loans_on: The day the loans are made.
        goods: What they may be spent on.
        use_by: The last day of use.
        interest_paid_until: First day whose interest is not paid at the cut-off.
        day_count: How the loans' interest is counted.
        bridge_to: Who earns the interest from cut-off to closing.
        kept_fen: What the plan keeps of the money raised.
        invoices: What the loans may pay.
        uses: What firms ask to pay, in the order of days.
        swaps: Claims swapped between cut-off and closing.
        pledges: How far the pledge of each right is.
    """

    holders: Holders
    subscribed_over: MoneyRail
    loans_on: date
    goods: tuple[str, ...]
    use_by: date
    interest_paid_until: date
    day_count: DayCount
    bridge_to: Keeper
    kept_fen: int
    invoices: tuple[Invoice, ...]
    uses: tuple[AskedUse, ...]
    swaps: tuple[Swap, ...]
    pledges: tuple[Tracker, ...]
