"""Random terms of tranches, fees, supports and hedges."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from zhirong.securitization.plan import formulas as f
from zhirong.securitization.plan.conventions import Measured
from zhirong.securitization.plan.fees import Fee, FeeKind
from zhirong.securitization.plan.formulas import Quantity
from zhirong.securitization.plan.supports import Hedge, HedgeKind, Leg, Support, SupportKind
from zhirong.securitization.plan.tranches import (
    AccruesWhen,
    Floating,
    Principal,
    PrincipalKind,
    StepUp,
    Tranche,
)

_COLLECTED = (
    Quantity.COLLECTED_INTEREST,
    Quantity.COLLECTED_PRINCIPAL,
    Quantity.COLLECTED_PREPAID,
    Quantity.COLLECTED_RECOVERED,
)


class Terms:
    """Draws the parts of one deal."""

    def __init__(
        self, draw: random.Random, size: int, closing: date, payments: Sequence[date]
    ) -> None:
        self.draw = draw
        self.size = size
        self.closing = closing
        self.payments = payments

    def tranches(self) -> tuple[Tranche, ...]:
        count = self.draw.randint(1, 4)
        shares = sorted(self.draw.random() for _ in range(count))
        found = [self._tranche(f"t{n}", int(self.size * share)) for n, share in enumerate(shares)]
        return tuple(found)

    def _tranche(self, key: str, balance: int) -> Tranche:
        draw = self.draw
        rate = Fraction(draw.randint(0, 900_000), 10_000_000)
        floating = None
        if draw.random() < 0.3:
            resets = tuple(
                self.closing + timedelta(days=90 * n + draw.randint(0, 30)) for n in range(4)
            )
            floating = Floating(
                index="LPR1Y",
                margin=Fraction(draw.randint(-50, 200), 10_000),
                resets=resets,
                cap=draw.choice((None, Fraction(5, 100))),
                floor=draw.choice((None, Fraction(1, 100))),
            )
        step_ups = ()
        if draw.random() < 0.2:
            start = self.closing + timedelta(days=draw.randint(30, 400))
            step_ups = (StepUp(start=start, margin=Fraction(1, 100)),)
        return Tranche(
            key=key,
            balance_fen=balance,
            rate=rate,
            principal=self._principal(key, balance),
            floating=floating,
            step_ups=step_ups,
            accrues_from=draw.choice((None, None, self.closing - timedelta(days=9))),
            accrues=draw.choice((*AccruesWhen, AccruesWhen.ON_PAYMENT_DATES)),
            unpaid_margin=draw.choice((Fraction(0), Fraction(1, 200))),
        )

    def _principal(self, key: str, balance: int) -> Principal:
        draw = self.draw
        kinds = [PrincipalKind.PASS_THROUGH, PrincipalKind.SCHEDULED, PrincipalKind.BULLET]
        if key != "t0":
            kinds += [PrincipalKind.LOCKOUT, PrincipalKind.ACCRUAL, PrincipalKind.INTEREST_ONLY]
            kinds += [PrincipalKind.RESIDUAL]
        kind = draw.choice(kinds)
        if kind is PrincipalKind.SCHEDULED:
            count = len(self.payments)
            targets = [balance * (count - n - 1) // count for n in range(count)]
            schedule = tuple(zip(self.payments, targets, strict=True))
            others = () if key == "t0" else draw.choice(((), ("t0",)))
            return Principal(kind=kind, schedule=schedule, while_outstanding=others)
        if kind is PrincipalKind.LOCKOUT:
            return Principal(kind=kind, start=self.payments[len(self.payments) // 2])
        if kind is PrincipalKind.ACCRUAL:
            return Principal(kind=kind, while_outstanding=("t0",))
        if kind is PrincipalKind.INTEREST_ONLY:
            return Principal(kind=kind, notional=f.Measure(Quantity.TRANCHE_BALANCE, ("t0",)))
        return Principal(kind=kind)

    def fees(self) -> tuple[Fee, ...]:
        draw = self.draw
        base = draw.choice(
            (f.Measure(Quantity.POOL_BALANCE), f.Measure(Quantity.TRANCHE_BALANCE, ("t0",)))
        )
        each_date = draw.choice((None, self.size // 5_000))
        each_year = draw.choice((None, self.size // 2_000))
        dues = tuple((day, draw.randrange(self.size // 1_000)) for day in self.payments[::2])
        cumulated = f.Share(Fraction(326, 10_000), f.Measure(Quantity.ALL_COLLECTED_INTEREST))
        return (
            Fee(
                key="rate",
                kind=FeeKind.ANNUAL_RATE,
                rate=Fraction(draw.randint(1, 40_000), 1_000_000),
                base=base,
                measured=draw.choice(tuple(Measured)),
                cap_each_date_fen=each_date,
                cap_each_year_fen=each_year,
                lapses=draw.random() < 0.3,
            ),
            Fee(key="fixed", kind=FeeKind.ON_DATES, dues=dues),
            Fee(
                key="tax",
                kind=FeeKind.SHARE_OF_COLLECTIONS,
                rate=Fraction(3, 103),
                kinds=tuple(draw.sample(_COLLECTED, draw.randint(1, 4))),
            ),
            Fee(key="upto", kind=FeeKind.UP_TO_FORMULA, rate=Fraction(1), base=cumulated),
            Fee(
                key="formula",
                kind=FeeKind.FORMULA,
                rate=Fraction(1, 10_000),
                base=f.Difference(f.Measure(Quantity.COLLECTED), f.Constant(0)),
            ),
        )

    def supports(self) -> tuple[Support, ...]:
        draw = self.draw
        found = []
        if draw.random() < 0.4:
            found.append(
                Support(
                    key="facility",
                    kind=SupportKind.LIQUIDITY_FACILITY,
                    limit_fen=self.size // 20,
                    rate=Fraction(435, 10_000),
                    commitment_rate=Fraction(5, 1_000),
                    revolves=draw.random() < 0.5,
                )
            )
        if draw.random() < 0.4:
            limit = draw.choice((None, self.size // 30))
            kind = draw.choice((SupportKind.SHORTFALL_PAYER, SupportKind.GUARANTOR))
            found.append(Support(key="payer", kind=kind, limit_fen=limit))
        return tuple(found)

    def hedges(self, tranches: Sequence[Tranche]) -> tuple[Hedge, ...]:
        draw = self.draw
        if draw.random() < 0.7:
            return ()
        notional = f.Measure(Quantity.TRANCHE_BALANCE, (tranches[0].key,))
        floating, fixed = (
            Leg(index="LPR1Y", margin=Fraction(0)),
            Leg(index=None, margin=Fraction(33, 1_000)),
        )
        kind = draw.choice(tuple(HedgeKind))
        legs = (floating, fixed) if draw.random() < 0.5 else (fixed, floating)
        return (Hedge(key="swap", kind=kind, notional=notional, receives=legs[0], pays=legs[1]),)
