"""One interpreter of plans: a long deal of one path, and many paths in blocks of 8,192."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import numpy as np

from benchmarks.measuring import Measure, processor_seconds, seconds
from zhirong.core.calendar import plus_months
from zhirong.core.daycounts import DayCount
from zhirong.securitization.collections import Collections
from zhirong.securitization.plan import formulas as f
from zhirong.securitization.plan.actions import Action, Verb
from zhirong.securitization.plan.conventions import (
    Conventions,
    InterestOnUnpaid,
    ResetAccrual,
    Rounding,
    Split,
)
from zhirong.securitization.plan.fees import Fee, FeeKind
from zhirong.securitization.plan.formulas import Quantity
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
from zhirong.securitization.waterfall import interpreter
from zhirong.securitization.waterfall.program import compiled

CLOSING = date(2024, 11, 27)
FEN = 13_800_000_000
BLOCK = 8_192
PATHS = 1_000_000


def plan_of(tranches: int, dates: int, months: int) -> Plan:
    """Fees, tax, reserve, two waterfalls, two triggers."""
    keys = [f"t{place}" for place in range(tranches)]
    rated, last = keys[:-1], keys[-1]
    terms = Principal(kind=PrincipalKind.PASS_THROUGH)
    senior = f.Measure(Quantity.TRANCHE_BALANCE, tuple(rated))
    pool = f.Measure(Quantity.POOL_BALANCE)
    head = (
        _step(Verb.PAY_FEES, "tax", "servicer"),
        _step(Verb.PAY_INTEREST, *rated, supports=("reserve",)),
    )
    tail = (
        _step(Verb.TOP_UP, into="reserve"),
        _step(Verb.PAY_PRINCIPAL, last),
        _step(Verb.PAY_RESIDUAL, last),
    )
    normal = (*head, *(_step(Verb.PAY_PRINCIPAL, key) for key in rated), *tail)
    accelerated = (*head, _step(Verb.PAY_DOWN, *rated), *tail)
    return Plan(
        key="benchmark",
        name="benchmark",
        dates=Dates(
            cut_off=CLOSING,
            closing=CLOSING,
            payments=tuple(plus_months(CLOSING, months * (n + 1)) for n in range(dates)),
        ),
        conventions=Conventions(
            rounding=Rounding.HALF_UP,
            split=Split.RUNNING_TOTAL,
            day_count=DayCount.ACT_365,
            interest_on_unpaid=InterestOnUnpaid.NONE,
            reset_accrual=ResetAccrual.RESET_DATE,
        ),
        accounts=(
            Account(key="cash"),
            Account(key="reserve", target=f.Share(Fraction(1, 100), senior)),
        ),
        routes=tuple(Route(cash=cash, accounts=(("cash", Fraction(1)),)) for cash in Cash),
        tranches=tuple(
            Tranche(
                key=key,
                balance_fen=FEN // tranches,
                rate=Fraction(0) if key == last else Fraction(3, 100),
                principal=terms,
            )
            for key in keys
        ),
        fees=(
            Fee(
                key="tax",
                kind=FeeKind.SHARE_OF_COLLECTIONS,
                rate=Fraction(3, 103),
                kinds=(Quantity.COLLECTED_INTEREST,),
            ),
            Fee(key="servicer", kind=FeeKind.ANNUAL_RATE, rate=Fraction(1, 1_000), base=pool),
        ),
        supports=(),
        hedges=(),
        triggers=(
            _trigger("defaults", Quantity.ALL_DEFAULTED, f.Relation.ABOVE, Fraction(5, 100)),
            _trigger("small_pool", Quantity.POOL_BALANCE, f.Relation.BELOW, Fraction(1, 100)),
        ),
        waterfalls=((Stage.NORMAL, normal), (Stage.ACCELERATED, accelerated)),
    )


def _step(
    verb: Verb, *names: str, into: str | None = None, supports: tuple[str, ...] = ()
) -> Action:
    key = ".".join((verb.value, *names))
    return Action(key=key, verb=verb, names=names, account="cash", into=into, supports=supports)


def _trigger(key: str, part: Quantity, relation: f.Relation, level: Fraction) -> Trigger:
    start = f.Measure(Quantity.POOL_BALANCE_AT_START)
    condition = f.RatioTest(f.Measure(part), start, relation, (f.Step(None, level),))
    return Trigger(key=key, condition=condition, stage=Stage.ACCELERATED)


def one_path(plan: Plan) -> Collections:
    """A pool that is repaid evenly."""
    count = len(plan.dates.payments)
    part = FEN // count
    zero = (0,) * count
    return Collections(
        on=plan.dates.payments,
        interest=tuple((FEN - part * n) // 300 for n in range(count)),
        principal=(part,) * count,
        prepaid=zero,
        recovered=zero,
        defaulted=zero,
        lost=zero,
        balance=tuple(FEN - part * (n + 1) for n in range(count)),
    )


def many_paths(plan: Plan, paths: int) -> Collections:
    """Eleven firms that may default in any quarter, at 2 % a year; recovery a year later."""
    generator = np.random.default_rng(11)
    count, firm = len(plan.dates.payments), FEN // 11
    alive = np.ones((11, paths))
    columns: dict[str, list[np.ndarray]] = {
        kind: [] for kind in ("interest", "principal", "recovered", "defaulted", "balance")
    }
    zero = np.zeros(paths)
    for place in range(count):
        fails = alive * (generator.random((11, paths)) < 0.005)
        alive = alive - fails
        living, left = alive.sum(axis=0), firm * (count - place) // count
        columns["defaulted"].append(fails.sum(axis=0) * left)
        columns["principal"].append(living * (left // (count - place)))
        columns["interest"].append(np.floor(living * left * 0.034 / 4))
        columns["balance"].append(living * (firm * (count - place - 1) // count))
        columns["recovered"].append(
            zero if place < 4 else np.floor(columns["defaulted"][place - 4] * 0.15)
        )
    empty = [zero] * count
    return Collections(on=plan.dates.payments, prepaid=empty, lost=empty, **columns)


def run() -> Iterator[Measure]:
    """The books are closed after every step in each."""
    long = plan_of(10, 360, 1)
    pool = one_path(long)
    spent = processor_seconds(lambda: interpreter.run(long, pool, rates={}), runs=20)
    yield Measure(
        what="360 months, 10 tranches, compiled and run, processor time",
        figure=seconds(spent),
        target="30 ms",
    )
    short = plan_of(3, 12, 3)
    block = many_paths(short, BLOCK)
    program = compiled(short, block.on, rates={}, is_one_path=False)
    spent = processor_seconds(lambda: interpreter.run_program(program, block), runs=10)
    blocks = -(-PATHS // BLOCK)
    yield Measure(
        what=f"12 quarters, {PATHS:,} paths, processor time over 2 cores",
        figure=seconds(spent * blocks / 2),
        target="5 s",
    )
