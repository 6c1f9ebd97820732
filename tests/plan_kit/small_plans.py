"""Small plans to start from: one pool account, two tranches; change a field and run."""

from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np

from zhirong.core.daycounts import DayCount
from zhirong.securitization.collections import Collections
from zhirong.securitization.plan.actions import Action, Verb
from zhirong.securitization.plan.conventions import (
    Conventions,
    InterestOnUnpaid,
    ResetAccrual,
    Rounding,
    Split,
)
from zhirong.securitization.plan.fees import Fee, FeeKind
from zhirong.securitization.plan.formulas import Constant, Happened
from zhirong.securitization.plan.records import (
    Account,
    Cash,
    Dates,
    Plan,
    Route,
    Stage,
    Trigger,
)
from zhirong.securitization.plan.tranches import Principal, PrincipalKind, Tranche

YUAN = 100
ISSUED, PAID = date(2024, 11, 20), date(2025, 5, 20)
HALF_UP = Conventions(
    rounding=Rounding.HALF_UP,
    split=Split.RUNNING_TOTAL,
    day_count=DayCount.ACT_365,
    interest_on_unpaid=InterestOnUnpaid.NONE,
    reset_accrual=ResetAccrual.RESET_DATE,
)


def act(verb: Verb, *names: str, account: str | None = "cash", **fields: Any) -> Action:
    """One step, keyed by verb and names."""
    key = "-".join((verb.value, *names))
    return Action(key=key, verb=verb, names=names, account=account, **fields)


def tranche(key: str, yuan: int, rate: str, **terms: Any) -> Tranche:
    """A tranche that passes through unless `principal` says otherwise."""
    terms.setdefault("principal", Principal(kind=PrincipalKind.PASS_THROUGH))
    return Tranche(key=key, balance_fen=yuan * YUAN, rate=Fraction(rate), **terms)


def routes(account: str = "cash") -> tuple[Route, ...]:
    """All cash of the pool into one account."""
    return tuple(Route(cash=cash, accounts=((account, Fraction(1)),)) for cash in Cash)


def plan(*actions: Action, **fields: Any) -> Plan:
    """A plan of one normal waterfall; every field can be given."""
    given: dict[str, Any] = {
        "key": "small",
        "name": "small",
        "dates": Dates(cut_off=ISSUED, closing=ISSUED, payments=(PAID,)),
        "conventions": HALF_UP,
        "accounts": (Account(key="cash"),),
        "routes": routes(),
        "tranches": (tranche("senior", 100, "0.05"), tranche("junior", 20, "0")),
        "fees": (),
        "supports": (),
        "hedges": (),
        "triggers": (),
        "waterfalls": ((Stage.NORMAL, actions),),
    }
    return Plan(**{**given, **fields})


def collected(plan: Plan, *yuan: float, many: int = 0, **kinds: Any) -> Collections:
    """Principal of so much by payment date, collected ten days before; other kinds by name.

    With `many`, arrays of so many equal paths.
    """
    count = len(plan.dates.payments)
    amounts = {"principal": yuan or (0,) * count, **kinds}

    def series(kind: str) -> tuple[Any, ...]:
        found = [round(each * YUAN) for each in amounts.get(kind, (0,) * count)]
        return tuple(np.full(many, float(each)) if many else each for each in found)

    names = ("interest", "principal", "prepaid", "recovered", "defaulted", "lost", "balance")
    on = tuple(date.fromordinal(day.toordinal() - 10) for day in plan.dates.payments)
    return Collections(on=on, **{name: series(name) for name in names})


def golden_plan() -> Plan:
    """The plan of the golden vectors G13 and G14 (rules of Chinese practice, section 12.1)."""
    schedule = ((PAID, 101_000_000 * YUAN),)
    head = (
        act(Verb.PAY_FEES, "tax"),
        act(Verb.PAY_FEES, "plan_fees"),
        act(Verb.PAY_INTEREST, "senior"),
    )
    normal = (
        *head,
        act(Verb.PAY_PRINCIPAL, "senior"),
        act(Verb.TOP_UP, into="reserve"),
        act(Verb.PAY_INTEREST, "junior"),
    )
    accelerated = (
        *head,
        act(Verb.PAY_DOWN, "senior"),
        act(Verb.PAY_DOWN, "junior"),
        act(Verb.PAY_RESIDUAL, "junior"),
    )
    return plan(
        accounts=(
            Account(key="cash"),
            Account(key="reserve", target=Constant(600_000 * YUAN)),
        ),
        tranches=(
            tranche(
                "senior",
                131_000_000,
                "0.024",
                principal=Principal(kind=PrincipalKind.SCHEDULED, schedule=schedule),
            ),
            tranche("junior", 7_000_000, "0.05"),
        ),
        fees=(
            Fee(key="tax", kind=FeeKind.ON_DATES, dues=((PAID, 20_000 * YUAN),)),
            Fee(key="plan_fees", kind=FeeKind.ON_DATES, dues=((PAID, 180_000 * YUAN),)),
        ),
        triggers=(Trigger(key="event", condition=Happened("event"), stage=Stage.ACCELERATED),),
        waterfalls=((Stage.NORMAL, normal), (Stage.ACCELERATED, accelerated)),
    )
