"""A small case file for tests of the appraisal: two products in sale, one in development."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from zhirong.application.appraise import appraise
from zhirong.application.case.case_file import (
    AssetGroup,
    Assumption,
    CaseFile,
    Comparable,
    CostItem,
    MarketSignal,
)
from zhirong.application.case.options import AppraisalOptions
from zhirong.application.result import Appraisal
from zhirong.application.workings import SheetRecord
from zhirong.firms.records import (
    AccountYear,
    Certificate,
    Coverage,
    Feature,
    Firm,
    Product,
    ProductYear,
)
from zhirong.rights import law
from zhirong.rights.records import Claims, Owner, Patent, PatentKind

VALUATION_DATE = date(2026, 6, 30)
GROWTH = (0.12, 0.10, 0.08, 0.05, 0.03, 0.03, 0.0, 0.0)


def number(serial: int, kind: str = "1") -> str:
    """A Chinese application number of 2019 with its check digit."""
    digits = f"2019{kind}{serial:07d}"
    weights = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
    check = sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11
    return digits + ("X" if check == 10 else str(check))


# Two inventions and two utility models in sale; an invention in development; two unused rights.
RIGHTS = (
    number(100),
    number(101),
    number(102, "2"),
    number(103, "2"),
    number(104),
    number(105),
    number(106, "2"),
)


def patent(place: int, **changes: Any) -> Patent:
    facts: dict[str, Any] = {
        "app_no": RIGHTS[place],
        "kind": PatentKind.UTILITY_MODEL if RIGHTS[place][4] == "2" else PatentKind.INVENTION,
        "title": f"right {place}",
        "filing_date": date(2019, 3, 1 + place),
        "grant_date": date(2021, 5, 1),
        "owners": (Owner(name="Example Ltd"),),
        "fee_paid_through_year": 8,
        "as_of": date(2026, 6, 25),
        "claims": Claims(total=10, independent=1),
        "inventors": ("A", "B"),
        "ipc": ("F16K1/00",),
    }
    return Patent(**(facts | changes))


def assumption(
    key: str, central: float, low: float | None = None, high: float | None = None, **more: Any
) -> Assumption:
    """A judged number; `scope` and `year` may be given."""
    return Assumption(
        key=key,
        central=Decimal(str(central)),
        low=None if low is None else Decimal(str(low)),
        high=None if high is None else Decimal(str(high)),
        author="A. Analyst",
        reason="worked example",
        **more,
    )


def growth() -> tuple[Assumption, ...]:
    return tuple(
        assumption("growth", rate, rate - 0.03, rate + 0.03, year=year)
        for year, rate in enumerate(GROWTH, start=1)
    )


BASE = (
    assumption("royalty_rate", 0.028, 0.022, 0.034),
    assumption("royalty_decay", 0.10, 0.08, 0.12),
    assumption("economic_life", 7, 6, 8),
    assumption("discount_rate", 0.155, 0.14, 0.17),
    assumption("profit_split_rate", 0.25, 0.2, 0.3),
    assumption("high_tech_renewal", 1),
    *growth(),
)
COST = (
    assumption("development_years", 4),
    assumption("capital_rate", 0.05, 0.04, 0.06),
    assumption("developer_margin", 0.15, 0.10, 0.20),
    assumption("labor_index", 1.22),
    assumption("goods_index", 1.06),
    assumption("functional", 0.18, 0.10, 0.25),
    assumption("economic", 0.06, 0.03, 0.10),
)
OPTION = (
    assumption("underlying_value", 6_000_000, 4_500_000, 7_500_000, scope="P3"),
    assumption("development_cost", 4_000_000, scope="P3"),
    assumption("volatility", 0.35, scope="P3"),
    assumption("risk_free_rate", 0.018),
    assumption("delay_cost", 0.08, scope="P3"),
)
RENEWAL = (
    assumption("median_return", 2_500, scope=RIGHTS[5]),
    assumption("return_spread", 1.0, scope=RIGHTS[5]),
    assumption("return_decline", 0.08, scope=RIGHTS[5]),
)
RETURNS = (
    assumption("working_capital_return", 0.035),
    assumption("fixed_assets_return", 0.05),
)
MARKET_RATE = (
    assumption("risk_free_rate", 0.018),
    assumption("unlevered_beta", 0.95),
    assumption("equity_premium", 0.06),
    assumption("size_premium", 0.02),
    assumption("specific_premium", 0.01),
    assumption("cost_of_debt", 0.04),
    assumption("intangible_premium", 0.04),
    assumption("discount_rate_spread", 0.015),
)
RISKS = {
    "technology_risk": ("conversion", "replacement", "rights", "integration"),
    "market_risk": (
        *("market_capacity", "existing_competition", "scale_economy"),
        *("capital_need", "sales_network"),
    ),
    "funding_risk": ("financing", "working_funds"),
    "management_risk": ("sales_service", "quality_management", "technical_development"),
}
SCORES = tuple(
    assumption(f"risk_score.{risk}.{factor}", 60)
    for risk, factors in RISKS.items()
    for factor in factors
)
COSTS = tuple(
    CostItem(group="G1", item=item, year=year, amount=Decimal(amount))
    for year in (2017, 2018, 2019)
    for item, amount in (
        ("labor", 900_000),
        ("materials", 300_000),
        ("equipment", 150_000),
        ("other", 60_000),
        ("filing_fees", 20_000),
    )
)
DEALS = (
    Comparable(
        comparable="C1",
        kind="running",
        description="valve license",
        deal_date=date(2024, 5, 20),
        group="G1",
        royalty_rate=Decimal("0.03"),
        origin="register extract",
        adjustments=(("日期", Decimal("1.02")), ("独占性", Decimal("1.05"))),
        weight=Decimal("0.4"),
    ),
    Comparable(
        comparable="C2",
        kind="lump",
        description="valve license",
        deal_date=date(2023, 11, 8),
        group="G1",
        amount=Decimal(3_000_000),
        term_years=Decimal("3.5"),
        yearly_sales=Decimal(40_000_000),
        recordal_number="2023990000011",
        adjustments=(("term", Decimal("1.04")),),
        weight=Decimal("0.35"),
    ),
    Comparable(
        comparable="C3",
        kind="sale",
        description="valve patents",
        deal_date=date(2025, 3, 18),
        group="G1",
        amount=Decimal(6_000_000),
        origin="exchange notice",
        adjustments=(("scale", Decimal("1.30")),),
        weight=Decimal("0.25"),
    ),
)
ACCOUNTS = (
    AccountYear(
        year=2025,
        revenue=Decimal(215_000_000),
        operating_profit=Decimal(25_000_000),
        working_capital=Decimal(30_000_000),
        fixed_assets=Decimal(45_000_000),
        equity=Decimal(70_000_000),
        interest_bearing_debt=Decimal(20_000_000),
    ),
)
SIGNALS = tuple(
    MarketSignal(
        right=RIGHTS[place],
        market_cap=Decimal(5_000_000_000),
        window_return=Decimal("0.006"),
        volatility=Decimal("0.04"),
        patents_granted_same_day=1,
    )
    for place in (0, 2)
)


def case(*assumptions: Iterable[Assumption], **changes: Any) -> CaseFile:
    """Valves (G1) and pumps (G2) in sale, a sensor (G3) in development; two rights serve nothing.

    Args:
        assumptions: Blocks of assumptions on top of none; give BASE for the income methods.
        changes: Fields of the file that are set otherwise.
    """
    facts: dict[str, Any] = {
        "firm": Firm(name="Example Ltd", credit_code="91330100799655058B", industry="machinery"),
        "patents": tuple(patent(place) for place in range(len(RIGHTS))),
        "products": (
            Product(product="P1", name="Valves", operating_margin=Decimal("0.12")),
            Product(product="P2", name="Pumps", operating_margin=Decimal("0.14")),
            Product(product="P3", name="Sensor"),
        ),
        "sales": (
            ProductYear(product="P1", year=2025, sales=Decimal(115_000_000)),
            ProductYear(product="P2", year=2025, sales=Decimal(60_000_000)),
        ),
        "features": (
            Feature(product="P1", feature="F1", name="seal", weight=Decimal("0.45")),
            Feature(product="P2", feature="F1", name="impeller", weight=Decimal("0.60")),
            Feature(product="P3", feature="F1", name="cell", weight=Decimal("0.50")),
        ),
        "coverage": tuple(
            Coverage(product=p, feature="F1", right=RIGHTS[place], strength=Decimal("0.9"))
            for p, place in (("P1", 0), ("P1", 2), ("P2", 1), ("P2", 3), ("P3", 4))
        ),
        "groups": tuple(
            AssetGroup(group=f"G{n}", name=f"group {n}", product=f"P{n}") for n in (1, 2, 3)
        ),
        "assumptions": tuple(item for block in assumptions for item in block),
        "certificates": (
            Certificate(
                kind="high_tech",
                number="GR1",
                valid_from=date(2023, 12, 1),
                valid_to=date(2026, 11, 30),
            ),
        ),
    }
    return CaseFile(**(facts | changes))


def without(items: Iterable[Assumption], *keys: str) -> tuple[Assumption, ...]:
    return tuple(item for item in items if item.key not in keys)


def full_case(**changes: Any) -> CaseFile:
    """Everything that every method could ask for."""
    return case(
        BASE,
        COST,
        OPTION,
        RENEWAL,
        RETURNS,
        costs=COSTS,
        comparables=DEALS,
        accounts=ACCOUNTS,
        market_signals=SIGNALS,
        **changes,
    )


def options(**changes: Any) -> AppraisalOptions:
    facts: dict[str, Any] = {
        "purpose": "pledge",
        "valuation_date": VALUATION_DATE,
        "report_date": date(2026, 7, 2),
        "draws": 2_000,
    }
    return AppraisalOptions(**(facts | changes))


def appraised(file: CaseFile, **changes: Any) -> Appraisal:
    return appraise(file, options(**changes), law=law.shipped())


def sheet(result: Appraisal, name: str) -> SheetRecord:
    return next(item for item in result.sheets if item.name == name)


def line(result: Appraisal, name: str, key: str) -> tuple[float, ...]:
    entry = sheet(result, name).entry(key)
    assert entry is not None, f"{name} has no {key}"
    return entry.values


def method(result: Appraisal, group: str, key: str) -> Any:
    """What one method says of a group."""
    assert result.valuation is not None
    own = next(item for item in result.valuation.groups if item.group == group)
    return next((item for item in own.methods if item.method == key), None)


def with_options(result: Appraisal, **changes: Any) -> AppraisalOptions:
    return replace(result.options, **changes)
