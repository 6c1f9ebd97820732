"""The process ends at points of payments over both rails: nothing lost, nothing twice.

Digital yuan goes out bound, on to a supplier and back when its time is over; the firm pays too
much from its account and gets the rest back.
"""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.crashes import CrashAfter, crashing
from tests.journeys_in_steps import Step, draw, go
from tests.money_house import QuickMoneyHouse, bill, use
from tests.platform_state import differences
from tests.quick_house import Memory
from tests.whole_house import FIRM, FIRM_ACCOUNT, yuan
from zhirong.core.money import Money
from zhirong.ledger import chart
from zhirong.ledger.reconciliation import reconcile
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.lending import drawing, incoming, refunding, suppliers
from zhirong.platform.lending.models import DrawDown, Receipt, Refund, UnknownEntry
from zhirong.platform.lending.owing import owed
from zhirong.platform.operations import clock, journal

# Every third point, or each of them by ZHIRONG_EXPLORE.
STRIDE = 1 if "ZHIRONG_EXPLORE" in os.environ else 3


@pytest.fixture
def house(
    database: None, memory: Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> QuickMoneyHouse:
    return QuickMoneyHouse(tmp_path, monkeypatch, memory)


def steps(house: QuickMoneyHouse) -> Iterator[Step]:
    number = house.ready(pay_by="ecny")
    wanted = drawing.DrawRequest(
        key="draw",
        amount=yuan("1000000"),
        payee_name=FIRM[0],
        payee_account=FIRM_ACCOUNT,
        use=use(days=10),
    )
    yield Step(name="ask", act=lambda: drawing.ask(number, wanted, actor=house.firm))
    yield Step(
        name="release",
        act=lambda: drawing.release(draw().number, blocks=(), actor=house.manager),
    )
    paid = bill("300000")
    yield Step(
        name="pay the supplier", act=lambda: suppliers.pay(draw().number, paid, actor=house.firm)
    )
    after = clock.today() + timedelta(days=11)
    yield Step(name="its time is over", act=lambda: clock.set_day(after))
    fen = owed(draw(), on=clock.today()).payoff + 500_000
    yield Step(
        name="pay too much",
        act=lambda: incoming.repay(
            draw().number, amount=Money.of_fen(fen), key="all", actor=house.firm
        ),
    )
    yield Step(name="hear")
    reference = Refund.objects.get().reference
    yield Step(
        name="release the refund", act=lambda: refunding.release(reference, actor=house.manager)
    )


class TestPayments:
    def test_are_the_same_wherever_the_process_ends(
        self, house: QuickMoneyHouse, tmp_path: Path
    ) -> None:
        walked = []
        for count, step in enumerate(steps(house)):
            before = tmp_path / "kept" / str(count)
            house.keep(before)
            points = CrashAfter()
            with crashing(points):
                go(step, house)
            walked.append((step, before, len(points.points), house.state()))

        assert draw().state == DrawDown.State.REPAID
        assert Refund.objects.get().state == Refund.State.PAID
        assert sorted(Receipt.objects.values_list("rail", flat=True)) == ["bank", "ecny"]
        assert not UnknownEntry.objects.exists()
        for rail, line in (("bank", house.rail()), ("ecny", house.operator())):
            told = [entry for _, entry in line.entries(after=0)]
            assert reconcile(ledger.postings_of(chart.cash(rail)), told).is_clean
        assert ledger.trial().is_even
        assert journal.audit().faults == ()

        wrong = []
        for step, before, points, behind in walked:
            for at in range(1, points + 1, STRIDE):
                house.go_back(before)
                with crashing(CrashAfter(at)):
                    go(step, house)
                wrong += [
                    f"{step.name} ({at}): {line}" for line in differences(behind, house.state())[:5]
                ]
        assert not wrong, "\n".join(wrong[:40])
        assert sum(points for _, _, points, _ in walked) > 80
