"""Two matters on one patent set, in any order of acts, answers and days: what always holds.

Whatever people, office, bank and calendar do, in whatever order: books are even, no money without
registration, no right pledged twice, nothing owed on a closed matter, and a log that only grows.
"""

import os
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.quick_house import QuickHouse
from tests.whole_house import FIRM, FIRM_ACCOUNT, registrable, yuan
from zhirong.core.errors import ZhirongError
from zhirong.core.money import Money
from zhirong.ledger import chart
from zhirong.ledger.reconciliation import Match, reconcile
from zhirong.lending.schedules import Form
from zhirong.platform.documents.services import NewFile, upload
from zhirong.platform.filing.blocks import prove_fees
from zhirong.platform.filing.models import Filing, PledgedRight
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.lending import contracts, deciding, drawing, incoming, registering
from zhirong.platform.lending.blocks import release_unblocked
from zhirong.platform.lending.models import Decision, DrawDown, Facility, UnknownEntry
from zhirong.platform.lending.owing import owed
from zhirong.platform.lending.withdrawing import withdraw
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.stages import may_follow
from zhirong.platform.operations import clock, journal
from zhirong.platform.operations.models import LogEntry

Stage, State = Matter.Stage, DrawDown.State
EXAMPLES = int(os.environ.get("ZHIRONG_EXPLORE", "15"))
STEPS = 40
OUT = (State.ORDERED, State.PAID, State.REPAID)
AFTER_REGISTRATION = (
    Stage.REGISTERED, Stage.DRAWN, Stage.REPAID, Stage.RELEASING, Stage.CLOSED,
)  # fmt: skip


def two_appraised(house: QuickHouse) -> tuple[str, str]:
    """Two matters of one firm, which mean to pledge the same patents."""
    numbers = []
    for _ in range(2):
        number = house.applied(tenor_months=3, every_months=1, form=Form.EQUAL_PRINCIPAL)
        house.appraised(number)
        numbers.append(number)
    return numbers[0], numbers[1]


