"""From every yuan raised to the invoice it paid: trails by claim, reconciled to the fen.

What investors paid in equals prices and what stays with the plan; the principal of each price
equals what was lent on its claim; what was lent equals invoices, what came back, and what is still
bound. Whatever does not is listed with both amounts: no fen is explained away.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from zhirong.core.messages import Fact, Message
from zhirong.core.money import Money
from zhirong.securitization.dates.bridge import Price
from zhirong.securitization.money.hops import RAIL_OF, Hop, HopKind, RefusedUse


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """What a firm owes a supplier, and of which claim it is to be paid."""

    number: str
    claim_id: str
    supplier: str
    wallet: str
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """One claim: what was paid for it, lent on it, and what became of that.

    `price_fen` is all that was transferred, `par_fen` its principal; `waiting_fen` is still bound
    in the firm's wallet.
    """

    claim_id: str
    price_fen: int
    par_fen: int
    lent_fen: int
    invoiced_fen: int
    returned_fen: int
    hops: tuple[Hop, ...]

    @property
    def waiting_fen(self) -> int:
        """What the firm has not yet paid on or back."""
        return self.lent_fen - self.invoiced_fen - self.returned_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Penetration:
    """The report: totals, a trail a claim, uses refused, and whatever does not reconcile."""

    raised_fen: int
    price_fen: int
    kept_fen: int
    lent_fen: int
    invoiced_fen: int
    returned_fen: int
    waiting_fen: int
    trails: tuple[Trail, ...]
    refused: tuple[RefusedUse, ...]
    unreconciled: tuple[Message, ...]

    @property
    def is_clean(self) -> bool:
        """Whether every fen is accounted for and nothing waits."""
        return not self.unreconciled and not self.waiting_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """All that is known of the money of a plan.

    Attributes:
        hops: Every movement that a rail has carried out.
        prices: What each claim was sold for.
        invoices: What firms may pay of what they were lent.
        refused: Uses that were asked for and refused.
        closing: The day on which claims and money change hands.
        kept_fen: What the plan keeps of the money raised, by its terms.
    """

    hops: tuple[Hop, ...]
    prices: tuple[Price, ...]
    invoices: tuple[Invoice, ...]
    refused: tuple[RefusedUse, ...]
    closing: date
    kept_fen: int


def penetration(path: Path) -> Penetration:
    """The penetration report of a plan's money."""
    by_claim: dict[str, list[Hop]] = {price.claim_id: [] for price in path.prices}
    for hop in path.hops:
        if hop.claim_id in by_claim:
            by_claim[hop.claim_id].append(hop)
    prices = {price.claim_id: price for price in path.prices}
    trails = tuple(_trail(prices[key], hops) for key, hops in by_claim.items())
    raised = _sum(path.hops, HopKind.SUBSCRIPTION)
    return Penetration(
        raised_fen=raised,
        price_fen=_sum(path.hops, HopKind.PRICE),
        kept_fen=path.kept_fen,
        lent_fen=_sum(path.hops, HopKind.LOAN),
        invoiced_fen=_sum(path.hops, HopKind.INVOICE),
        returned_fen=_sum(path.hops, HopKind.RETURN),
        waiting_fen=sum(trail.waiting_fen for trail in trails),
        trails=trails,
        refused=path.refused,
        unreconciled=tuple(_unreconciled(path, trails, prices, raised)),
    )


def _trail(price: Price, hops: Sequence[Hop]) -> Trail:
    return Trail(
        claim_id=price.claim_id,
        price_fen=_sum(hops, HopKind.PRICE),
        par_fen=price.principal_fen,
        lent_fen=_sum(hops, HopKind.LOAN),
        invoiced_fen=_sum(hops, HopKind.INVOICE),
        returned_fen=_sum(hops, HopKind.RETURN),
        hops=tuple(hops),
    )


def _sum(hops: Sequence[Hop], kind: HopKind) -> int:
    return sum(hop.amount_fen for hop in hops if hop.kind is kind)


