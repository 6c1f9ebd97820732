"""The money of a plan from the first loan to the closing, over rails that carry it out.

Every movement is an order to a rail; what the rails' statements say is held against it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Protocol

from zhirong.application.plans import money
from zhirong.application.plans.money import Delivery, Waiting
from zhirong.application.plans.money_terms import AskedUse, MoneyTerms
from zhirong.application.plans.records import PlanInputs
from zhirong.core.messages import Message
from zhirong.ledger.rails import Party, Rail
from zhirong.ledger.reconciliation import Reconciliation
from zhirong.securitization.dates.bridge import Price, SoldClaim, prices
from zhirong.securitization.money import pledges
from zhirong.securitization.money.hops import Hop, MoneyRail, RefusedUse
from zhirong.securitization.money.penetration import Path, Penetration, penetration
from zhirong.securitization.money.pledges import Tracker
from zhirong.securitization.money.swaps import SwapRecord, swapped
from zhirong.securitization.pool.records import Claim, Pool

Outcome = Hop | RefusedUse | Waiting


class MoneyRails(Protocol):
    """Bank and e-CNY operator, with a day that is moved on."""

    def open_account(self, rail: MoneyRail, party: Party, *, opening_fen: int) -> None:
        """Open an account or wallet; one that is known stays as it is."""

    def advance(self, on: date) -> None:
        """Let it be that day."""

    def of(self, account: str) -> Rail:
        """The rail as it is seen from an account or wallet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An account or wallet: what was in it, and its statement against the hops."""

    rail: MoneyRail
    party: Party
    opening_fen: int
    reconciliation: Reconciliation

    @property
    def moved_fen(self) -> int:
        """All that the rail's statement tells, above zero where more came in."""
        return sum(entry.amount_fen for line in self.reconciliation.lines for entry in line.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRun:
    """What became of the money.

    Attributes:
        inputs: The plan.
        terms: What its file says of its money.
        pool: The pool at closing, claims swapped.
        swaps: What each swap did.
        penetration: From yuan raised to invoices paid.
        hops: Every movement, in the order of days.
        waiting: Orders that a rail has and has not carried out.
        held: Every account and wallet, reconciled.
        open_pledges: Rights that are open at the closing.
    """

    inputs: PlanInputs
    terms: MoneyTerms
    pool: Pool
    swaps: tuple[SwapRecord, ...]
    prices: tuple[Price, ...]
    penetration: Penetration
    hops: tuple[Hop, ...]
    waiting: tuple[str, ...]
    held: tuple[Held, ...]
    open_pledges: tuple[Message, ...]

    @property
    def is_reconciled(self) -> bool:
        """Whether every fen is accounted for on every account and from end to end."""
        is_clean = all(each.reconciliation.is_clean for each in self.held)
        return is_clean and not self.waiting and not self.penetration.unreconciled

    @property
    def trackers(self) -> tuple[Tracker, ...]:
        """Every pledged right of the pool at closing, with the events that are known."""
        known = {(each.collateral_id, each.right): each for each in self.terms.pledges}
        return tuple(
            known.get((each.collateral_id, each.right), each)
            for each in pledges.trackers(self.pool)
        )


def carry_out(inputs: PlanInputs, terms: MoneyTerms, rails: MoneyRails) -> MoneyRun:
    """Lend, pay suppliers, take in subscriptions, buy the claims; then hold all to the fen.

    Raises:
        SwapError: A swap that cannot be.
        BridgeError: Days of the sale that do not follow each other.
        NotDeliveredError: A rail refused a loan, a subscription or a price.
        RailDownError: A rail did not answer.
    """
    pool, swaps = swapped(inputs.pool, terms.swaps, closing=inputs.plan.dates.closing)
    work = _Work(inputs, terms, rails, pool)
    work.carry()
    closing = inputs.plan.dates.closing
    path = Path(
        hops=tuple(work.hops),
        prices=work.prices,
        invoices=tuple(each for each in terms.invoices if each.claim_id in work.deliveries),
        refused=tuple(work.refused),
        closing=closing,
        kept_fen=terms.kept_fen,
    )
    return MoneyRun(
        inputs=inputs,
        terms=terms,
        pool=pool,
        swaps=swaps,
        prices=work.prices,
        penetration=penetration(path),
        hops=path.hops,
        waiting=tuple(work.waiting),
        held=tuple(work.held()),
        open_pledges=pledges.blocks_closing(pool, terms.pledges, on=closing),
    )


@dataclass(slots=True)
class _Work:
    inputs: PlanInputs
    terms: MoneyTerms
    rails: MoneyRails
    pool: Pool
    hops: list[Hop] = field(default_factory=list)
    refused: list[RefusedUse] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    known: dict[str, tuple[MoneyRail, Party, int]] = field(default_factory=dict)
    deliveries: dict[str, Delivery] = field(init=False)
    prices: tuple[Price, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.deliveries = {each.claim_id: self._delivery(each) for each in self.pool.claims}
        dates = self.inputs.plan.dates
        self.prices = prices(
            [self._sold(each) for each in self.pool.claims],
            cut_off=dates.cut_off,
            closing=dates.closing,
            bridge_to=self.terms.bridge_to,
        )

    def _sold(self, claim: Claim) -> SoldClaim:
        return SoldClaim(
            claim_id=claim.claim_id,
            principal_fen=claim.balance_fen,
            rate=Fraction(str(claim.rate)),
            day_count=self.terms.day_count,
            unpaid_since=max(claim.made_on, self.terms.interest_paid_until),
        )

    def _delivery(self, claim: Claim) -> Delivery:
        firm = self.pool.obligor(claim.obligor_id)
        return Delivery(
            claim_id=claim.claim_id,
            lender=self.terms.holders.lender,
            firm=Party(account=self.terms.holders.firms[firm.obligor_id], name=firm.name),
            amount_fen=claim.balance_fen,
            on=self.terms.loans_on,
            invoices=tuple(each for each in self.terms.invoices if each.claim_id == claim.claim_id),
            goods=self.terms.goods,
            expires_on=self.terms.use_by,
        )

    def carry(self) -> None:
        """Every order on its day: loans before uses, subscriptions before prices."""
        self._open()
        for on, act in sorted(self._acts(), key=lambda each: each[0]):
            self.rails.advance(on)
            found = act()
            if isinstance(found, Hop):
                self.hops.append(found)
            elif isinstance(found, RefusedUse):
                self.refused.append(found)
            else:
                self.waiting.append(found.reference)

    def _acts(self) -> Iterator[tuple[date, Callable[[], Outcome]]]:
        closing, of, holders = self.inputs.plan.dates.closing, self.rails.of, self.terms.holders
        for each in self.deliveries.values():
            yield each.on, lambda each=each: money.deliver(of, each)  # type: ignore[misc]
        for asked in self.terms.uses:
            if asked.claim_id in self.deliveries:
                yield asked.use.on, lambda asked=asked: self._use(asked)  # type: ignore[misc]
        for tranche in self.inputs.plan.tranches:
            subscription = money.Subscription(
                tranche=tranche.key,
                payer=holders.subscription,
                plan=holders.plan,
                amount_fen=tranche.balance_fen,
                on=closing,
                rail=self.terms.subscribed_over,
            )
            yield closing, lambda each=subscription: money.subscribe(of, each)  # type: ignore[misc]
        for price in self.prices:
            yield (
                closing,
                lambda price=price: money.buy(  # type: ignore[misc]
                    of, price, plan=holders.plan, seller=holders.seller, on=closing
                ),
            )

    def _use(self, asked: AskedUse) -> Outcome:
        return money.use(self.rails.of, self.deliveries[asked.claim_id], asked.use)

    def _open(self) -> None:
        holders = self.terms.holders
        raised = sum(each.balance_fen for each in self.inputs.plan.tranches)
        self._know(MoneyRail.BANK, holders.subscription, raised)
        self._know(MoneyRail.BANK, holders.plan, 0)
        self._know(MoneyRail.BANK, holders.seller, 0)
        lent = sum(each.amount_fen for each in self.deliveries.values())
        self._know(MoneyRail.ECNY, holders.lender, lent)
        for each in self.deliveries.values():
            self._know(MoneyRail.ECNY, each.firm, 0)
            for invoice in each.invoices:
                self._know(MoneyRail.ECNY, Party(account=invoice.wallet, name=invoice.supplier), 0)
        for asked in self.terms.uses:
            self._know(MoneyRail.ECNY, asked.use.payee, 0)
        first = min((on for on, _ in self._acts()), default=self.terms.loans_on)
        self.rails.advance(first)
        for rail, party, opening in self.known.values():
            self.rails.open_account(rail, party, opening_fen=opening)

    def _know(self, rail: MoneyRail, party: Party, opening_fen: int) -> None:
        self.known.setdefault(party.account, (rail, party, opening_fen))

    def held(self) -> Iterator[Held]:
        """Every account and wallet against the statement of its rail."""
        found = money.reconciled(self.rails.of, self.hops, self.known)
        for account, (rail, party, opening) in self.known.items():
            yield Held(rail=rail, party=party, opening_fen=opening, reconciliation=found[account])
