"""Rights that serve no product: how long inventions are kept, and what renewing them is worth.

They carry no sales, so they stand in no group and in no total; what is told of them is shown beside
the value and feeds the advice to keep or drop.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from zhirong.application.case.context import Context, parameter_origin
from zhirong.application.inputs.columns import Column, MissingInput, assumed_column, fixed
from zhirong.application.runs.running import Plan, work
from zhirong.core.daycounts import years_and_part
from zhirong.core.figure import Figure
from zhirong.core.messages import Message
from zhirong.core.sheet import Sheet
from zhirong.core.sources import ComputedOrigin
from zhirong.parameters.reader import model
from zhirong.rights.fees import AnnualFee, annual_fee, grant_year
from zhirong.rights.records import Patent, PatentKind
from zhirong.valuation import survival, tax
from zhirong.valuation.methods import renewal_option
from zhirong.valuation.survival_inputs import SurvivalFeatures, age_years, survival_model

MODEL = "cn_invention_survival"
JUDGED = ("median_return", "spread", "return_decline", "discount_rate")
OWN = ("median_return", "return_spread", "return_decline")
NAMES = (*JUDGED, "fee", "paid_fee", "first_due", "tax_rate", "year")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmapped:
    """The rights in force that serve no product.

    Args:
        places: Their places in the case.
        survival: For granted inventions the chance to be kept to each later year, share.
        renewal: The renewal option of those whose returns were judged; line "value" (asset).
        renewed: Their places, in the order of its axis "asset".
        missing: What the others lack of whom some return was judged.
        notes: What must be said of the survival model.
    """

    places: tuple[int, ...] = ()
    survival: Mapping[int, tuple[float, ...]]
    renewal: Sheet | None = None
    renewed: tuple[int, ...] = ()
    missing: tuple[MissingInput, ...] = ()
    notes: tuple[Message, ...] = ()

    def renewal_value(self, place: int) -> float | None:
        """What renewing a right is worth, CNY; None where nobody judged its returns."""
        if self.renewal is None or place not in self.renewed:
            return None
        return float(self.renewal.lines["value"].figure.values[self.renewed.index(place)])


@dataclass(frozen=True, slots=True)
class _Right:
    """A single right as a scope of assumptions."""

    group: str

    @property
    def scopes(self) -> tuple[str, ...]:
        return (self.group, "")


def unmapped(context: Context) -> Unmapped:
    """What can be told of the rights that no group holds."""
    held = {place for group in context.groups for place in group.rights}
    places = tuple(
        place
        for place, status in enumerate(context.statuses)
        if place not in held and status.is_alive
    )
    patents = context.case.patents
    inventions = [
        place
        for place in places
        if patents[place].kind is PatentKind.INVENTION and patents[place].grant_date is not None
    ]
    kept, notes = _survival(context, inventions)
    renewed, missing = _renewable(context, inventions)
    return Unmapped(
        places=places,
        survival=kept,
        renewal=_renewal(context, renewed) if renewed else None,
        renewed=tuple(renewed),
        missing=missing,
        notes=notes,
    )


def _survival(
    context: Context, places: Sequence[int]
) -> tuple[Mapping[int, tuple[float, ...]], tuple[Message, ...]]:
    """S(t) / S(valuation date) at the end of each whole year that the term leaves."""
    lives = {
        place: int(years_and_part(context.valuation_date, context.statuses[place].term.expires_on))
        for place in places
    }
    asked = [place for place in places if lives[place] > 0]
    if not asked:
        return {}, ()
    fitted = survival_model(model(MODEL))
    features = _features(context, asked)
    ages = np.array(
        [
            age_years(context.case.patents[place].filing_date, on=context.valuation_date)
            for place in asked
        ]
    )
    horizon = max(lives.values())
    chances = survival.conditional_survival(
        features, model=fitted, age_at_valuation=ages, horizon_years=horizon
    )
    notes = survival.notes(features, model=fitted, age_at_valuation=ages, horizon_years=horizon)
    rows = {
        place: tuple(round(float(chance), 9) for chance in chances[n, : lives[place]])
        for n, place in enumerate(asked)
    }
    return rows, notes


def _features(context: Context, places: Sequence[int]) -> SurvivalFeatures:
    patents = [context.case.patents[place] for place in places]
    rows = [_characteristics(patent, context) for patent in patents]
    columns = {name: np.array([row[name] for row in rows], dtype=np.float64) for name in rows[0]}
    return SurvivalFeatures(
        is_invention=np.ones(len(patents), dtype=np.bool_),
        main_ipc=tuple(patent.ipc[0] if patent.ipc else "" for patent in patents),
        **columns,
    )


def _characteristics(patent: Patent, context: Context) -> Mapping[str, float]:
    """What the export says of one right; not known where it is silent."""
    firm = context.case.firm
    is_alone = len(patent.owners) <= 1
    unknown = float("nan")
    return {
        "is_domestic": 1.0 if firm.credit_code else unknown,
        "has_company": 1.0 if firm.kind == "enterprise" else (0.0 if is_alone else unknown),
        "has_university": 1.0 if firm.kind == "university" else (0.0 if is_alone else unknown),
        "has_priority": unknown
        if patent.priority_dates is None
        else float(bool(patent.priority_dates)),
        "is_pct": unknown,
        "has_agency": unknown if patent.agency is None else float(bool(patent.agency)),
        "claims": _count(patent.claims.total if patent.claims else None),
        "inventors": _count(len(patent.inventors) if patent.inventors else None),
        "ipc_symbols": _count(len(patent.ipc) if patent.ipc else None),
        "grant_lag_years": unknown
        if patent.grant_date is None
        else age_years(patent.filing_date, on=patent.grant_date),
    }


def _count(value: int | None) -> float:
    return float(value) if value is not None and value >= 1 else float("nan")


def _renewable(
    context: Context, places: Sequence[int]
) -> tuple[list[int], tuple[MissingInput, ...]]:
    """Rights with fees ahead whose returns were judged; what others lack."""
    ready: list[int] = []
    missing: list[MissingInput] = []
    for place in places:
        right = _Right(context.case.patents[place].app_no)
        meant = any(context.book.find(key, right.scopes) for key in OWN)
        if not meant or not context.fees[place]:
            continue
        found = [assumed_column(name, (right,), book=context.book, years=1) for name in JUDGED]
        absent = [item for column in found if isinstance(column, tuple) for item in column]
        missing.extend(absent)
        if not absent:
            ready.append(place)
    return ready, tuple(missing)


def _renewal(context: Context, places: Sequence[int]) -> Sheet:
    fees = [context.fees[place] for place in places]
    numbers = tuple(context.case.patents[place].app_no for place in places)
    plan = Plan(
        key=renewal_option.KEY,
        labels={"asset": numbers},
        names=NAMES,
        columns={**_judged(context, numbers), **_fees(context, places, fees)},
        years=max(len(own) for own in fees),
        value=_value,
    )
    return work(plan).sheet


def _value(sheet: Sheet, f: Mapping[str, Figure]) -> Figure:
    return renewal_option.value(sheet, a=renewal_option.Inputs(**f))


def _judged(context: Context, numbers: Sequence[str]) -> Mapping[str, Column]:
    rights = [_Right(number) for number in numbers]
    columns: dict[str, Column] = {}
    for name in JUDGED:
        column = assumed_column(name, rights, book=context.book, years=1)
        assert isinstance(column, Column), "asked only for rights that lack nothing"
        columns[name] = column
    return columns


def _fees(
    context: Context, places: Sequence[int], fees: Sequence[tuple[AnnualFee, ...]]
) -> Mapping[str, Column]:
    on = context.valuation_date
    years = max(len(own) for own in fees)
    table = np.zeros((len(places), years))
    for row, own in enumerate(fees):
        table[row, : len(own)] = [float(fee.payable.amount) for fee in own]
    due = [
        min(max(float(years_and_part(on, own[0].due_on)), 0.0), 1.0) if own[0].due_on > on else 0.0
        for own in fees
    ]
    paid = [_last_paid(context, place, own[0]) for place, own in zip(places, fees, strict=True)]
    schedule = ComputedOrigin(by="annual_fee_schedule", inputs=("patent.fee.annual",))
    standard = context.parameters.get(tax.STANDARD_RATE, on=on)
    rate = parameter_origin(standard, on)
    return {
        "fee": fixed("fee", table, "CNY", axes=("asset", "year"), origins=(schedule,)),
        "paid_fee": fixed("paid_fee", paid, "CNY", axes=("asset",), origins=(schedule,)),
        "first_due": fixed("first_due", due, "year", axes=("asset",), origins=(schedule,)),
        "tax_rate": fixed("tax_rate", float(standard.number), "share", axes=(), origins=(rate,)),
    }


def _last_paid(context: Context, place: int, coming: AnnualFee) -> float:
    """The last fee paid by choice, CNY; 0 where it was that of the grant, which tells nothing."""
    patent = context.case.patents[place]
    year = coming.patent_year - 1
    granted = grant_year(patent)
    if granted is None or year <= granted:
        return 0.0
    fee = annual_fee(
        patent, year, on=context.valuation_date, law=context.law, events=context.case.events
    )
    return float(fee.payable.amount)
