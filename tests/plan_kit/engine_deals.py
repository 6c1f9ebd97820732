"""Another engine's deal (a stored response) as plan, collections and rates.

The public data folder holds its README with origin and conventions. Only mechanics are read; the
pool's rows are fed in as they are.
"""

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from tests.plan_kit.engine_actions import Actions
from tests.plan_kit.engine_dates import days_of, payment_days
from tests.plan_kit.engine_formulas import (
    COLLECTED,
    Formulas,
    Node,
    UnknownTagError,
    fen,
    share,
    tagged,
)
from zhirong.core.daycounts import DayCount
from zhirong.securitization.collections import Collections
from zhirong.securitization.plan import formulas as f
from zhirong.securitization.plan.conventions import (
    Conventions,
    InterestOnUnpaid,
    Measured,
    ResetAccrual,
    Rounding,
    Split,
)
from zhirong.securitization.plan.fees import Fee, FeeKind
from zhirong.securitization.plan.formulas import Quantity
from zhirong.securitization.plan.records import Account, Cash, Dates, Plan, Route, Stage, Trigger
from zhirong.securitization.plan.supports import Support, SupportKind
from zhirong.securitization.plan.tranches import (
    AccruesWhen,
    Floating,
    Principal,
    PrincipalKind,
    Tranche,
)

# The scenario of the stored responses, as the data's README states it.
LEVELS = {"LPR5Y": Fraction(4, 100)}
ENGINE = Conventions(
    rounding=Rounding.TRUNCATE,
    split=Split.REMAINDER_TO_FIRST,
    day_count=DayCount.ACT_365,
    interest_on_unpaid=InterestOnUnpaid.TRANCHE_RATE,
    reset_accrual=ResetAccrual.RESET_DATE,
)
_DAY_COUNTS = {"DC_ACT_365F": DayCount.ACT_365, "DC_ACT_360": DayCount.ACT_360}
_STAGES = (("DealAccelerated", Stage.ACCELERATED), ("DealDefaulted", Stage.DEFAULT))


@dataclass(frozen=True)
class Deal:
    """One stored deal: its spec, its rows, and the spec as a plan."""

    stored: Mapping[str, Node]
    plan: Plan
    collections: Collections
    rates: Mapping[str, Sequence[tuple[date, Fraction]]]


def deal_of(path: Path, conventions: Conventions = ENGINE) -> Deal:
    """A stored deal from its file."""
    with gzip.open(path) as file:
        stored = json.load(file)
    rates = {key: ((date.min, value),) for key, value in LEVELS.items()}
    plan = _Reader(stored, conventions).plan()
    return Deal(stored=stored, plan=plan, collections=collections_of(stored), rates=rates)


def collections_of(stored: Mapping[str, Node]) -> Collections:
    """The pool's rows as collections."""
    columns = {name: place for place, name in enumerate(stored["pool_columns"])}

    def column(name: str) -> tuple[int, ...]:
        return tuple(fen(row[columns[name]]) for row in stored["pool"])

    return Collections(
        on=tuple(date.fromisoformat(row[columns["date"]]) for row in stored["pool"]),
        interest=column("interest"),
        principal=column("principal"),
        prepaid=column("prepayment"),
        recovered=column("recovery"),
        defaulted=column("default"),
        lost=column("loss"),
        balance=column("balance"),
    )


