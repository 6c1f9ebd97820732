"""Case 1's money over the sandbox of bank and operator: 11 loans, their invoices, the price."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path as File

import httpx
import pytest

from tests.rail_worlds import Day, account, client, control, counterparty, rail_of
from zhirong.adapters.rails.sandbox.app import RailsApp
from zhirong.application.plans import money
from zhirong.application.plans.money import Delivery, NotDeliveredError, Use
from zhirong.ledger.rails import Party, Rail
from zhirong.securitization.dates.bridge import Price
from zhirong.securitization.money.hops import Hop, HopKind, MoneyRail, Place, RefusedUse
from zhirong.securitization.money.penetration import Invoice, Path, penetration

WAN = (1990, 1800, 1650, 1500, 1400, 1250, 1100, 1000, 850, 710, 550)
RAISED = 138_000_000_00
LENT, CLOSING = date(2024, 11, 20), date(2024, 11, 27)
LENDER = Party(account="W-LENDER", name="甬例小额贷款（虚构）有限公司")
SELLER = Party(account="33010001", name=LENDER.name, bank="313331000014")
PLAN = Party(account="33010009", name="专项计划托管户", bank="313331000014")


def supplier(number: str) -> Party:
    return Party(account=f"S-{number}", name=f"供应商{number}")


def delivery(place: int) -> Delivery:
    key, fen = f"L{place + 1:02d}", WAN[place] * 1_000_000
    parts = (fen // 3 + 1, fen // 2, fen - fen // 3 - 1 - fen // 2)
    return Delivery(
        claim_id=key,
        lender=LENDER,
        firm=Party(account=f"W-{key}", name=f"企业{key}"),
        amount_fen=fen,
        on=LENT,
        invoices=tuple(
            Invoice(
                number=f"{key}-{i}",
                claim_id=key,
                supplier=supplier(f"{key}-{i}").name,
                wallet=supplier(f"{key}-{i}").account,
                amount_fen=part,
            )
            for i, part in enumerate(parts)
        ),
        goods=("materials",),
        expires_on=date(2025, 5, 20),
    )


DELIVERIES = tuple(delivery(i) for i in range(len(WAN)))


def at_par(each: Delivery) -> Price:
    return Price(
        claim_id=each.claim_id,
        principal_fen=each.amount_fen,
        accrued_days=0,
        accrued_fen=0,
        bridge_days=7,
        bridge_fen=0,
        handed_on_fen=0,
    )


def paid(each: Delivery, invoice: Invoice, **changes: object) -> Use:
    given = {
        "reference": f"PAY-{invoice.number}",
        "payee": supplier(invoice.number),
        "amount_fen": invoice.amount_fen,
        "on": LENT,
        "invoice": invoice.number,
        "goods": each.goods[0],
    }
    return Use(**(given | changes))  # type: ignore[arg-type]


class World:
    """Bank and operator of the sandbox, with everybody's wallets and accounts."""

    def __init__(self, folder: File) -> None:
        self.today = Day(day=LENT)
        self.app = RailsApp(counterparty=counterparty(folder, today=self.today), has_control=True)
        self.line: httpx.Client = client(self.app)
        wallets = [account("ecny", LENDER, opening_fen=RAISED)]
        for each in DELIVERIES:
            wallets.append(account("ecny", each.firm, opening_fen=0))
            wallets += [account("ecny", supplier(i.number), opening_fen=0) for i in each.invoices]
        banks = [account("bank", PLAN, opening_fen=RAISED), account("bank", SELLER, opening_fen=0)]
        control(self.line, "accounts", {"accounts": [*wallets, *banks]})

    def rail(self, own: str) -> Rail:
        name = "bank" if own in (PLAN.account, SELLER.account) else "ecny"
        return rail_of(name, self.line, own)


@pytest.fixture
def world(tmp_path: File) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.app.counterparty.store.close()


def subscribed() -> Hop:
    """What the registrar's statement says of the subscription: securities against bank money."""
    return Hop(
        reference="SUBSCRIPTION-1",
        kind=HopKind.SUBSCRIPTION,
        rail=MoneyRail.SETTLEMENT,
        payer=Place(account="INVESTORS", holder="投资者"),
        payee=Place(account=PLAN.account, holder=PLAN.name),
        amount_fen=RAISED,
        on=CLOSING,
        rail_reference="CSDC-1",
    )


class TestDelivery:
    def test_reconciles_138_million_from_investors_to_invoices(self, world: World) -> None:
        hops: list[object] = [money.deliver(world.rail, each) for each in DELIVERIES]
        for each in DELIVERIES:
            hops += [money.use(world.rail, each, paid(each, own)) for own in each.invoices]
        world.today.forward(7)
        prices = tuple(at_par(each) for each in DELIVERIES)
        hops += [
            money.buy(world.rail, each, plan=PLAN, seller=SELLER, on=CLOSING) for each in prices
        ]

        carried = tuple(each for each in hops if isinstance(each, Hop))
        assert len(carried) == len(hops) == 11 + 33 + 11
        found = penetration(
            Path(
                hops=(*carried, subscribed()),
                prices=prices,
                invoices=tuple(own for each in DELIVERIES for own in each.invoices),
                refused=(),
                closing=CLOSING,
                kept_fen=0,
            )
        )
        assert found.unreconciled == ()
        assert found.is_clean
        assert found.raised_fen == found.lent_fen == found.invoiced_fen == RAISED
        held = [LENDER.account, PLAN.account, SELLER.account]
        held += [each.firm.account for each in DELIVERIES]
        held += [own.wallet for each in DELIVERIES for own in each.invoices]
        by_account = money.reconciled(world.rail, carried, held)
        assert all(each.is_clean for each in by_account.values())
        assert sum(len(each.lines) for each in by_account.values()) == 2 * len(carried)

    def test_shows_a_use_that_the_operator_refuses(self, world: World) -> None:
        one = DELIVERIES[0]
        money.deliver(world.rail, one)
        own, other = one.invoices[0], DELIVERIES[1].invoices[0]
        asked = {
            "GOODS": paid(one, own, reference="A", goods="wages"),
            "PAYEE": paid(one, own, reference="B", payee=supplier(other.number)),
            "EVIDENCE": paid(one, own, reference="C", shows_invoice=False),
            "CAP": paid(one, own, reference="D", amount_fen=one.amount_fen + 1),
        }
        for code, use in asked.items():
            found = money.use(world.rail, one, use)
            assert isinstance(found, RefusedUse)
            assert code in [each.facts["reason"] for each in found.reasons]
        assert money.reconciled(world.rail, [], [own.wallet])[own.wallet].lines == ()

    def test_sends_a_loan_once(self, world: World) -> None:
        first = money.deliver(world.rail, DELIVERIES[0])
        again = money.deliver(world.rail, DELIVERIES[0])

        assert isinstance(first, Hop)
        assert first == again
        assert len(money.statement(world.rail(LENDER.account))) == 1

    def test_stops_where_a_loan_is_refused(self, world: World) -> None:
        control(world.line, "next", {"mood": "refuse"})

        with pytest.raises(NotDeliveredError):
            money.deliver(world.rail, DELIVERIES[0])

    def test_finds_an_entry_that_no_hop_explains(self, world: World) -> None:
        loan = money.deliver(world.rail, DELIVERIES[0])
        assert isinstance(loan, Hop)

        found = money.reconciled(world.rail, [], [DELIVERIES[0].firm.account])

        assert [each.difference_fen for each in found.values()] == [loan.amount_fen]
