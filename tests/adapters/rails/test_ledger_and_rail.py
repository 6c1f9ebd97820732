"""Draw-downs through the ledger over a rail: held, sent, confirmed or freed, and reconciled."""

from pathlib import Path

import pytest

from tests.ledgers import FACILITY, LOAN, booked, draw, house, payment
from tests.payments import order
from tests.rail_worlds import World, fake, sandbox
from zhirong.ledger import chart, plans
from zhirong.ledger.books import Ledger, replay
from zhirong.ledger.rails import OrderState, RailDownError, send_once
from zhirong.ledger.reconciliation import Match, postings, reconcile
from zhirong.ledger.transfers import Transfer
from zhirong.ledger.trial_balance import trial_balance


@pytest.fixture(params=["bank", "ecny", "fake"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    return fake() if request.param == "fake" else sandbox(request.param, tmp_path)


def draw_down(ledger: Ledger, world: World, reference: str, fen: int) -> tuple[Transfer, ...]:
    """What a service does: hold, ask and send until there is a final word, post or free."""
    legs = plans.draw_ordered(draw(reference, fen, payment=payment(reference)))
    ordered = booked(ledger, f"order {reference}", *legs)
    try:
        status = world.rail.send(order(reference, amount_fen=fen))
    except RailDownError:
        status = send_once(world.rail, order(reference, amount_fen=fen))
    is_paid = status.state is OrderState.PAID
    answer = plans.confirmed(ordered) if is_paid else plans.refused(ordered)
    return booked(ledger, f"answer {reference}", *answer)


class TestDrawDowns:
    def test_end_posted_or_freed_and_agree_with_the_rail_to_the_fen(self, world: World) -> None:
        ledger = house()
        booked(ledger, "open", *plans.facility_opened(FACILITY, limit_fen=1_000_000))
        for reference, mood in (("A", ""), ("B", "lost"), ("C", "refuse"), ("D", "busy")):
            if mood:
                world.next_order(mood)
            draw_down(ledger, world, reference, 1_000)

        told = [entry for _, entry in world.rail.entries(after=0)]
        found = reconcile(postings(chart.cash("bank"), ledger.rows), told)

        assert found.is_clean
        assert [line.reference for line in found.lines] == ["A", "B", "D"]
        principal = ledger.balance(chart.LoanAccounts(LOAN).principal)
        assert (principal.debits_posted, principal.debits_pending) == (3_000, 0)
        assert trial_balance(ledger.accounts, ledger.balances).is_even
        again = replay(ledger.accounts, ledger.rows)
        assert again.balances.to_bytes() == ledger.balances.to_bytes()

    def test_that_were_sent_twice_behind_our_back_are_seen(self, world: World) -> None:
        ledger = house()
        booked(ledger, "open", *plans.facility_opened(FACILITY, limit_fen=1_000_000))
        draw_down(ledger, world, "A", 1_000)
        world.rail.send(order("STRAY", amount_fen=55))

        told = [entry for _, entry in world.rail.entries(after=0)]
        found = reconcile(postings(chart.cash("bank"), ledger.rows), told)

        (stray,) = found.of(Match.MISSING_IN_LEDGER)
        assert (stray.reference, found.difference_fen) == ("STRAY", -55)
