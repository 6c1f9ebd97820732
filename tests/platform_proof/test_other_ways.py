"""Ways that do not go straight: refused, sent back, and counterparties that are away or moody."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.journeys_in_steps import Loan
from tests.quick_house import QuickHouse
from tests.whole_house import FIRM, OWN_ACCOUNT, registrable, yuan
from zhirong.adapters.offices.sandbox import temper as office_temper
from zhirong.adapters.rails.sandbox import temper as rail_temper
from zhirong.core.money import Money
from zhirong.filing.forms import Insistence
from zhirong.filing.office import OfficeDownError
from zhirong.ledger import chart
from zhirong.ledger.reconciliation import Entry, reconcile
from zhirong.parameters.calendars import china
from zhirong.parameters.reader import Parameters
from zhirong.platform.filing import mending
from zhirong.platform.filing.coding import contract_of
from zhirong.platform.filing.models import Filing, HeardNotice, PledgedRight, SentAct
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.ledger.models import Transfer
from zhirong.platform.lending import contracts, deciding, incoming
from zhirong.platform.lending.models import Decision, DrawDown, Facility
from zhirong.platform.lending.owing import owed
from zhirong.platform.lending.withdrawing import withdraw
from zhirong.platform.matters.models import Matter
from zhirong.platform.operations import clock, journal
from zhirong.platform.operations.models import Outbox

Stage = Matter.Stage


def signed(house: QuickHouse) -> str:
    number = house.applied()
    house.appraised(number)
    house.approved(number)
    house.signed(number)
    return number


def days(house: QuickHouse, count: int) -> None:
    for _ in range(count):
        clock.next_working_day()
        house.work_patiently()


def stage() -> str:
    return Matter.objects.get().stage


def at_the_office(filing: Filing, **changes: Any) -> dict[str, Any]:
    """The first right of a filing as the office's register has it."""
    right = contract_of(filing).rights[0]
    given = {
        "registry": "patent",
        "number": right.number,
        "name": right.name,
        "kind": right.kind,
        "owners": [FIRM[0]],
        "filing_date": right.filing_date.isoformat(),
        "granted_on": right.grant_date.isoformat(),
    }
    return given | changes


def assert_sound() -> None:
    assert ledger.trial().is_even
    for facility in Facility.objects.filter(matter__closed_on__isnull=False):
        assert ledger.net_fen(f"facility/{facility.number}/undrawn") == 0
    assert journal.audit().faults == ()
    assert not Outbox.objects.filter(done_at=None).exists()


class TestRefusedByTheBank:
    def test_ends_with_nothing_bound_and_nothing_booked(self, house: QuickHouse) -> None:
        number = house.applied()
        house.appraised(number)
        terms = deciding.Terms(
            limit=yuan("5000000"),
            spread_bp=Decimal(60),
            rights=registrable(Matter.objects.get()),
            conditions=(),
            reason="订单充足",
        )
        deciding.propose(number, terms, actor=house.risk)
        no = Decision.Verdict.REFUSE
        deciding.decide(number, no, reason="行业下行", version=1, actor=house.chief)
        days(house, 3)

        assert stage() == Stage.REFUSED
        assert Matter.objects.get().closed_on is not None
        assert not Filing.objects.exists()
        assert not Transfer.objects.exists()
        assert_sound()


class TestRefusedByTheOffice:
    def refused(self, house: QuickHouse) -> str:
        """Another lender's pledge stands in the office's register, and nobody here knew."""
        number = signed(house)
        right = at_the_office(Filing.objects.get())
        pledge = {
            "registration_no": "Y2026000000001",
            "registry": "patent",
            "rights": [right["number"]],
            "pledgors": [FIRM[0]],
            "pledgee": "另一家银行",
            "amount_fen": 100,
            "registered_on": "2026-01-05",
        }
        house.office().control("seed", rights=[right], pledges=[pledge])
        house.filed(number)
        days(house, 4)
        return number

    def test_goes_back_to_signing_with_its_rights_free(self, house: QuickHouse) -> None:
        self.refused(house)

        assert stage() == Stage.CONTRACTED
        assert sorted(Filing.objects.values_list("state", flat=True)) == ["draft", "refused"]
        assert not PledgedRight.objects.filter(is_live=True).exists()
        grounds = HeardNotice.objects.get(kind="refused").grounds
        assert [ground["code"] for ground in grounds] == ["461.11.9"]
        assert not DrawDown.objects.exists()
        assert_sound()

    def test_can_be_given_up(self, house: QuickHouse) -> None:
        number = self.refused(house)

        withdraw(number, actor=house.firm)

        assert stage() == Stage.WITHDRAWN
        assert_sound()

    def test_can_be_signed_and_filed_again(self, house: QuickHouse) -> None:
        number = self.refused(house)
        store = house.office_app.office.store
        with store.transaction():
            # The other lender's pledge has been released.
            store._rows("DELETE FROM pledged")

        contracts.sign(number, actor=house.firm)
        contracts.sign(number, actor=house.chief)
        house.registered(number)
        house.proved(number)
        draw = house.drawn(number)
        house.repaid(draw)
        house.released(number)

        assert stage() == Stage.CLOSED
        opened = Transfer.objects.filter(event="facility_opened")
        assert opened.count() == 1
        assert SentAct.objects.filter(kind="establish").count() == 2
        assert_sound()


