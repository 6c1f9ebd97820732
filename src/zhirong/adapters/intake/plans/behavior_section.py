"""The section `behavior` of a plan file: what is assumed of defaults, recoveries, prepayment."""

from zhirong.adapters.intake.plans.attempts import part, probability, whole
from zhirong.adapters.intake.plans.nodes import Entry
from zhirong.application.plans.assumed import (
    BehaviorTerms,
    DefaultTerms,
    Migration,
    Prepayment,
    RecoveryTerms,
    ServicerTerms,
    Speed,
    SupporterTerms,
)
from zhirong.core.errors import InputError
from zhirong.securitization.behavior import migration
from zhirong.securitization.plan.records import Plan

_GAUSSIAN, _STUDENT = "gaussian", "student_t"
_COLLATERAL = "collateral"
_SPEEDS = {each.value: each for each in Speed}


def behavior(entry: Entry, plan: Plan, unit: int) -> BehaviorTerms:
    """The assumptions; the names of supporters are those of the plan."""
    fields = entry.fields(
        "copula",
        "degrees",
        "correlation",
        "industry_correlation",
        "default_probability",
        "migration",
        "recovery",
        "prepayment",
        "supporters",
        "servicer",
    )
    industry, speed = fields.get("industry_correlation"), fields.get("prepayment")
    correlation = fields.needed("correlation")
    servicer = fields.get("servicer")
    terms = BehaviorTerms(
        correlation=probability(correlation),
        industry_correlation=0.0 if industry is None else probability(industry),
        degrees=_degrees(fields.needed("copula"), fields.get("degrees")),
        defaults=_defaults(fields.get("default_probability"), fields.get("migration")),
        recovery=recovery(fields.needed("recovery")),
        prepayment=None if speed is None else prepayment(speed),
        supporters=_supporters(fields.get("supporters"), plan, unit),
        servicer=None if servicer is None else _servicer(servicer),
    )
    if terms.correlation + terms.industry_correlation >= 1.0:
        raise correlation.wrong("plan.problem.probability", value=correlation.text())
    return terms


def _degrees(copula: Entry, degrees: Entry | None) -> float | None:
    is_student = copula.word({_GAUSSIAN: False, _STUDENT: True})
    if not is_student:
        return None
    if degrees is None:
        raise copula.wrong("plan.problem.missing", word="degrees")
    value = float(degrees.number())
    if value <= 0.0:
        raise degrees.wrong("plan.problem.count", value=degrees.text())
    return value


def _defaults(entry: Entry | None, matrix: Entry | None) -> DefaultTerms:
    law = None if matrix is None else _migration(matrix)
    if entry is None:
        return DefaultTerms(by_obligor={}, by_grade={}, for_all=None, migration=law)
    if not entry.is_mapping:
        every = probability(entry)
        return DefaultTerms(by_obligor={}, by_grade={}, for_all=every, migration=law)
    fields = entry.fields("all", "by_grade", "by_obligor", "multiple")
    every_one, multiple = fields.get("all"), fields.get("multiple")
    return DefaultTerms(
        by_obligor=_by_name(fields.get("by_obligor")),
        by_grade=_by_name(fields.get("by_grade")),
        for_all=None if every_one is None else probability(every_one),
        migration=law,
        multiple=1.0 if multiple is None else float(multiple.number()),
    )


def _by_name(entry: Entry | None) -> dict[str, float]:
    keyed = {} if entry is None else entry.keyed()
    return {key: probability(value) for key, value in keyed.items()}


def _migration(entry: Entry) -> Migration:
    fields = entry.fields("grades", "matrix")
    grades = fields.needed("grades").names()
    place = fields.needed("matrix")
    matrix = tuple(tuple(float(cell.share()) for cell in row.items()) for row in place.items())
    if {len(grades)} != {len(matrix), *(len(row) for row in matrix)}:
        raise place.wrong("plan.problem.matrix", count=len(grades))
    try:
        migration.checked(matrix)
    except InputError:
        raise place.wrong("plan.problem.matrix", count=len(grades)) from None
    return Migration(grades=grades, matrix=matrix)


def recovery(entry: Entry) -> RecoveryTerms:
    """`collateral` alone, or with other terms; `flat` only where it is asked for."""
    if not entry.is_mapping:
        entry.word({_COLLATERAL: True})
        return RecoveryTerms()
    fields = entry.fields("flat", "lag_months", "cost_share", "correlation")
    flat, lag = fields.get("flat"), fields.get("lag_months")
    cost, joint = fields.get("cost_share"), fields.get("correlation")
    return RecoveryTerms(
        flat=None if flat is None else part(flat),
        lag_months=None if lag is None else whole(lag),
        cost_share=None if cost is None else part(cost),
        correlation=None if joint is None else probability(joint),
    )


def prepayment(entry: Entry) -> Prepayment:
    """A speed by its name in the market, such as `{cpr: 6%}`."""
    fields = entry.fields(*_SPEEDS, "age_months")
    given = [word for word in _SPEEDS if word in fields.found]
    if len(given) != 1:
        raise entry.wrong("plan.problem.one_of", word=", ".join(given) or "-")
    (word,) = given
    age, value = fields.get("age_months"), fields.needed(word)
    speed = _SPEEDS[word]
    return Prepayment(
        speed=speed,
        value=float(value.share()) if speed is Speed.PSA else probability(value),
        age_months=0 if age is None else whole(age),
    )


def _supporters(entry: Entry | None, plan: Plan, unit: int) -> tuple[SupporterTerms, ...]:
    known = {each.key for each in plan.supports}
    found = []
    for key, value in ({} if entry is None else entry.keyed()).items():
        if key not in known:
            raise value.wrong("plan.problem.unknown_name", word=key, section="supports")
        fields = value.fields("default_probability", "correlation", "capacity", "failure_event")
        capacity, event = fields.get("capacity"), fields.get("failure_event")
        found.append(
            SupporterTerms(
                key=key,
                pd_one_year=probability(fields.needed("default_probability")),
                correlation=probability(fields.needed("correlation")),
                capacity_fen=None if capacity is None else capacity.fen(unit),
                failure_event=None if event is None else event.text(),
            )
        )
    return tuple(found)


def _servicer(entry: Entry) -> ServicerTerms:
    fields = entry.fields("default_probability", "correlation", "commingled_days", "failure_event")
    return ServicerTerms(
        pd_one_year=probability(fields.needed("default_probability")),
        correlation=probability(fields.needed("correlation")),
        commingled_days=whole(fields.needed("commingled_days")),
        failure_event=fields.needed("failure_event").text(),
    )
