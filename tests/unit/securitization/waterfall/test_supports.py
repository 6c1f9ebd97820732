"""Who pays what is short: reserve, facility, shortfall payer and guarantor; swaps and caps."""

from dataclasses import replace
from fractions import Fraction

from tests.plan_kit.quarters import DATES, DAYS, THIRTY
from tests.plan_kit.small_plans import act, collected, plan, tranche
from zhirong.securitization.plan import formulas as f
from zhirong.securitization.plan.actions import Verb
from zhirong.securitization.plan.formulas import Quantity
from zhirong.securitization.plan.records import Account, Plan
from zhirong.securitization.plan.supports import Hedge, HedgeKind, Leg, Support, SupportKind
from zhirong.securitization.waterfall import interpreter
from zhirong.securitization.waterfall.results import PlanRun

NOTE = tranche("a", 100, "0.08")
PAYER = Support(key="payer", kind=SupportKind.SHORTFALL_PAYER)
GUARANTOR = Support(key="guarantor", kind=SupportKind.GUARANTOR, limit_fen=300)
FACILITY = Support(
    key="facility",
    kind=SupportKind.LIQUIDITY_FACILITY,
    limit_fen=1_000,
    rate=Fraction(12, 100),
    commitment_rate=Fraction(4, 100),
    revolves=True,
)


def of(*actions: object, **fields: object) -> Plan:
    given = {"dates": DATES, "conventions": THIRTY, "tranches": (NOTE,), **fields}
    return plan(*actions, **given)


def ran(found: Plan, *yuan: float, **more: object) -> PlanRun:
    return interpreter.run(found, collected(found, *yuan), rates={}, **more)


class TestSupports:
    def test_pay_in_their_order_what_the_account_lacks(self) -> None:
        small = of(
            act(Verb.PAY_INTEREST, "a", supports=("reserve", "payer", "guarantor")),
            accounts=(Account(key="cash"), Account(key="reserve", opening_fen=150)),
            supports=(replace(PAYER, limit_fen=200), GUARANTOR),
        )
        found = ran(small, 0.5, 0, 0, 0)

        assert found.tranches["a"].interest_paid == (200, 200, 200, 100)
        assert found.accounts["reserve"].balance == (0, 0, 0, 0)
        assert found.supports["payer"].paid == (0, 200, 0, 0)
        assert found.supports["guarantor"].paid == (0, 0, 200, 100)
        assert found.rows[1].support == 200

    def test_pay_what_the_world_leaves_them(self) -> None:
        small = of(act(Verb.PAY_INTEREST, "a", supports=("payer",)), supports=(PAYER,))
        found = ran(small, 0, 0, 0, 0, supporters={"payer": (200, 120, 0, 0)})

        assert found.tranches["a"].interest_paid == (200, 120, 0, 0)
        assert found.tranches["a"].interest_short == (0, 80, 280, 480)

    def test_end_on_their_day(self) -> None:
        until = replace(PAYER, ends=DAYS[1])
        small = of(act(Verb.PAY_INTEREST, "a", supports=("payer",)), supports=(until,))

        assert ran(small, 0, 0, 0, 0).supports["payer"].paid == (200, 200, 0, 0)

    def test_are_repaid_and_drawn_again_where_they_revolve(self) -> None:
        small = of(
            act(Verb.PAY_SUPPORT_COSTS, "facility"),
            act(Verb.PAY_INTEREST, "a", supports=("facility",)),
            act(Verb.REPAY_SUPPORT, "facility"),
            supports=(FACILITY,),
        )
        found = ran(small, 0, 4.17, 2.17, 0)

        # Undrawn 10.00 costs 0.10 a quarter; drawn 2.00 costs 0.06 and 8.00 undrawn 0.08.
        assert found.supports["facility"].paid == (200, 0, 0, 200)
        assert found.supports["facility"].repaid == (0, 24 + 193, 10 + 7, 0)
        assert found.supports["facility"].owed_after == (200, 7, 0, 200)
        assert found.tranches["a"].interest_paid == (200, 200, 200, 200)

    def test_fill_an_account_to_its_target(self) -> None:
        small = of(
            act(Verb.DRAW, "facility", account=None, into="reserve"),
            act(Verb.PAY_INTEREST, "a", account="reserve"),
            accounts=(Account(key="cash"), Account(key="reserve", target=f.Constant(500))),
            supports=(FACILITY,),
        )
        found = ran(small, 0, 0, 0, 0)

        assert found.supports["facility"].paid == (500, 200, 200, 100)
        assert found.accounts["reserve"].balance == (300, 300, 300, 200)


class TestReserve:
    def test_is_filled_and_released_as_its_target_falls(self) -> None:
        target = f.Share(Fraction(1, 10), f.Measure(Quantity.TRANCHE_BALANCE, ("a",)))
        small = of(
            act(Verb.TOP_UP, into="reserve"),
            act(Verb.PAY_PRINCIPAL, "a"),
            act(Verb.RELEASE, account="reserve", into="cash"),
            tranches=(tranche("a", 100, "0"),),
            accounts=(Account(key="cash"), Account(key="reserve", target=target)),
        )
        found = ran(small, 50, 50, 0, 0)

        assert found.accounts["reserve"].balance == (600, 60, 6, 1)
        assert found.tranches["a"].principal_paid == (4_000, 5_400, 540, 54)

    def test_of_months_of_interest_follows_rate_and_balance(self) -> None:
        target = f.MonthsOfInterest(("a",), 6)
        small = of(
            act(Verb.TOP_UP, into="reserve"),
            accounts=(Account(key="cash"), Account(key="reserve", target=target)),
        )

        assert ran(small, 50, 0, 0, 0).accounts["reserve"].target[0] == 400


class TestHedges:
    def test_exchange_fixed_for_floating(self) -> None:
        notional = f.Measure(Quantity.TRANCHE_BALANCE, ("a",))
        legs = {"receives": Leg(index="LPR1Y", margin=Fraction(0))}
        legs["pays"] = Leg(index=None, margin=Fraction(4, 100))
        swap = Hedge(key="swap", kind=HedgeKind.SWAP, notional=notional, **legs)
        cap = Hedge(key="cap", kind=HedgeKind.CAP, notional=notional, **legs)
        small = of(act(Verb.SETTLE_HEDGE, "swap", "cap"), hedges=(swap, cap))
        path = ((DATES.closing, Fraction(6, 100)), (DAYS[0], Fraction(3, 100)))
        found = interpreter.run(small, collected(small, 10, 0, 0, 0), rates={"LPR1Y": path})

        assert found.hedges["swap"].received == (50, 0, 0, 0)
        assert found.hedges["swap"].paid == (0, 25, 25, 25)
        assert found.hedges["cap"].received == (50, 0, 0, 0)
        assert found.hedges["cap"].paid == (0, 0, 0, 0)
