"""Tranches, fees, supports and hedges of a plan file."""

from datetime import date
from fractions import Fraction

from zhirong.adapters.intake.plans.formulas import amount
from zhirong.adapters.intake.plans.nodes import Entry, Fields
from zhirong.adapters.intake.plans.schedules import dated_amounts, days
from zhirong.core.daycounts import DayCount
from zhirong.securitization.plan.conventions import InterestOnUnpaid, Measured
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

_DAY_COUNTS = {each.value: each for each in DayCount}
_PRINCIPAL = {each.value: each for each in PrincipalKind}
_ACCRUES = {each.value: each for each in AccruesWhen}
_ON_UNPAID = {each.value: each for each in InterestOnUnpaid}
_MEASURED = {each.value: each for each in Measured}
_SUPPORTS = {each.value: each for each in SupportKind}
_HEDGES = {each.value: each for each in HedgeKind}
_COLLECTED = {
    "interest": Quantity.COLLECTED_INTEREST,
    "principal": Quantity.COLLECTED_PRINCIPAL,
    "prepaid": Quantity.COLLECTED_PREPAID,
    "recovered": Quantity.COLLECTED_RECOVERED,
}
_FEE_WORDS = ("amount", "on", "annual_rate", "share_of_collections", "up_to", "formula", "vat")


def day_count(entry: Entry | None) -> DayCount | None:
    """A day count by its name in the market."""
    return None if entry is None else entry.word(_DAY_COUNTS)


def tranche(key: str, entry: Entry, unit: int) -> Tranche:
    """One tranche."""
    fields = entry.fields(
        "balance",
        "rate",
        "principal",
        "floating",
        "step_up",
        "accrues_from",
        "accrues",
        "day_count",
        "interest_on_unpaid",
        "unpaid_margin",
        "label",
    )
    rate, accrues, unpaid = fields.get("rate"), fields.get("accrues"), fields.get("unpaid_margin")
    on_unpaid, since = fields.get("interest_on_unpaid"), fields.get("accrues_from")
    floating, step_up = fields.get("floating"), fields.get("step_up")
    return Tranche(
        key=key,
        balance_fen=fields.needed("balance").fen(unit),
        rate=Fraction(0) if rate is None else rate.share(),
        principal=_principal(fields.needed("principal"), unit),
        floating=None if floating is None else _floating(floating),
        step_ups=() if step_up is None else _step_ups(step_up),
        accrues_from=None if since is None else since.day(),
        accrues=AccruesWhen.ON_PAYMENT_DATES if accrues is None else accrues.word(_ACCRUES),
        day_count=day_count(fields.get("day_count")),
        interest_on_unpaid=None if on_unpaid is None else on_unpaid.word(_ON_UNPAID),
        unpaid_margin=Fraction(0) if unpaid is None else unpaid.share(),
    )


def _principal(entry: Entry, unit: int) -> Principal:
    if not entry.is_mapping:
        return Principal(kind=entry.word(_PRINCIPAL))
    fields = entry.fields("kind", "balances", "while_outstanding", "start", "notional")
    balances, start = fields.get("balances"), fields.get("start")
    others, notional = fields.get("while_outstanding"), fields.get("notional")
    return Principal(
        kind=fields.needed("kind").word(_PRINCIPAL),
        schedule=() if balances is None else dated_amounts(balances, unit),
        while_outstanding=() if others is None else others.names(),
        start=None if start is None else start.day(),
        notional=None if notional is None else amount(notional, unit),
    )


def _floating(entry: Entry) -> Floating:
    fields = entry.fields("index", "margin", "resets", "cap", "floor")
    cap, floor, margin = fields.get("cap"), fields.get("floor"), fields.get("margin")
    return Floating(
        index=fields.needed("index").text(),
        margin=Fraction(0) if margin is None else margin.share(),
        resets=days(fields.needed("resets")),
        cap=None if cap is None else cap.share(),
        floor=None if floor is None else floor.share(),
    )


def _step_ups(entry: Entry) -> tuple[StepUp, ...]:
    found = []
    for text, value in entry.keyed().items():
        try:
            start = date.fromisoformat(text)
        except ValueError:
            raise value.wrong("plan.problem.day", value=text) from None
        found.append(StepUp(start=start, margin=value.share()))
    return tuple(found)