class _Reader:
    def __init__(self, stored: Mapping[str, Node], conventions: Conventions) -> None:
        self.spec = stored["spec"]
        self.conventions = conventions
        self.last = date.fromisoformat(stored["pool"][-1][0])
        self.last_row = _last_row(stored)
        self.formulas = Formulas(tuple(self.spec["bonds"]))
        self.actions = Actions(self.formulas)

    def plan(self) -> Plan:
        spec = self.spec
        waterfalls, on_closing, on_collection = self._waterfalls()
        return Plan(
            key="engine",
            name=spec["name"],
            dates=self._dates(),
            conventions=self.conventions,
            accounts=tuple(self._account(each) for each in spec["accounts"].values()),
            routes=tuple(self._routes()),
            tranches=tuple(self._tranche(each) for each in spec["bonds"].values()),
            fees=tuple(self._fee(each) for each in spec["fees"].values()),
            supports=tuple(self._support(each) for each in (spec["liqProvider"] or {}).values()),
            hedges=(),
            triggers=tuple(self._triggers()),
            waterfalls=waterfalls,
            on_closing=on_closing,
            on_collection=on_collection,
        )

    def _dates(self) -> Dates:
        parts = self.spec["dates"]["contents"]
        first, pattern = parts[-1]
        is_new = self.spec["dates"]["tag"] == "PreClosingDates"
        begun = parts[:2] if is_new else parts[0]
        days = payment_days(pattern, date.fromisoformat(first), self.last, self.last_row)
        return Dates(
            cut_off=date.fromisoformat(begun[0]),
            closing=date.fromisoformat(begun[1]),
            payments=days,
        )

    def _account(self, node: Node) -> Account:
        target = None
        if node["accType"] is not None:
            target = self._target(node["accType"])
        return Account(key=node["accName"], opening_fen=fen(node["accBalance"]), target=target)

    def _target(self, node: Node) -> f.Formula:
        tag, inner = tagged(node)
        if tag == "FixReserve":
            return f.Constant(fen(inner))
        if tag in ("Target", "PctReserve"):
            base, rate = inner
            return f.Share(self.formulas.rate(rate), self.formulas.amount(base))
        if tag in ("Max", "Min"):
            parts = tuple(self._target(each) for each in inner)
            return f.Greatest(parts) if tag == "Max" else f.Least(parts)
        raise UnknownTagError(tag)

    def _routes(self) -> Iterator[Route]:
        for node in self.spec["collects"]:
            tag, inner = tagged(node)
            source, into = inner[-2], inner[-1]
            shares = (
                ((into, Fraction(1)),)
                if tag == "Collect"
                else tuple((account, share(part)) for part, account in into)
            )
            kinds = tuple(COLLECTED.values()) if source == "CollectedCash" else (COLLECTED[source],)
            for kind in kinds:
                yield Route(cash=Cash(kind), accounts=shares)

    def _tranche(self, node: Node) -> Tranche:
        info, index = node["bndInterestInfo"], None
        tag, inner = tagged(info)
        margin = Fraction(0)
        if tag == "WithIoI":
            kind, over = tagged(inner[1])
            margin = share(over) if kind == "OverFixSpread" else Fraction(0)
            tag, inner = tagged(inner[0])
        if tag == "Floater":
            index = self._floating(inner)
        counts = [part for part in inner if isinstance(part, str) and part in _DAY_COUNTS]
        return Tranche(
            key=node["bndName"],
            balance_fen=fen(node["bndBalance"]),
            rate=share(node["bndRate"]),
            principal=self._principal(node["bndType"]),
            floating=index,
            accrues=AccruesWhen.BY_ACTION,
            day_count=_DAY_COUNTS[counts[0]] if counts else None,
            unpaid_margin=margin,
        )

    def _floating(self, inner: Node) -> Floating:
        closing = self._dates().closing
        end = self.last + timedelta(days=400)
        low, high = inner[5], inner[6]
        return Floating(
            index=inner[1],
            margin=share(inner[2]),
            resets=days_of(inner[3], closing, end),
            floor=None if low is None else share(low),
            cap=None if high is None else share(high),
        )

    def _principal(self, node: Node) -> Principal:
        tag, inner = tagged(node)
        if tag == "Sequential":
            return Principal(kind=PrincipalKind.PASS_THROUGH)
        if tag == "Equity":
            return Principal(kind=PrincipalKind.RESIDUAL)
        if tag == "Z":
            return Principal(kind=PrincipalKind.ACCRUAL)
        if tag == "Lockout":
            return Principal(kind=PrincipalKind.LOCKOUT, start=date.fromisoformat(inner))
        if tag in ("PAC", "PacAnchor", "PAC_Anchor"):
            curve, anchors = (inner, ()) if tag == "PAC" else (inner[0], tuple(inner[1]))
            return Principal(
                kind=PrincipalKind.SCHEDULED,
                schedule=tuple((date.fromisoformat(d), fen(b)) for d, b in curve["contents"]),
                while_outstanding=anchors,
            )
        raise UnknownTagError(tag)

    def _fee(self, node: Node) -> Fee:
        tag, inner = tagged(node["feeType"])
        start = date.fromisoformat(node["feeStart"])
        key = node["feeName"]
        if tag in ("FixFee", "RecurFee", "FeeFlow", "ByCollectPeriod"):
            return Fee(key=key, kind=FeeKind.ON_DATES, start=start, dues=self._dues(node))
        if tag == "AnnualRateFee":
            base = self.formulas.amount(inner[0])
            return Fee(
                key=key,
                kind=FeeKind.ANNUAL_RATE,
                start=start,
                rate=self.formulas.rate(inner[1]),
                base=base,
                measured=_measured(base),
            )
        if tag == "PctFee":
            return self._share_fee(key, start, inner)
        if tag == "TargetBalanceFee":
            base = self.formulas.amount(inner[0])
            return Fee(
                key=key, kind=FeeKind.UP_TO_FORMULA, start=start, rate=Fraction(1), base=base
            )
        raise UnknownTagError(tag)

    def _dues(self, node: Node) -> tuple[tuple[date, int], ...]:
        tag, inner = tagged(node["feeType"])
        start, end = date.fromisoformat(node["feeStart"]), self.last + timedelta(days=400)
        if tag == "FixFee":
            return ((start, fen(inner)),)
        if tag == "RecurFee":
            return tuple((day, fen(inner[1])) for day in days_of(inner[0], start, end))
        if tag == "FeeFlow":
            points = inner["contents"] if isinstance(inner, dict) else inner
            return tuple((date.fromisoformat(day), fen(amount)) for day, amount in points)
        pattern = self.spec["dates"]["contents"][-2][1]
        return tuple((day, fen(inner)) for day in days_of(pattern, start, self.last))

    def _share_fee(self, key: str, start: date, inner: Node) -> Fee:
        tag, kinds = tagged(inner[0])
        rate = self.formulas.rate(inner[1])
        if tag in ("PoolCurCollection", "PoolCollectionIncome"):
            listed = kinds if isinstance(kinds, list) else [kinds]
            listed = listed[0] if isinstance(listed[0], list) else listed
            found = tuple(Quantity(f"collected_{COLLECTED[kind]}") for kind in listed)
            return Fee(
                key=key, kind=FeeKind.SHARE_OF_COLLECTIONS, start=start, rate=rate, kinds=found
            )
        base = self.formulas.amount(inner[0])
        return Fee(key=key, kind=FeeKind.FORMULA, start=start, rate=rate, base=base)

    def _support(self, node: Node) -> Support:
        credit = node["liqCredit"]
        tag, _ = tagged(node["liqType"])
        return Support(
            key=node["liqName"],
            kind=SupportKind.LIQUIDITY_FACILITY,
            limit_fen=None if credit is None else fen(credit),
            revolves=tag == "ReplenishSupport",
            ends=None if node.get("liqEnds") is None else date.fromisoformat(node["liqEnds"]),
        )

    def _triggers(self) -> Iterator[Trigger]:
        for by_name in (self.spec["triggers"] or {}).values():
            for name, node in by_name.items():
                effect = json.dumps(node["trgEffects"])
                stages = [stage for word, stage in _STAGES if word in effect]
                yield Trigger(
                    key=name,
                    condition=self.formulas.condition(node["trgCondition"]),
                    stage=stages[0] if stages else None,
                    is_curable=bool(node["trgCurable"]),
                )

    def _waterfalls(self) -> Node:
        found = {}
        on_closing = on_collection = ()
        for when, nodes in self.spec["waterfall"].items():
            actions = self.actions.of(nodes)
            if when == "EndOfPoolCollection":
                on_collection = actions
            elif when == "OnClosingDay":
                on_closing = actions
            elif when.startswith("DistributionDay"):
                stages = [stage for word, stage in _STAGES if word in when]
                found[stages[0] if stages else Stage.NORMAL] = actions
            elif when == "DefaultDistribution":
                found.setdefault(Stage.NORMAL, actions)
        return tuple(found.items()), on_closing, on_collection


def _last_row(stored: Mapping[str, Node]) -> date:
    """The last day on which the engine wrote anything down."""
    groups = (stored["bonds"], stored["fees"], stored["accounts"])
    days = [rows[-1][0] for group in groups for rows in group.values() if rows]
    return max(date.fromisoformat(day) for day in (*days, stored["pool"][-1][0]))


def _measured(base: f.Formula) -> Measured:
    is_pool = isinstance(base, f.Measure) and base.quantity is Quantity.POOL_BALANCE
    return Measured.TIME_WEIGHTED_TO_COLLECTION if is_pool else Measured.TIME_WEIGHTED