class TestSentBack:
    def test_is_mended_signed_again_and_registered(self, house: QuickHouse) -> None:
        number = signed(house)
        filing = Filing.objects.get()
        right = at_the_office(filing, is_under_invalidation=True)
        house.office().control("seed", rights=[right])
        house.filed(number)
        days(house, 4)
        filing.refresh_from_db()
        assert filing.state == "correction"
        assert filing.respond_by is not None
        assert stage() == Stage.FILED

        insists = (Insistence(right=right["number"], ground="under_invalidation"),)
        mended = mending.Mending(same_day_statement=True, insists=insists)
        again = mending.mend(number, filing.number, mended, actor=house.clerk)
        assert again
        contracts.sign(number, actor=house.firm)
        contracts.sign(number, actor=house.chief)
        house.registered(number)
        house.proved(number)
        draw = house.drawn(number)
        house.repaid(draw)
        house.released(number)

        kinds = sorted(SentAct.objects.values_list("kind", flat=True))
        assert kinds == ["cancel", "correct", "establish"]
        assert stage() == Stage.CLOSED
        assert_sound()


class TestAnOfficeThatIsDown:
    def test_gets_the_act_the_day_it_is_back(self, house: QuickHouse) -> None:
        number = signed(house)
        back = china().plus_workdays(clock.today(), 1)
        house.office().control("down", until=back.isoformat())

        with pytest.raises(OfficeDownError):
            house.filed(number)
        house.work_patiently()
        assert SentAct.objects.get().office_reference == ""
        assert stage() == Stage.FILED

        days(house, 4)
        assert stage() == Stage.REGISTERED
        assert SentAct.objects.get().office_reference
        assert_sound()

    def test_delays_a_release_and_nothing_else(self, house: QuickHouse) -> None:
        draw = house.to_money()
        house.repaid(draw)
        back = clock.today() + timedelta(days=1)
        house.office().control("down", until=back.isoformat())

        with pytest.raises(OfficeDownError):
            house.released(Matter.objects.get().number)
        days(house, 4)

        assert stage() == Stage.CLOSED
        assert_sound()


class TestMoodyCounterparties:
    @pytest.mark.parametrize("seed", range(4))
    def test_lose_and_double_nothing(
        self, house: QuickHouse, monkeypatch: pytest.MonkeyPatch, seed: int
    ) -> None:
        """Down days, lost answers, late, doubled and shuffled news; yet one of each."""
        day = clock.today()
        house.office_temper = office_temper.temper("lively", seed=seed, on=day)
        house.rail_temper = rail_temper.named("lively", seed=seed, on=day, parameters=Parameters())
        house.open_counterparties(house.place)

        for step in Loan(house).steps():
            if step.name == "prepare the release":
                self.pay_off(house)
            if step.act is not None:
                step.act()
            house.work_patiently()
            if step.name == "release the money":
                days(house, 10)

        draw = DrawDown.objects.get()
        assert Filing.objects.get().state == "canceled"
        # Out went the loan, and what came above the debt went back: each of them once.
        assert [entry.amount_fen for entry in told(house) if entry.amount_fen < 0] == [
            -draw.amount_fen,
            *(-refund.amount_fen for refund in draw.refunds.order_by("pk")),
        ]
        paid_back = sum(refund.amount_fen for refund in draw.refunds.all())
        assert paid_back <= 100_000  # what `pay_off` pays too much, and no more
        assert reconcile(ledger.postings_of(chart.cash("bank")), told(house)).is_clean
        assert len(set(HeardNotice.objects.values_list("notice_no"))) == HeardNotice.objects.count()
        assert sorted(SentAct.objects.values_list("kind", flat=True)) == ["cancel", "establish"]
        assert stage() == Stage.CLOSED
        assert_sound()

    def pay_off(self, house: QuickHouse) -> None:
        """What came late has cost something: the firm pays until nothing is owed."""
        for place in range(6):
            days(house, 10)
            draw = DrawDown.objects.get()
            if draw.state == DrawDown.State.REPAID:
                return
            state = owed(draw, on=clock.today())
            incoming.repay(
                draw.number,
                amount=Money.of_fen(state.payoff + 100_000),
                key=f"rest-{place}",
                actor=house.firm,
            )
        raise AssertionError("the loan never ends")


def told(house: QuickHouse) -> list[Entry]:
    """What the bank's own file says of our account, once a number."""
    store = house.bank_app.counterparty.store
    account = store.account("bank", OWN_ACCOUNT)
    assert account is not None
    return [entry for _, entry in store.entries(account, after=0)]
