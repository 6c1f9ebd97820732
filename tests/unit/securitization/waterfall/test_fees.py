"""What fees fall due, on what, within which caps."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from tests.plan_kit.quarters import DATES, DAYS, START, THIRTY
from tests.plan_kit.small_plans import act, collected, plan
from zhirong.core.daycounts import DayCount
from zhirong.securitization.plan import formulas as f
from zhirong.securitization.plan.actions import Action, Limit, LimitKind, Verb
from zhirong.securitization.plan.conventions import Measured
from zhirong.securitization.plan.fees import Fee, FeeKind
from zhirong.securitization.plan.formulas import Quantity
from zhirong.securitization.waterfall import interpreter
from zhirong.securitization.waterfall.results import PlanRun

POOL = f.Measure(Quantity.POOL_BALANCE)
PAY = act(Verb.PAY_FEES, "fee")


def ran(fee: Fee, *actions: Action, cash: float = 100, **fields: object) -> PlanRun:
    given = {"dates": DATES, "conventions": THIRTY, "fees": (fee,), **fields}
    found = plan(*(actions or (PAY,)), **given)
    amounts = {"interest": (40, 30, 20, 10), "balance": (800, 600, 300, 0)}
    return interpreter.run(found, collected(found, *[cash] * 4, **amounts), rates={})


def yearly(**fields: object) -> Fee:
    given = {"key": "fee", "kind": FeeKind.ANNUAL_RATE, "rate": Fraction(4, 100), "base": POOL}
    return Fee(**{**given, **fields})


class TestKinds:
    def test_amounts_fall_due_on_their_days(self) -> None:
        dues = ((date(2025, 2, 1), 100), (date(2025, 3, 1), 50), (DAYS[2], 70))
        found = ran(Fee(key="fee", kind=FeeKind.ON_DATES, dues=dues), act(Verb.PAY_FEES_DUE, "fee"))

        assert found.fees["fee"].paid == (150, 0, 70, 0)

    def test_a_share_of_collections_takes_what_came_since(self) -> None:
        kinds = (Quantity.COLLECTED_INTEREST,)
        fee = Fee(key="fee", kind=FeeKind.SHARE_OF_COLLECTIONS, rate=Fraction(3, 103), kinds=kinds)

        # 3 % tax contained in interest: 40 / 1.03 * 0.03 = 1.165.
        assert ran(fee).fees["fee"].paid == (117, 87, 58, 29)

    def test_up_to_a_formula_asks_for_what_is_missing(self) -> None:
        base = f.Share(Fraction(1, 10), f.Measure(Quantity.ALL_COLLECTED_INTEREST))
        fee = Fee(key="fee", kind=FeeKind.UP_TO_FORMULA, rate=Fraction(1), base=base)

        assert ran(fee).fees["fee"].paid == (400, 300, 200, 100)

    @pytest.mark.parametrize(
        ("measured", "paid"),
        [
            # The pool is 900 at the start; a payment date comes ten days after a period's end.
            (Measured.CLOSING, (800, 600, 300, 0)),
            (Measured.OPENING, (900, 800, 600, 300)),
            # 80 days of 900, then 10 of 800 ...; of 90, by days counted, at 4 % / 365.
            (Measured.TIME_WEIGHTED, (877, 776, 572, 270)),
            (Measured.TIME_WEIGHTED_TO_COLLECTION, (789, 710, 539, 270)),
        ],
    )
    def test_a_yearly_rate_is_charged_on_the_balance_that_is_named(
        self, measured: Measured, paid: tuple[int, ...]
    ) -> None:
        found = ran(yearly(measured=measured), cash=100)

        assert found.fees["fee"].paid == paid


class TestPaying:
    def test_only_what_is_due_leaves_a_fee_that_nobody_calculates(self) -> None:
        found = ran(yearly(), act(Verb.PAY_FEES_DUE, "fee"))

        assert found.fees["fee"].paid == (0, 0, 0, 0)

    def test_calculated_apart_is_paid_later(self) -> None:
        steps = (act(Verb.CALCULATE_FEES, "fee", account=None), act(Verb.PAY_FEES_DUE, "fee"))

        assert ran(yearly(), *steps).fees["fee"].paid == (800, 600, 300, 0)

    def test_unpaid_stays_due_or_lapses(self) -> None:
        limit = Limit(kind=LimitKind.AMOUNT, amount=f.Constant(500))
        step = act(Verb.PAY_FEES, "fee", limit=limit)

        assert ran(yearly(), step).fees["fee"].due_after == (300, 400, 200, 0)
        assert ran(yearly(lapses=True), step).fees["fee"].paid == (500, 500, 300, 0)

    def test_keeps_within_its_caps_and_pays_the_rest_behind(self) -> None:
        fee = yearly(cap_each_date_fen=500, cap_each_year_fen=900)
        within = act(Verb.PAY_FEES, "fee")
        found = ran(fee, within)

        # The last date lies in another calendar year.
        assert found.fees["fee"].paid == (500, 400, 0, 500)
        behind = act(Verb.PAY_FEES_DUE, "fee", above_cap=True)
        assert ran(fee, within, behind).fees["fee"].paid == (800, 600, 300, 0)

    def test_counts_days_as_the_fee_says(self) -> None:
        fee = yearly(day_count=DayCount.ACT_360, start=START)

        assert ran(fee).fees["fee"].paid[0] == 800
        assert ran(replace(fee, day_count=DayCount.ACT_365)).fees["fee"].paid[0] == 789
