"""What tranches are owed, by hand: schedules, bullets, accrual, floating rates, unpaid interest."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from tests.plan_kit.quarters import DATES, DAYS, THIRTY
from tests.plan_kit.small_plans import act, collected, plan, tranche
from zhirong.securitization.plan import formulas as f
from zhirong.securitization.plan.actions import Limit, LimitKind, Order, Verb
from zhirong.securitization.plan.conventions import InterestOnUnpaid, ResetAccrual
from zhirong.securitization.plan.formulas import Quantity
from zhirong.securitization.plan.records import Plan
from zhirong.securitization.plan.tranches import (
    Floating,
    Principal,
    PrincipalKind,
    StepUp,
    Tranche,
)
from zhirong.securitization.waterfall import interpreter
from zhirong.securitization.waterfall.results import PlanRun


def ran(found: Plan, *yuan: float, rates: interpreter.IndexPaths | None = None) -> PlanRun:
    return interpreter.run(found, collected(found, *yuan), rates=rates or {})


def of(*tranches: Tranche, **fields: object) -> Plan:
    """Interest and principal of all in their order, four quarters, 30/360."""
    keys = [each.key for each in tranches]
    steps = [act(Verb.PAY_INTEREST, *keys), *(act(Verb.PAY_PRINCIPAL, key) for key in keys)]
    given = {"dates": DATES, "conventions": THIRTY, "tranches": tranches, **fields}
    return plan(*steps, **given)


class TestPrincipal:
    def test_of_a_schedule_goes_down_to_the_target(self) -> None:
        targets = ((DAYS[0], 8_000), (DAYS[2], 0))
        terms = Principal(kind=PrincipalKind.SCHEDULED, schedule=targets)
        found = ran(of(tranche("a", 100, "0", principal=terms), tranche("b", 50, "0")), *[60] * 4)

        assert found.tranches["a"].principal_paid == (2_000, 0, 8_000, 0)
        assert found.tranches["b"].principal_paid == (4_000, 1_000, 0, 0)

    def test_of_a_bullet_waits_for_its_day(self) -> None:
        terms = Principal(kind=PrincipalKind.BULLET, start=DAYS[2])
        found = ran(of(tranche("a", 100, "0", principal=terms)), *[60] * 4)

        assert found.tranches["a"].principal_paid == (0, 0, 10_000, 0)
        assert found.accounts["cash"].balance == (6_000, 12_000, 8_000, 14_000)

    def test_that_was_never_paid_is_a_loss_on_the_last_date(self) -> None:
        found = ran(of(tranche("a", 100, "0")), 30, 30, 0, 0)

        assert found.tranches["a"].loss == (0, 0, 0, 4_000)

    def test_of_a_schedule_ends_once_its_companion_is_paid(self) -> None:
        terms = Principal(
            kind=PrincipalKind.SCHEDULED,
            schedule=((DAYS[0], 9_000),),
            while_outstanding=("b",),
        )
        found = ran(of(tranche("b", 40, "0"), tranche("a", 100, "0", principal=terms)), *[60] * 4)

        assert found.tranches["a"].principal_paid == (2_000, 6_000, 2_000, 0)

    def test_written_down_is_a_loss(self) -> None:
        limit = Limit(kind=LimitKind.AMOUNT, amount=f.Measure(Quantity.LOST))
        steps = (
            act(Verb.PAY_PRINCIPAL, "senior"),
            act(Verb.WRITE_DOWN, "junior", "senior", account=None, limit=limit),
        )
        small = plan(*steps, dates=DATES)
        pool = collected(small, 10, 10, 10, 10, lost=(15, 15, 0, 0))
        found = interpreter.run(small, pool, rates={})

        assert found.tranches["junior"].loss == (1_500, 500, 0, 0)
        assert found.tranches["senior"].loss[1] == 1_000


class TestInterest:
    def test_accrues_to_the_balance_of_an_accrual_tranche(self) -> None:
        z = Principal(kind=PrincipalKind.ACCRUAL, while_outstanding=("a",))
        found = ran(of(tranche("a", 100, "0"), tranche("z", 100, "0.04", principal=z)), *[60] * 4)

        # 100 and 101.00 grow by a quarter of 4 %; from the date on which a is paid, z is paid.
        assert found.tranches["z"].balance[0] == 10_100
        assert found.tranches["z"].interest_paid[:2] == (0, 0)
        assert found.tranches["z"].principal_paid[1] == 2_000
        assert found.tranches["z"].interest_paid[2] == 82

    def test_of_a_notional_follows_it(self) -> None:
        terms = Principal(
            kind=PrincipalKind.INTEREST_ONLY,
            notional=f.Measure(Quantity.TRANCHE_BALANCE, ("a",)),
        )
        strip = tranche("io", 0, "0.04", principal=terms)
        found = ran(of(tranche("a", 100, "0"), strip), 20, 60, 60, 60)

        assert found.tranches["io"].interest_paid == (100, 81, 22, 0)
        assert found.tranches["io"].loss == (0, 0, 0, 0)

    def test_left_unpaid_earns_what_the_plan_says(self) -> None:
        earning = replace(THIRTY, interest_on_unpaid=InterestOnUnpaid.TRANCHE_RATE)
        none, own = (
            ran(of(tranche("a", 100, "0.08"), conventions=word), 0, 0, 0, 200).tranches["a"]
            for word in (THIRTY, earning)
        )

        assert none.interest_paid == (0, 0, 0, 800)
        # 2.00 a quarter; 0.04, 0.08, 0.12 on what stands unpaid.
        assert own.interest_paid == (0, 0, 0, 824)
        assert own.unpaid_interest_due == (0, 4, 12, 0)

    def test_follows_the_index_between_floor_and_cap(self) -> None:
        path = (
            (date(2025, 1, 1), Fraction(3, 100)),
            (date(2025, 6, 1), Fraction(9, 100)),
            (date(2025, 9, 1), Fraction(0)),
        )
        floating = Floating(
            index="LPR1Y",
            margin=Fraction(1, 100),
            resets=DAYS,
            cap=Fraction(5, 100),
            floor=Fraction(2, 100),
        )
        found = ran(
            of(tranche("a", 400, "0.01", floating=floating)), *[0.0] * 4, rates={"LPR1Y": path}
        )

        assert found.tranches["a"].interest_short == (100, 500, 1_000, 1_200)

    def test_of_a_reset_inside_a_period_counts_by_the_word_of_the_plan(self) -> None:
        path = ((date(2025, 1, 1), Fraction(8, 100)),)
        middle = Floating(index="LPR1Y", margin=Fraction(0), resets=(date(2025, 2, 16),))
        short = [
            ran(
                of(
                    tranche("a", 100, "0.04", floating=middle),
                    conventions=replace(THIRTY, reset_accrual=word),
                ),
                *[0.0] * 4,
                rates={"LPR1Y": path},
            )
            .tranches["a"]
            .interest_short[0]
            for word in (ResetAccrual.RESET_DATE, ResetAccrual.NEXT_PERIOD)
        ]

        assert short == [150, 100]

    def test_steps_up(self) -> None:
        up = (StepUp(start=DAYS[1], margin=Fraction(4, 100)),)
        found = ran(of(tranche("a", 100, "0.04", step_ups=up)), *[0.0] * 4)

        assert found.tranches["a"].interest_short == (100, 200, 400, 600)
        assert found.tranches["a"].rate[3] == Fraction(8, 100)

    def test_counts_from_the_issue_day_of_the_tranche(self) -> None:
        early = tranche("a", 100, "0.04", accrues_from=date(2024, 10, 1))

        assert ran(of(early), *[0.0] * 4).tranches["a"].interest_short[0] == 200


class TestOrder:
    def test_is_pro_rata_or_one_after_the_other(self) -> None:
        found = []
        for order in (Order.PRO_RATA, Order.IN_ORDER):
            step = act(Verb.PAY_PRINCIPAL, "senior", "junior", order=order)
            run = ran(plan(step), 60)
            found.append([run.tranches[key].principal_paid[0] for key in ("senior", "junior")])

        assert found == [[5_000, 1_000], [6_000, 0]]
