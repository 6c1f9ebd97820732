"""Triggers and what they switch; the clean-up call, purchases, residuals."""

from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from tests.plan_kit.quarters import DATES, DAYS, THIRTY
from tests.plan_kit.small_plans import act, collected, plan, tranche
from zhirong.securitization.plan import formulas as f
from zhirong.securitization.plan.actions import Limit, LimitKind, Verb
from zhirong.securitization.plan.formulas import Quantity, Relation
from zhirong.securitization.plan.records import Call, Plan, Stage, Trigger, WhenTested
from zhirong.securitization.waterfall import interpreter
from zhirong.securitization.waterfall.results import PlanRun
from zhirong.securitization.waterfall.timeline import CollectionsError

EVENT = f.Happened("event")
SENIOR_FIRST = (act(Verb.PAY_PRINCIPAL, "senior"), act(Verb.PAY_PRINCIPAL, "junior"))


def trigger(condition: f.Condition = EVENT, **fields: object) -> Trigger:
    return Trigger(**{"key": "trigger", "condition": condition, **fields})


def of(*actions: object, **fields: object) -> Plan:
    zero = (tranche("senior", 100, "0"), tranche("junior", 100, "0"))
    given = {"dates": DATES, "conventions": THIRTY, "tranches": zero, **fields}
    return plan(*actions, **given)


def ran(found: Plan, *yuan: float, happened: tuple[bool, ...] = (), **kinds: object) -> PlanRun:
    pool = collected(found, *yuan, **kinds)
    return interpreter.run(found, pool, rates={}, happened={"event": happened or (False,) * 4})


class TestTriggers:
    def switching(self, **fields: object) -> PlanRun:
        waterfalls = (
            (Stage.NORMAL, (act(Verb.PAY_PRINCIPAL, "senior", "junior"),)),
            (Stage.ACCELERATED, SENIOR_FIRST),
        )
        found = of(waterfalls=waterfalls, triggers=(trigger(stage=Stage.ACCELERATED, **fields),))
        return ran(found, 20, 20, 20, 20, happened=(False, True, False, False))

    def test_that_are_sticky_stay_on(self) -> None:
        found = self.switching()

        assert found.stage == (0, 1, 1, 1)
        assert found.tranches["senior"].principal_paid == (1_000, 2_000, 2_000, 2_000)

    def test_that_are_curable_go_off(self) -> None:
        found = self.switching(is_curable=True)

        assert found.triggers["trigger"] == (False, True, False, False)
        # 70 and 90 are owed in the third and fourth quarters after 2,000 went to the senior.
        assert found.tranches["junior"].principal_paid[1] == 0
        assert found.tranches["junior"].principal_paid[2] > 0

    def test_tested_after_payment_act_on_the_next_date(self) -> None:
        assert self.switching(tested=WhenTested.AFTER_PAYMENT).stage == (0, 0, 1, 1)

    def test_wait_for_tests_in_a_row(self) -> None:
        assert self.switching(in_a_row=2).stage == (0, 0, 0, 0)

    def test_lock_a_step(self) -> None:
        locked = act(Verb.PAY_PRINCIPAL, "junior", when=f.Negation(f.Triggered("trigger")))
        found = ran(
            of(locked, act(Verb.PAY_PRINCIPAL, "senior"), triggers=(trigger(),)),
            20,
            20,
            20,
            20,
            happened=(False, True, True, True),
        )

        assert found.tranches["junior"].principal_paid == (2_000, 0, 0, 0)

    def test_of_cumulative_default_follow_lines_that_rise(self) -> None:
        lines = (f.Step(None, Fraction(5, 100)), f.Step(DAYS[2], Fraction(20, 100)))
        measure = f.Measure
        rule = f.RatioTest(
            measure(Quantity.ALL_DEFAULTED),
            measure(Quantity.POOL_BALANCE_AT_START),
            Relation.ABOVE,
            lines,
        )
        found = of(*SENIOR_FIRST, triggers=(trigger(rule, is_curable=True),))
        run = ran(found, 0, 0, 0, 0, balance=(190, 185, 170, 150), defaulted=(10, 5, 15, 20))

        assert run.triggers["trigger"] == (False, True, False, True)

    def test_by_step_hold_for_the_steps_behind(self) -> None:
        condition = f.AmountTest(
            f.Measure(Quantity.PRINCIPAL_PAID, ("senior",)), Relation.ABOVE, f.Constant(500)
        )
        steps = (
            act(Verb.PAY_PRINCIPAL, "senior", limit=_amount(1_000)),
            act(Verb.TEST_TRIGGERS, "trigger", account=None),
            act(Verb.PAY_PRINCIPAL, "junior", when=f.Triggered("trigger")),
        )
        found = of(*steps, triggers=(trigger(condition, tested=WhenTested.BY_ACTION),))

        assert ran(found, 4, 20, 0, 0).tranches["junior"].principal_paid == (0, 1_000, 0, 0)