def _unreconciled(
    path: Path, trails: Sequence[Trail], prices: Mapping[str, Price], raised: int
) -> Iterator[Message]:
    spent = _sum(path.hops, HopKind.PRICE) + path.kept_fen
    if raised != spent:
        yield _differs("raised", "-", raised, spent)
    for trail in trails:
        yield from _of_trail(trail, prices[trail.claim_id])
    yield from _of_hops(path, prices)
    yield from _of_invoices(path)


def _of_trail(trail: Trail, price: Price) -> Iterator[Message]:
    if trail.price_fen != price.paid_fen:
        yield _differs("price", trail.claim_id, price.paid_fen, trail.price_fen)
    if trail.lent_fen != trail.par_fen:
        yield _differs("lent", trail.claim_id, trail.par_fen, trail.lent_fen)
    if trail.waiting_fen < 0:
        used = trail.invoiced_fen + trail.returned_fen
        yield _differs("used", trail.claim_id, trail.lent_fen, used)
    wallets = {hop.payee.account for hop in trail.hops if hop.kind is HopKind.LOAN}
    lent_on = min((hop.on for hop in trail.hops if hop.kind is HopKind.LOAN), default=date.max)
    for hop in trail.hops:
        if hop.kind not in (HopKind.INVOICE, HopKind.RETURN):
            continue
        if hop.payer.account not in wallets:
            yield _hop("wallet", hop)
        if hop.on < lent_on:
            yield _hop("before_loan", hop)


def _of_hops(path: Path, prices: Mapping[str, Price]) -> Iterator[Message]:
    counted = Counter(hop.reference for hop in path.hops)
    told = Counter((hop.rail, hop.rail_reference) for hop in path.hops if hop.rail_reference)
    for hop in path.hops:
        if counted[hop.reference] > 1 or told[hop.rail, hop.rail_reference] > 1:
            yield _hop("twice", hop)
        if hop.rail not in RAIL_OF[hop.kind]:
            yield _hop("rail", hop)
        if not hop.rail_reference:
            yield _hop("untold", hop)
        is_of_claim = hop.kind in (HopKind.PRICE, HopKind.LOAN, HopKind.INVOICE, HopKind.RETURN)
        if is_of_claim and hop.claim_id not in prices:
            yield _hop("no_claim", hop)
        if hop.kind is HopKind.PRICE and hop.on < path.closing:
            yield _hop("before_closing", hop)


def _of_invoices(path: Path) -> Iterator[Message]:
    counted = Counter(each.number for each in path.invoices)
    yield from (_named("same_invoice", number) for number, n in counted.items() if n > 1)
    known = {each.number: each for each in path.invoices}
    paid: dict[str, int] = {}
    for hop in path.hops:
        if hop.kind is not HopKind.INVOICE:
            continue
        invoice = known.get(hop.invoice)
        if invoice is None:
            yield _hop("no_invoice", hop)
            continue
        paid[hop.invoice] = paid.get(hop.invoice, 0) + hop.amount_fen
        if (hop.claim_id, hop.payee.account) != (invoice.claim_id, invoice.wallet):
            yield _hop("other_invoice", hop)
    for number, amount in paid.items():
        if amount > known[number].amount_fen:
            yield _differs("invoice", number, known[number].amount_fen, amount)


def _differs(rule: str, subject: str, expected: int, found: int) -> Message:
    facts: dict[str, Fact] = {
        "subject": subject,
        "expected": Money.of_fen(expected).amount,
        "found": Money.of_fen(found).amount,
    }
    return Message(f"securitization.money.differs.{rule}", facts)


def _hop(rule: str, hop: Hop) -> Message:
    facts: dict[str, Fact] = {
        "reference": hop.reference,
        "amount": Money.of_fen(hop.amount_fen).amount,
    }
    return Message(f"securitization.money.hop.{rule}", facts)


def _named(rule: str, subject: str) -> Message:
    return Message(f"securitization.money.{rule}", {"subject": subject})