def fee(key: str, entry: Entry, unit: int) -> Fee:
    """One fee: a fixed amount on days, a yearly rate, a share of collections, or a formula."""
    fields = entry.fields(
        *_FEE_WORDS,
        "of",
        "measured",
        "day_count",
        "start",
        "cap_each_date",
        "cap_each_year",
        "lapses",
        "surcharges",
        "payer",
        "label",
    )
    start, each_date = fields.get("start"), fields.get("cap_each_date")
    each_year, lapses = fields.get("cap_each_year"), fields.get("lapses")
    kind, terms = _fee_terms(fields, unit)
    measured = fields.get("measured")
    return Fee(
        key=key,
        kind=kind,
        dues=terms.dues,
        rate=terms.rate,
        base=terms.base,
        kinds=terms.kinds,
        measured=Measured.CLOSING if measured is None else measured.word(_MEASURED),
        day_count=day_count(fields.get("day_count")),
        start=None if start is None else start.day(),
        cap_each_date_fen=None if each_date is None else each_date.fen(unit),
        cap_each_year_fen=None if each_year is None else each_year.fen(unit),
        lapses=lapses is not None and lapses.flag(),
    )


def _fee_terms(fields: Fields, unit: int) -> tuple[FeeKind, Fee]:
    """The kind of a fee, and the terms of that kind as an unnamed fee."""
    given = [word for word in _FEE_WORDS if word in fields.found and word != "on"]
    if len(given) != 1:
        if not given and "on" not in fields.found:
            return FeeKind.RESIDUAL, Fee(key="", kind=FeeKind.RESIDUAL)
        raise fields.place.wrong("plan.problem.one_of", word=", ".join(given) or "on")
    (word,) = given
    value = fields.needed(word)
    match word:
        case "amount":
            when, each = fields.needed("on"), value.fen(unit)
            dues = tuple((day, each) for day in days(when))
            return FeeKind.ON_DATES, Fee(key="", kind=FeeKind.ON_DATES, dues=dues)
        case "annual_rate":
            base = amount(fields.needed("of"), unit)
            kind = FeeKind.ANNUAL_RATE
            return kind, Fee(key="", kind=kind, rate=value.share(), base=base)
        case "share_of_collections" | "vat":
            return _share(fields, value, is_vat=word == "vat")
    if value.is_mapping and all(text[:4].isdigit() for text in value.keyed()):
        dues = dated_amounts(value, unit)
        return FeeKind.ON_DATES, Fee(key="", kind=FeeKind.ON_DATES, dues=dues)
    kind = FeeKind.UP_TO_FORMULA if word == "up_to" else FeeKind.FORMULA
    return kind, Fee(key="", kind=kind, rate=Fraction(1), base=amount(value, unit))


def _share(fields: Fields, value: Entry, *, is_vat: bool) -> tuple[FeeKind, Fee]:
    """A share of what came in; tax is contained in the interest: rate / (1 + rate), and on top."""
    rate, surcharges = _part(value), fields.get("surcharges")
    if is_vat:
        rate = rate / (1 + rate) * (1 + (_part(surcharges) if surcharges else Fraction(0)))
    of = fields.get("of")
    words = [item.word(_COLLECTED) for item in of.items()] if of is not None else []
    kinds = tuple(words) or ((Quantity.COLLECTED_INTEREST,) if is_vat else ())
    if not kinds:
        raise fields.place.wrong("plan.problem.missing", word="of")
    kind = FeeKind.SHARE_OF_COLLECTIONS
    return kind, Fee(key="", kind=kind, rate=rate, kinds=kinds)


def _part(value: Entry) -> Fraction:
    """A share of what came in: from 0 to the whole, so that 3 is not read for 3 %."""
    share = value.number()
    if not 0 <= share <= 1:
        raise value.wrong("plan.problem.part", value=value.text())
    return share


def support(key: str, entry: Entry, unit: int) -> Support:
    """One support from outside the plan."""
    fields = entry.fields("kind", "limit", "rate", "commitment_rate", "revolves", "ends", "label")
    limit, rate, commitment = fields.get("limit"), fields.get("rate"), fields.get("commitment_rate")
    revolves, ends = fields.get("revolves"), fields.get("ends")
    return Support(
        key=key,
        kind=fields.needed("kind").word(_SUPPORTS),
        limit_fen=None if limit is None else limit.fen(unit),
        rate=Fraction(0) if rate is None else rate.share(),
        commitment_rate=Fraction(0) if commitment is None else commitment.share(),
        revolves=revolves is not None and revolves.flag(),
        ends=None if ends is None else ends.day(),
    )


def hedge(key: str, entry: Entry, unit: int) -> Hedge:
    """One swap or cap."""
    fields = entry.fields("kind", "notional", "receives", "pays", "day_count", "label")
    return Hedge(
        key=key,
        kind=fields.needed("kind").word(_HEDGES),
        notional=amount(fields.needed("notional"), unit),
        receives=_leg(fields.needed("receives")),
        pays=_leg(fields.needed("pays")),
        day_count=day_count(fields.get("day_count")),
    )


def _leg(entry: Entry) -> Leg:
    if not entry.is_mapping:
        return Leg(index=None, margin=entry.share())
    fields = entry.fields("index", "margin")
    margin = fields.get("margin")
    return Leg(
        index=fields.needed("index").text(),
        margin=Fraction(0) if margin is None else margin.share(),
    )
