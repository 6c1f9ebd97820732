"""Random valid plans with random pools of several paths, from a seed; small, but of every word."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import numpy as np

from tests.plan_kit.random_terms import Terms
from zhirong.core.calendar import plus_months
from zhirong.core.daycounts import DayCount
from zhirong.securitization.collections import Collections
from zhirong.securitization.plan import formulas as f
from zhirong.securitization.plan.actions import Action, Limit, LimitKind, Order, Verb
from zhirong.securitization.plan.conventions import (
    Conventions,
    InterestOnUnpaid,
    ResetAccrual,
    Rounding,
    Split,
)
from zhirong.securitization.plan.formulas import Quantity, Relation
from zhirong.securitization.plan.records import (
    Account,
    Call,
    Cash,
    Dates,
    Plan,
    Route,
    Stage,
    Trigger,
    WhenTested,
)
from zhirong.securitization.plan.tranches import PrincipalKind, Tranche

KINDS = ("interest", "principal", "prepaid", "recovered", "defaulted", "lost", "balance")
RATES = {
    "LPR1Y": (
        (date(2000, 1, 1), Fraction(31, 1000)),
        (date(2025, 6, 1), Fraction(43, 1000)),
        (date(2026, 3, 1), Fraction(12, 1000)),
    )
}


@dataclass(frozen=True)
class RandomDeal:
    """A plan, what each of several paths collects, and what the outside world does."""

    plan: Plan
    paths: tuple[Collections, ...]
    supporters: dict[str, list[list[int]]]
    happened: dict[str, list[list[bool]]]

    @property
    def together(self) -> Collections:
        """The paths side by side, as float64."""

        def stacked(kind: str) -> tuple[np.ndarray, ...]:
            rows = zip(*(getattr(path, kind) for path in self.paths), strict=True)
            return tuple(np.array(row, dtype=float) for row in rows)

        return Collections(on=self.paths[0].on, **{kind: stacked(kind) for kind in KINDS})


def random_deal(seed: int, *, paths: int = 3) -> RandomDeal:
    """The deal of a seed."""
    draw = random.Random(seed)
    size = draw.choice((10**6, 10**9, 10**11, 10**13)) + draw.randrange(10**6)
    plan = _plan(draw, size)
    on = _collected_on(draw, plan)
    count = len(plan.dates.payments)
    return RandomDeal(
        plan=plan,
        paths=tuple(_pool(draw, on, size) for _ in range(paths)),
        supporters={
            support.key: [[draw.choice((0, size // 7, size)) for _ in range(paths)]] * count
            for support in plan.supports
            if draw.random() < 0.4
        },
        happened={
            "servicer_terminated": [
                [place * 3 > count * 2 and path % 2 == 0 for path in range(paths)]
                for place in range(count)
            ]
        },
    )


def _plan(draw: random.Random, size: int) -> Plan:
    closing = date(2024, 11, 27) + timedelta(days=draw.randrange(60))
    step = draw.choice((1, 3))
    payments = tuple(plus_months(closing, step * (n + 1)) for n in range(draw.randint(3, 9)))
    terms = Terms(draw, size, closing, payments)
    tranches = terms.tranches()
    fees, supports, hedges = terms.fees(), terms.supports(), terms.hedges(tranches)
    accounts = _accounts(draw, tranches)
    builder = _Steps(draw, tranches, [a.key for a in accounts])
    builder.fees = [fee.key for fee in fees]
    builder.supports = [support.key for support in supports]
    builder.hedges = [hedge.key for hedge in hedges]
    triggers = _triggers(draw, tranches)
    waterfalls = [(Stage.NORMAL, builder.waterfall(Verb.PAY_PRINCIPAL))]
    if draw.random() < 0.7:
        waterfalls.append((Stage.ACCELERATED, builder.waterfall(Verb.PAY_DOWN)))
    if draw.random() < 0.3:
        waterfalls.append((Stage.DEFAULT, builder.waterfall(Verb.PAY_DOWN)))
    return Plan(
        key="random",
        name="random",
        dates=Dates(cut_off=closing, closing=closing, payments=payments),
        conventions=_conventions(draw),
        accounts=accounts,
        routes=_routes(draw, len(accounts)),
        tranches=tranches,
        fees=fees,
        supports=supports,
        hedges=hedges,
        triggers=triggers,
        waterfalls=tuple(waterfalls),
        on_collection=(Action(key="calc", verb=Verb.CALCULATE_FEES, names=(fees[0].key,)),)
        if draw.random() < 0.3
        else (),
        call=_call(draw),
    )


def _call(draw: random.Random) -> Call | None:
    if draw.random() < 0.7:
        return None
    pool, start = f.Measure(Quantity.POOL_BALANCE), f.Measure(Quantity.POOL_BALANCE_AT_START)
    level = (f.Step(None, Fraction(draw.randint(10, 60), 100)),)
    when = f.RatioTest(pool, start, Relation.BELOW, level)
    return Call(when=when, price=Fraction(draw.randint(80, 100), 100), into="cash")


def _conventions(draw: random.Random) -> Conventions:
    return Conventions(
        rounding=draw.choice(tuple(Rounding)),
        split=draw.choice(tuple(Split)),
        day_count=draw.choice(tuple(DayCount)),
        interest_on_unpaid=draw.choice(tuple(InterestOnUnpaid)),
        reset_accrual=draw.choice(tuple(ResetAccrual)),
    )


def _accounts(draw: random.Random, tranches: Sequence[Tranche]) -> tuple[Account, ...]:
    senior = (tranches[0].key,)
    target: f.Formula = f.Share(
        Fraction(draw.randint(1, 60), 1000), f.Measure(Quantity.TRANCHE_BALANCE, senior)
    )
    if draw.random() < 0.4:
        target = f.Greatest((target, f.MonthsOfInterest(senior, draw.randint(1, 6))))
    found = [
        Account(key="cash"),
        Account(key="reserve", target=target, opening_fen=draw.randrange(10**5)),
    ]
    if draw.random() < 0.4:
        found.append(Account(key="capital"))
    return tuple(found)


def _routes(draw: random.Random, accounts: int) -> tuple[Route, ...]:
    found = []
    for cash in Cash:
        shares = [("cash", Fraction(1))]
        if accounts > 2 and cash is not Cash.INTEREST:
            part = Fraction(draw.randint(1, 10), 10)
            shares = [("cash", 1 - part), ("capital", part)]
        found.append(Route(cash=cash, accounts=tuple(shares)))
    return tuple(found)


def _triggers(draw: random.Random, tranches: Sequence[Tranche]) -> tuple[Trigger, ...]:
    measure, senior = f.Measure, (tranches[0].key,)
    conditions: list[f.Condition] = [
        f.RatioTest(
            measure(Quantity.ALL_DEFAULTED),
            measure(Quantity.POOL_BALANCE_AT_START),
            Relation.ABOVE,
            (f.Step(None, Fraction(draw.randint(1, 30), 100)),),
        ),
        f.RatioTest(
            measure(Quantity.COLLECTED_INTEREST),
            f.Total((measure(Quantity.INTEREST_DUE, senior), measure(Quantity.FEE_DUE, ("rate",)))),
            draw.choice(tuple(Relation)),
            (f.Step(None, Fraction(draw.randint(50, 300), 100)),),
        ),
        f.AmountTest(
            measure(Quantity.POOL_BALANCE),
            draw.choice(tuple(Relation)),
            measure(Quantity.TRANCHE_BALANCE, senior),
        ),
        f.Happened("servicer_terminated"),
        f.AmountTest(measure(Quantity.INTEREST_DUE, senior), Relation.ABOVE, f.Constant(0)),
    ]
    return tuple(
        Trigger(
            key=f"trigger{place}",
            condition=draw.choice((condition, condition, f.Negation(condition))),
            stage=draw.choice((Stage.ACCELERATED, Stage.DEFAULT)),
            is_curable=draw.random() < 0.5,
            tested=draw.choice((WhenTested.BEFORE_PAYMENT, WhenTested.AFTER_PAYMENT)),
            in_a_row=draw.choice((1, 1, 2)),
        )
        for place, condition in enumerate(conditions)
        if draw.random() < 0.3
    )


class _Steps:
    """Builds waterfalls that pay everybody."""

    def __init__(
        self, draw: random.Random, tranches: Sequence[Tranche], accounts: Sequence[str]
    ) -> None:
        self.draw = draw
        self.tranches = tranches
        self.accounts = accounts
        self.fees: list[str] = []
        self.supports: list[str] = []
        self.hedges: list[str] = []

    def waterfall(self, principal: Verb) -> tuple[Action, ...]:
        draw = self.draw
        interest = [t.key for t in self.tranches]
        repaid = [
            t.key for t in self.tranches if t.principal.kind is not PrincipalKind.INTEREST_ONLY
        ]
        steps = [self._act(Verb.PAY_FEES, self.fees, self._limit())]
        if draw.random() < 0.3:
            steps.append(self._act(Verb.PAY_FEES_DUE, self.fees, above_cap=True))
        if self.hedges:
            steps.append(self._act(Verb.SETTLE_HEDGE, self.hedges))
        steps.append(self._act(Verb.ACCRUE_INTEREST, interest, account=None))
        steps += [self._supported(Verb.PAY_INTEREST, part) for part in self._groups(interest)]
        if len(self.accounts) > 2:
            transfer = self._act(Verb.TRANSFER, [], self._limit(), account="capital")
            steps.append(_into(transfer, "cash"))
        if self.supports:
            steps.append(self._act(Verb.REPAY_SUPPORT, self.supports, self._limit()))
            steps.append(self._act(Verb.PAY_SUPPORT_COSTS, self.supports))
        if draw.random() < 0.2:
            steps.append(self._act(Verb.BUY_ASSETS, [], self._limit()))
        steps += [self._supported(principal, part) for part in self._groups(repaid)]
        steps.append(_into(self._act(Verb.TOP_UP, []), "reserve"))
        steps.append(_into(self._act(Verb.RELEASE, [], account="reserve"), "cash"))
        if draw.random() < 0.2:
            steps.append(self._write_down(repaid))
        steps.append(self._act(Verb.PAY_DOWN, repaid, self._limit()))
        steps.append(self._residual())
        return tuple(
            Action(**{**_fields(step), "key": f"{place}.{step.verb.value}"})
            for place, step in enumerate(steps, start=1)
        )

    def _groups(self, keys: list[str]) -> list[list[str]]:
        cut = self.draw.randint(1, len(keys))
        return [part for part in (keys[:cut], keys[cut:]) if part]

    def _limit(self) -> Limit | None:
        draw = self.draw
        if draw.random() < 0.7:
            return None
        kind = draw.choice(tuple(LimitKind))
        if kind is LimitKind.AMOUNT:
            base = f.Measure(draw.choice((Quantity.POOL_BALANCE, Quantity.COLLECTED)))
            amount = f.Share(Fraction(draw.randint(1, 400), 1000), base)
            return Limit(kind=kind, amount=amount)
        return Limit(kind=kind, share=Fraction(draw.randint(1, 100), 100))

    def _act(
        self,
        verb: Verb,
        names: Sequence[str],
        limit: Limit | None = None,
        *,
        account: str | None = "cash",
        above_cap: bool = False,
    ) -> Action:
        draw = self.draw
        when = None
        if draw.random() < 0.15:
            when = f.AmountTest(
                f.Measure(Quantity.DEFAULTED), draw.choice(tuple(Relation)), f.Constant(0)
            )
        return Action(
            key=verb.value,
            verb=verb,
            names=tuple(names),
            account=account,
            order=draw.choice(tuple(Order)),
            limit=limit,
            when=when,
            above_cap=above_cap,
        )

    def _supported(self, verb: Verb, names: Sequence[str]) -> Action:
        behind = ["reserve", *self.supports]
        # The first claim may draw on everybody, so that nobody stands there in vain.
        first = self.tranches[0].key in names and verb is Verb.PAY_INTEREST
        count = len(behind) if first else self.draw.randint(0, len(behind))
        fields = _fields(self._act(verb, names, self._limit()))
        return Action(**{**fields, "supports": tuple(behind[:count])})

    def _residual(self) -> Action:
        names = (self.tranches[-1].key, self.fees[0], "sponsor")
        part = Fraction(self.draw.randint(0, 33), 100)
        fields = _fields(self._act(Verb.PAY_RESIDUAL, names, self._limit()))
        return Action(**{**fields, "shares": (part, part, 1 - 2 * part)})

    def _write_down(self, names: Sequence[str]) -> Action:
        limit = Limit(kind=LimitKind.AMOUNT, amount=f.Measure(Quantity.LOST))
        return self._act(Verb.WRITE_DOWN, list(reversed(names)), limit, account=None)


def _fields(action: Action) -> dict[str, object]:
    return {name: getattr(action, name) for name in action.__dataclass_fields__}


def _into(action: Action, into: str) -> Action:
    return Action(**{**_fields(action), "into": into})


def _collected_on(draw: random.Random, plan: Plan) -> tuple[date, ...]:
    lag = draw.choice((0, 5, 40))
    days = [day - timedelta(days=lag) for day in plan.dates.payments]
    if draw.random() < 0.3:
        days = sorted({*days, *(day - timedelta(days=11) for day in days)})
    return tuple(days)


def _pool(draw: random.Random, on: Sequence[date], size: int) -> Collections:
    """One path: parts of what is left are paid, prepaid, default and are partly recovered."""
    columns: dict[str, list[int]] = {kind: [] for kind in KINDS}
    balance, unresolved = size, 0
    for place in range(len(on)):
        left = len(on) - place
        defaulted = balance * draw.choice((0, 0, 0, 1, 5)) // draw.randint(20, 40)
        principal = (balance - defaulted) // left
        prepaid = (balance - defaulted - principal) * draw.choice((0, 1)) // draw.randint(10, 50)
        recovered = unresolved * draw.randint(0, 5) // 10
        lost = (unresolved - recovered) * draw.choice((0, 1)) // 2
        unresolved += defaulted - recovered - lost
        interest = balance * draw.randint(0, 40) // 1000
        balance -= defaulted + principal + prepaid
        amounts = (interest, principal, prepaid, recovered, defaulted, lost, balance)
        for kind, amount in zip(KINDS, amounts, strict=True):
            columns[kind].append(amount)
    return Collections(on=tuple(on), **columns)