def _amount(fen: int) -> Limit:
    return Limit(kind=LimitKind.AMOUNT, amount=f.Constant(fen))


class TestCall:
    def test_sells_the_pool_once_it_is_small(self) -> None:
        pool, start = f.Measure(Quantity.POOL_BALANCE), f.Measure(Quantity.POOL_BALANCE_AT_START)
        when = f.RatioTest(pool, start, Relation.BELOW, (f.Step(None, Fraction(1, 4)),))
        call = Call(when=when, price=Fraction(9, 10), into="cash")
        found = of(*SENIOR_FIRST, call=call)
        run = ran(found, 100, 60, 30, 10, balance=(100, 40, 10, 0))

        # A pool of 200 at the start falls to 40 and is sold for 36; nothing comes in afterwards.
        assert run.tranches["senior"].principal_paid == (10_000, 0, 0, 0)
        assert run.tranches["junior"].principal_paid == (0, 9_600, 0, 0)


class TestPurchases:
    def test_let_the_pool_grow_in_its_proportions(self) -> None:
        early = f.BeforeDay(date(2025, 6, 1))
        steps = (act(Verb.BUY_ASSETS, when=early), *SENIOR_FIRST)
        run = ran(of(*steps), 50, 50, 50, 50, balance=(150, 100, 50, 0))

        # 50 join 150: a third more of everything from then on.
        assert run.bought == (5_000, 0, 0, 0)
        assert run.tranches["senior"].principal_paid == (0, 6_667, 3_333, 0)
        assert run.tranches["junior"].principal_paid == (0, 0, 3_334, 6_666)


class TestResidual:
    def test_is_split_by_shares_without_losing_a_fen(self) -> None:
        third = Fraction(1, 3)
        step = act(Verb.PAY_RESIDUAL, "senior", "junior", "sponsor", shares=(third,) * 3)
        run = ran(of(step), 1, 0, 0, 0)

        assert run.residual == (100, 0, 0, 0)
        assert dict(run.rows[0].parts) == {"senior": 33, "junior": 34, "sponsor": 33}

    def test_of_a_part_leaves_the_rest_for_the_next(self) -> None:
        half = Limit(kind=LimitKind.SHARE_OF_CASH, share=Fraction(1, 2))
        steps = (act(Verb.PAY_RESIDUAL, "senior", limit=half), act(Verb.PAY_RESIDUAL, "junior"))
        run = ran(of(*steps), 1, 0, 0, 0)

        assert run.tranches["senior"].residual_paid[0] == 50
        assert run.tranches["junior"].residual_paid[0] == 50


class TestRun:
    def test_refuses_periods_that_do_not_ascend(self) -> None:
        found = of(*SENIOR_FIRST)
        pool = collected(found, 1, 1, 1, 1)
        turned = type(pool)(
            **{name: getattr(pool, name) for name in pool.__dataclass_fields__ if name != "on"},
            on=pool.on[::-1],
        )

        with pytest.raises(CollectionsError):
            interpreter.run(found, turned, rates={})

    def test_takes_a_block_of_paths_that_part(self) -> None:
        found = of(
            waterfalls=(
                (Stage.NORMAL, SENIOR_FIRST[::-1]),
                (Stage.ACCELERATED, SENIOR_FIRST),
            ),
            triggers=(trigger(stage=Stage.ACCELERATED),),
        )
        pool = collected(found, 10, 10, 10, 10, many=2)
        event = [np.array([False, place > 0]) for place in range(4)]
        run = interpreter.run(found, pool, rates={}, happened={"event": event})

        assert run.tranches["senior"].principal_paid[1].tolist() == [0.0, 1_000.0]
        assert run.tranches["junior"].principal_paid[1].tolist() == [1_000.0, 0.0]
        assert run.stage[1].tolist() == [0.0, 1.0]