class Loans(RuleBasedStateMachine):
    """Acts may be refused in words; anything else is a fault, and so is a broken invariant."""

    house: QuickHouse
    start: Path
    numbers: tuple[str, str]
    people: dict[str, object]

    def __init__(self) -> None:
        super().__init__()
        self.house.go_back(self.start)
        self.logged = 0
        self.asked = 0

    def attempt(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except ZhirongError:
            return False
        return True

    # The way.

    @initialize(steps=st.sampled_from([0, 3, 6, 7, 7, 7]))
    def begin(self, steps: int) -> None:
        """Most walks begin on the way, where there is more to go wrong."""
        for _ in range(steps):
            self.go_on(0)

    @rule(which=st.integers(0, 1), limit=st.sampled_from(["1000000", "5000000"]))
    def propose(self, which: int, limit: str) -> None:
        matter = Matter.objects.get(number=self.numbers[which])
        terms = deciding.Terms(
            limit=yuan(limit),
            spread_bp=Decimal(60),
            rights=registrable(matter),
            conditions=(),
            reason="订单充足",
        )
        self.attempt(lambda: deciding.propose(matter.number, terms, actor=self.house.risk))

    @rule(
        which=st.integers(0, 1),
        who=st.sampled_from(["risk", "chief", "other"]),
        verdict=st.sampled_from(["approve"] * 6 + ["return", "refuse"]),
    )
    def decide(self, which: int, who: str, verdict: str) -> None:
        number = self.numbers[which]
        version = Matter.objects.get(number=number).proposal_set.count()
        self.attempt(
            lambda: deciding.decide(
                number,
                Decision.Verdict(verdict),
                reason="看过了",
                version=version,
                actor=self.people[who],
            )
        )

    @rule(which=st.integers(0, 1))
    def sign(self, which: int) -> None:
        number = self.numbers[which]
        self.attempt(lambda: contracts.make_contracts(number, actor=self.house.manager))
        self.attempt(lambda: contracts.sign(number, actor=self.house.firm))
        self.attempt(lambda: contracts.sign(number, actor=self.house.chief))

    @rule(which=st.integers(0, 1))
    def file(self, which: int) -> None:
        self._of_filing(which, registering.file)

    @rule(which=st.integers(0, 1))
    def go_on(self, which: int) -> None:
        """What comes next, whatever it is: so that short walks reach far."""
        number = self.numbers[which]
        stage = Matter.objects.get(number=number).stage
        match stage:
            case Stage.APPRAISED:
                self.propose(which, "5000000")
            case Stage.PROPOSED:
                self.decide(which, "other", "approve")
                self.decide(which, "chief", "approve")
            case Stage.APPROVED | Stage.CONTRACTED:
                self.sign(which)
            case Stage.SIGNED:
                self.file(which)
            case Stage.FILED:
                self.send()
                self.days(4)
            case Stage.REGISTERED | Stage.DRAWN:
                self.prove(which)
                self.draw(which, "1500000")
            case Stage.REPAID | Stage.RELEASING:
                self.release(which)
                self.send()
                self.days(2)

    @rule(which=st.integers(0, 1))
    def prove(self, which: int) -> None:
        number = self.numbers[which]
        receipt = NewFile(name="fees.pdf", content=b"%PDF-1.7 fees", media_type="application/pdf")

        def act() -> None:
            (kept,) = upload(number, (receipt,), actor=self.house.firm)
            prove_fees(number, document_id=kept.pk, actor=self.house.clerk)

        self.attempt(act)

    # Money.

    @rule(which=st.integers(0, 1), amount=st.sampled_from(["0.01", "1500000", "5000000"]))
    def draw(self, which: int, amount: str) -> None:
        self.asked += 1
        request = drawing.DrawRequest(
            key=f"draw-{self.asked}",
            amount=yuan(amount),
            payee_name=FIRM[0],
            payee_account=FIRM_ACCOUNT,
        )
        self.attempt(lambda: drawing.ask(self.numbers[which], request, actor=self.house.firm))
        self.order()

    @rule()
    def order(self) -> None:
        for row in DrawDown.objects.filter(state=State.ASKED):
            self.attempt(lambda row=row: release_unblocked(row.number, actor=self.house.manager))

    @rule(mood=st.sampled_from(["refuse", "busy", "lost"]))
    def bank_is_moody(self, mood: str) -> None:
        self.house.bank_app.counterparty.order_next(mood)

    @rule(
        place=st.integers(0, 3),
        part=st.sampled_from(["one fen", "half", "due", "due", "all", "too much"]),
    )
    def repay(self, place: int, part: str) -> None:
        rows = list(DrawDown.objects.filter(state=State.PAID))
        if not rows:
            return
        row = rows[place % len(rows)]
        state = owed(row, on=clock.today())
        fen = {
            "one fen": 1,
            "half": max(state.due // 2, 1),
            "due": max(state.due, 1),
            "all": state.payoff,
            "too much": state.payoff + 12_345,
        }[part]
        self.asked += 1
        self.attempt(
            lambda: incoming.repay(
                row.number,
                amount=Money.of_fen(fen),
                key=f"pay-{self.asked}",
                actor=self.house.firm,
            )
        )

    # Processes and days.

    @rule()
    def send(self) -> None:
        self.attempt(self.house.work)

    @rule(count=st.sampled_from([1, 2, 4, 10, 33]))
    def days(self, count: int) -> None:
        clock.set_day(clock.today() + timedelta(days=count))
        self.attempt(self.house.work)

    # The end.

    def _of_filing(self, which: int, act: Callable[..., object]) -> None:
        number = self.numbers[which]
        filing = Filing.objects.filter(matter__number=number).order_by("id").last()
        if filing is not None:
            self.attempt(lambda: act(number, filing.number, actor=self.house.clerk))

    @rule(which=st.integers(0, 1))
    def release(self, which: int) -> None:
        self._of_filing(which, registering.prepare_release)
        for person in (self.house.firm, self.house.chief):
            self.attempt(lambda person=person: contracts.sign(self.numbers[which], actor=person))
        self._of_filing(which, registering.file_release)

    @rule(which=st.integers(0, 1), is_meant=st.sampled_from([False] * 9 + [True]))
    def withdraw(self, which: int, *, is_meant: bool) -> None:
        if is_meant:
            self.attempt(lambda: withdraw(self.numbers[which], actor=self.house.firm))

    # What always holds.

    @invariant()
    def books_are_even(self) -> None:
        assert ledger.trial().is_even

    @invariant()
    def principal_is_what_is_open(self) -> None:
        for row in DrawDown.objects.all():
            booked = ledger.net_fen(chart.LoanAccounts(row.number).principal)
            if row.state == State.PAID:
                lines = list(row.installments.all())
                paid = sum(line.paid_principal_fen for line in lines)
                assert booked == row.amount_fen - paid
                assert booked == sum(line.principal_fen - line.paid_principal_fen for line in lines)
                names = chart.LoanAccounts(row.number)
                penalty = sum(line.penalty_fen - line.paid_penalty_fen for line in lines)
                compound = sum(line.compound_fen - line.paid_compound_fen for line in lines)
                assert penalty == ledger.net_fen(names.penalty)
                assert compound == ledger.net_fen(names.compound)
            else:
                assert booked == 0

    @invariant()
    def drawn_is_within_the_limit(self) -> None:
        for facility in Facility.objects.all():
            held = facility.draws.exclude(state=State.REFUSED)
            assert sum(held.values_list("amount_fen", flat=True)) <= facility.limit_fen
            out = facility.draws.filter(state__in=(State.PAID, State.REPAID))
            undrawn = ledger.net_fen(chart.FacilityAccounts(facility.number).undrawn)
            stage = Matter.objects.get(pk=facility.matter_id).stage
            if stage in {Stage.WITHDRAWN, Stage.CLOSED}:
                assert undrawn == 0
                assert facility.closed_on is not None
            elif stage in AFTER_REGISTRATION:
                drawn = sum(out.values_list("amount_fen", flat=True))
                assert undrawn == facility.limit_fen - drawn

    @invariant()
    def no_money_before_registration(self) -> None:
        for row in DrawDown.objects.filter(state__in=OUT).select_related("facility__matter"):
            matter = row.facility.matter
            assert matter.stage in AFTER_REGISTRATION
            assert Filing.objects.filter(matter=matter).exclude(registration_no="").exists()

    @invariant()
    def a_right_is_pledged_once(self) -> None:
        live = list(PledgedRight.objects.filter(is_live=True).values_list("number", flat=True))
        assert len(live) == len(set(live))

    @invariant()
    def a_closed_matter_owes_nothing(self) -> None:
        for matter in Matter.objects.filter(stage__in=(Stage.REPAID, Stage.CLOSED)):
            for row in DrawDown.objects.filter(facility__matter=matter):
                names = chart.LoanAccounts(row.number)
                assert [ledger.net_fen(name) for name in names.owed] == [0] * 5
            if matter.stage == Stage.CLOSED:
                assert not PledgedRight.objects.filter(filing__matter=matter, is_live=True)

    @invariant()
    def stages_keep_to_the_way(self) -> None:
        for matter in Matter.objects.all():
            moves = LogEntry.objects.filter(matter=matter, action="stage_reached").order_by("id")
            at = "opened"
            for move in moves:
                before = move.facts["before"].removeprefix("stage.")
                after = move.facts["stage"].removeprefix("stage.")
                assert before == at
                assert may_follow(Stage(before), Stage(after))
                at = after
            assert at == matter.stage

    @invariant()
    def the_log_only_grows(self) -> None:
        count = LogEntry.objects.count()
        assert count >= self.logged
        self.logged = count

    def teardown(self) -> None:
        """All that is under way ends; then the bank's statement is the ledger, to the fen."""
        for _ in range(6):
            self.days(4)
        assert journal.audit().faults == ()
        told = [entry for _, entry in self.house.rail().entries(after=0)]
        found = reconcile(ledger.postings_of(chart.cash("bank")), told)
        strays = set(UnknownEntry.objects.values_list("reference", flat=True))
        for line in found.lines:
            is_stray = line.match is Match.MISSING_IN_LEDGER and line.reference in strays
            assert line.match is Match.MATCHED or is_stray, line


class TestAnyOrder:
    def test_keeps_what_always_holds(self, house: QuickHouse, tmp_path: Path) -> None:
        class Here(Loans):
            """The machine in this house."""

        Here.house = house
        Here.people = {"risk": house.risk, "chief": house.chief, "other": house.other_risk()}
        Here.numbers = two_appraised(house)
        Here.start = tmp_path / "start"
        house.keep(Here.start)
        run_state_machine_as_test(
            Here,
            settings=settings(
                max_examples=EXAMPLES,
                stateful_step_count=STEPS,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
