"""A loan on the platform from application to the last fen, without office and rail."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.people import MONDAY, House
from zhirong.core.money import Money
from zhirong.ledger.rails import OrderState, OrderStatus
from zhirong.lending.schedules import Form
from zhirong.platform.appraisals.models import AppraisalRun, AppraisedRight
from zhirong.platform.documents.services import NewFile, upload
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.ledger.models import Transfer
from zhirong.platform.lending import applying, contracting, day_end, deciding, drawing, receiving
from zhirong.platform.lending.models import Decision, DrawDown, Installment, Proposal
from zhirong.platform.lending.owing import owed
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.services import advance
from zhirong.platform.operations import clock, outbox

YES, BACK, NO = Decision.Verdict.APPROVE, Decision.Verdict.RETURN, Decision.Verdict.REFUSE


def yuan(text: str) -> Money:
    return Money(Decimal(text))


def wish(**changes: object) -> applying.Wish:
    given = {
        "product": "house",
        "amount": yuan("5000000"),
        "tenor_months": 12,
        "form": Form.INTEREST_FIRST,
        "every_months": 3,
        "purpose": "购买注塑原料",
        "account": "3901000000000001",
        "has_credit_query_consent": True,
    }
    return applying.Wish(**(given | changes))


def applied(house: House, **changes: object) -> Matter:
    matter = house.matter()
    upload(
        matter.number,
        (NewFile(name="a.csv", content=b"x", media_type="text/csv"),),
        actor=house.firm,
    )
    applying.apply(matter.number, wish(**changes), actor=house.firm)
    return Matter.objects.get(pk=matter.pk)


def appraised(house: House, covered: str = "3600000") -> Matter:
    matter = applied(house)
    applying.check_qualification(matter.number, actor=house.manager)
    with transaction.atomic():
        job = outbox.ask_watched(
            "appraise", {}, by=house.manager, title="job.appraise", matter_id=matter.pk
        )
    run = AppraisalRun.objects.create(
        matter=matter,
        job=job,
        state=AppraisalRun.State.DONE,
        valuation_date=MONDAY,
        valid_until=MONDAY + timedelta(days=365),
        asked_by_id=house.manager.user_id,
        market_value_fen=1_600_000_000,
        covered_fen=yuan(covered).fen,
    )
    AppraisedRight.objects.create(
        run=run,
        number="2018100000015",
        kind="invention",
        title="阀",
        state="in_force",
        value_fen=1_600_000_000,
        is_registrable=True,
    )
    matter.refresh_from_db()
    with transaction.atomic():
        advance(matter, Matter.Stage.APPRAISED, actor=None)
    return matter


def terms(limit: str = "5000000", **changes: object) -> deciding.Terms:
    given = {
        "limit": yuan(limit),
        "spread_bp": Decimal(60),
        "rights": (),
        "conditions": (),
        "reason": "订单充足",
    }
    return deciding.Terms(**(given | changes))


def approved(house: House) -> Matter:
    matter = appraised(house)
    deciding.propose(matter.number, terms("5000000"), actor=house.risk)
    deciding.decide(matter.number, YES, reason="", version=1, actor=house.chief)
    if Proposal.objects.get().state == Proposal.State.OPEN:
        deciding.decide(matter.number, YES, reason="", version=1, actor=house.second_chief())
    return Matter.objects.get(pk=matter.pk)


def registered(house: House) -> Matter:
    matter = approved(house)
    with transaction.atomic():
        contracting.grant(matter, actor=house.manager)
        contracting.all_signed(matter, actor=house.chief)
        advance(matter, Matter.Stage.FILED, actor=house.clerk)
        advance(matter, Matter.Stage.REGISTERED, actor=None)
    return matter


def request(key: str = "k1", amount: str = "5000000", **changes: object) -> drawing.DrawRequest:
    given = {
        "key": key,
        "amount": yuan(amount),
        "payee_name": "甲公司",
        "payee_account": "3901000000000001",
    }
    return drawing.DrawRequest(**(given | changes))


def answer(draw: DrawDown, state: OrderState, on: date = MONDAY) -> OrderStatus:
    return OrderStatus(
        client_reference=draw.number, rail_reference=f"R{draw.number}", state=state, on=on
    )


def paid(house: House) -> DrawDown:
    matter = registered(house)
    draw = drawing.ask(matter.number, request(), actor=house.firm)
    drawing.release(draw.number, blocks=(), actor=house.manager)
    drawing.take_answer(answer(draw, OrderState.PAID))
    return DrawDown.objects.get(pk=draw.pk)


class TestApply:
    @pytest.mark.parametrize(
        "changes",
        [
            {"amount": yuan("0")},
            {"tenor_months": 37},
            {"tenor_months": 7},
            {"purpose": " "},
            {"account": ""},
            {"has_credit_query_consent": False},
        ],
    )
    def test_says_what_is_missing(self, house: House, changes: dict[str, object]) -> None:
        with pytest.raises(applying.ApplicationError):
            applied(house, **changes)

        assert Matter.objects.get().stage == Matter.Stage.OPENED

    def test_starts_the_count_of_working_days(self, house: House) -> None:
        assert applied(house).applied_on == MONDAY


class TestPropose:
    def test_prints_covered_and_uncovered(self, house: House) -> None:
        matter = appraised(house)

        made = deciding.propose(matter.number, terms(), actor=house.risk)

        assert (made.covered_fen, made.uncovered_fen) == (360_000_000, 140_000_000)
        assert made.quoted_rate == Decimal("0.0360")
        assert made.needs_second

    def test_stays_within_the_policy(self, house: House) -> None:
        matter = appraised(house, covered="1000000")

        with pytest.raises(deciding.DecisionError):
            deciding.propose(matter.number, terms("2500000.01"), actor=house.risk)

    def test_pledges_only_what_can_be_registered(self, house: House) -> None:
        matter = appraised(house)

        with pytest.raises(deciding.DecisionError):
            deciding.propose(matter.number, terms(rights=("999",)), actor=house.risk)

    def test_refuses_a_value_that_is_no_longer_valid(self, house: House) -> None:
        matter = appraised(house)
        AppraisalRun.objects.update(valid_until=MONDAY - timedelta(days=1))

        with pytest.raises(deciding.DecisionError):
            deciding.propose(matter.number, terms(), actor=house.risk)


class TestDecide:
    def test_takes_two_others_above_the_limit_of_one(self, house: House) -> None:
        matter = appraised(house)
        deciding.propose(matter.number, terms(), actor=house.risk)

        deciding.decide(matter.number, YES, reason="", version=1, actor=house.other_risk())
        assert Matter.objects.get().stage == Matter.Stage.PROPOSED

        deciding.decide(matter.number, YES, reason="", version=1, actor=house.chief)
        assert Matter.objects.get().stage == Matter.Stage.APPROVED

    def test_lets_nobody_approve_the_own_proposal_or_twice(self, house: House) -> None:
        matter = appraised(house)
        deciding.propose(matter.number, terms(), actor=house.risk)

        with pytest.raises(deciding.DecisionError):
            deciding.decide(matter.number, YES, reason="", version=1, actor=house.risk)
        deciding.decide(matter.number, YES, reason="", version=1, actor=house.chief)
        with pytest.raises(deciding.DecisionError):
            deciding.decide(matter.number, YES, reason="", version=1, actor=house.chief)

    def test_returns_to_the_author_who_proposes_anew(self, house: House) -> None:
        matter = appraised(house)
        deciding.propose(matter.number, terms(), actor=house.risk)
        deciding.decide(matter.number, BACK, reason="降低额度", version=1, actor=house.chief)

        made = deciding.propose(matter.number, terms("3000000"), actor=house.risk)

        assert made.version == 2

    def test_refuses_for_good(self, house: House) -> None:
        matter = appraised(house)
        deciding.propose(matter.number, terms(), actor=house.risk)

        deciding.decide(matter.number, NO, reason="行业下行", version=1, actor=house.chief)

        assert Matter.objects.get().stage == Matter.Stage.REFUSED

    def test_decides_only_what_was_read(self, house: House) -> None:
        matter = appraised(house)
        deciding.propose(matter.number, terms(), actor=house.risk)

        with pytest.raises(deciding.DecisionError):
            deciding.decide(matter.number, YES, reason="", version=2, actor=house.chief)


class TestAsk:
    def test_never_draws_twice_for_one_key(self, house: House) -> None:
        matter = registered(house)
        first = drawing.ask(matter.number, request(), actor=house.firm)

        assert drawing.ask(matter.number, request(), actor=house.firm) == first
        assert DrawDown.objects.count() == 1

    def test_counts_what_was_asked_before(self, house: House) -> None:
        matter = registered(house)
        drawing.ask(matter.number, request("k1", "3000000"), actor=house.firm)

        with pytest.raises(drawing.DrawDownError):
            drawing.ask(matter.number, request("k2", "2000000.01"), actor=house.firm)

    def test_pays_an_invoice_once(self, house: House) -> None:
        matter = registered(house)
        drawing.ask(matter.number, request("k1", "100", invoice_number="F1"), actor=house.firm)

        with pytest.raises(drawing.DrawDownError):
            drawing.ask(matter.number, request("k2", "100", invoice_number="F1"), actor=house.firm)


class TestTakeAnswer:
    def test_books_a_payment_once(self, house: House) -> None:
        draw = paid(house)
        count = Transfer.objects.count()

        drawing.take_answer(answer(draw, OrderState.PAID))

        assert Transfer.objects.count() == count
        assert ledger.net_fen(f"loan/{draw.number}/principal") == 500_000_000
        assert Matter.objects.get().stage == Matter.Stage.DRAWN
        lines = Installment.objects.filter(draw=draw)
        assert sum(line.principal_fen for line in lines) == 500_000_000

    def test_frees_the_room_of_a_refused_payment(self, house: House) -> None:
        matter = registered(house)
        draw = drawing.ask(matter.number, request(), actor=house.firm)
        drawing.release(draw.number, blocks=(), actor=house.manager)

        drawing.take_answer(answer(draw, OrderState.REFUSED))

        assert ledger.net_fen(f"facility/{draw.facility.number}/undrawn") == 500_000_000
        assert ledger.net_fen(f"loan/{draw.number}/principal") == 0
        assert DrawDown.objects.get().state == DrawDown.State.REFUSED


def pass_days(until: date) -> None:
    clock.set_day(until)
    for day in day_end.days_waiting():
        day_end.end_day(day)


class TestEndDay:
    def test_accrues_exactly_the_installments_interest(self, house: House) -> None:
        draw = paid(house)
        first = draw.installments.all()[0]

        pass_days(first.end)

        assert ledger.net_fen(f"loan/{draw.number}/interest") == first.interest_fen

    def test_does_a_day_once(self, house: House) -> None:
        paid(house)
        pass_days(MONDAY + timedelta(days=10))
        count = Transfer.objects.count()

        assert day_end.end_day(MONDAY + timedelta(days=3)) == 0
        assert Transfer.objects.count() == count


class TestReceive:
    def repay(self, draw: DrawDown, fen: int, reference: str, on: date) -> None:
        receiving.receive(
            draw.number, amount=Money.of_fen(fen), reference=reference, received_on=on, by=None
        )

    def test_pays_every_installment_and_ends_the_loan(self, house: House) -> None:
        draw = paid(house)
        for line in list(draw.installments.all()):
            pass_days(line.due_on)
            fen = line.principal_fen + line.interest_fen
            self.repay(draw, fen, f"in{line.number}", line.due_on)

        draw.refresh_from_db()
        assert draw.state == DrawDown.State.REPAID
        assert Matter.objects.get().stage == Matter.Stage.REPAID
        for part in ("principal", "interest", "penalty", "compound", "unallocated"):
            assert ledger.net_fen(f"loan/{draw.number}/{part}") == 0

    def test_ends_the_loan_early_at_the_payoff(self, house: House) -> None:
        draw = paid(house)
        day = MONDAY + timedelta(days=40)
        pass_days(day)
        payoff = owed(draw, on=day).payoff

        self.repay(draw, payoff, "all", day)

        draw.refresh_from_db()
        # 5,000,000 x 3.60 % x 40 days / 360
        assert payoff == 500_000_000 + 2_000_000
        assert draw.state == DrawDown.State.REPAID
        assert ledger.net_fen(f"loan/{draw.number}/interest") == 0

    def test_charges_penalty_on_what_is_late(self, house: House) -> None:
        draw = paid(house)
        last = draw.installments.order_by("-number")[0]
        day = last.due_on + timedelta(days=10)
        pass_days(day)
        state = owed(draw, on=day)

        self.repay(draw, state.principal + state.due_interest, "late", day)

        # 5,000,000 x 3.60 % x 1.5 x 10 days / 360, charged before principal is paid
        penalty = Transfer.objects.filter(event="penalty_charged")
        assert sum(row.amount_fen for row in penalty) == 750_000
        assert ledger.net_fen(f"loan/{draw.number}/penalty") == 0
        assert ledger.net_fen(f"loan/{draw.number}/principal") > 0

    def test_keeps_what_pays_nothing_for_the_next_claim(self, house: House) -> None:
        draw = paid(house)
        first = draw.installments.all()[0]
        self.repay(draw, 100_00, "early", MONDAY + timedelta(days=1))
        assert ledger.net_fen(f"loan/{draw.number}/unallocated") == 100_00

        pass_days(first.due_on + timedelta(days=1))

        assert ledger.net_fen(f"loan/{draw.number}/unallocated") == 0
        assert draw.installments.all()[0].paid_interest_fen == 100_00

    def test_books_a_reference_once(self, house: House) -> None:
        draw = paid(house)
        for _ in range(2):
            self.repay(draw, 100, "twice", MONDAY + timedelta(days=1))
        with pytest.raises(receiving.ReceiptError):
            self.repay(draw, 101, "twice", MONDAY + timedelta(days=1))

        assert draw.receipts.count() == 1


class TestTables:
    def test_hold_no_second_open_proposal(self, house: House) -> None:
        matter = appraised(house)
        made = deciding.propose(matter.number, terms(), actor=house.risk)
        made.pk, made.version, made._state.adding = None, 2, True

        with pytest.raises(IntegrityError), transaction.atomic():
            made.save(force_insert=True)
