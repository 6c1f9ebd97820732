"""The sections `costs`, `issue`, `parties`, `rates` and `curve` of a plan file."""

from datetime import date
from fractions import Fraction

from zhirong.adapters.intake.plans.attempts import part, probability, whole
from zhirong.adapters.intake.plans.nodes import Entry
from zhirong.application.plans.records import FirmCosts, IssueStep, StepState
from zhirong.securitization.analytics.spreads import Curve

ROLES = (
    "manager",
    "originator",
    "lender",
    "servicer",
    "custodian",
    "supervising_bank",
    "shortfall_payer",
    "guarantor",
    "liquidity_provider",
    "rating_agency",
    "law_firm",
    "auditor",
    "valuer",
    "selling_agent",
    "registrar",
    "venue",
    "sponsor",
)
_STATES = {each.value: each for each in StepState}


def costs(entry: Entry, unit: int) -> FirmCosts:
    """What a firm pays and gets back, and the axes of the table."""
    fields = entry.fields("guarantee_fee", "appraisal_fee", "subsidy", "line", "table")
    given = fields.needed("subsidy").fields("payer", "interest", "guarantee_fee", "paid_after_days")
    fee, table = fields.get("appraisal_fee"), fields.get("table")
    axes = None if table is None else table.fields("loan_rates", "guarantee_fees", "interest")

    def axis(name: str) -> tuple[float, ...]:
        place = None if axes is None else axes.get(name)
        return () if place is None else tuple(probability(each) for each in place.items())

    return FirmCosts(
        guarantee_fee=probability(fields.needed("guarantee_fee")),
        appraisal_fee_fen=0 if fee is None else fee.fen(unit),
        subsidy_payer=given.needed("payer").text(),
        interest_share=part(given.needed("interest")),
        fee_share=part(given.needed("guarantee_fee")),
        days_after_end=whole(given.needed("paid_after_days")),
        line=probability(fields.needed("line")),
        loan_rates=axis("loan_rates"),
        guarantee_fees=axis("guarantee_fees"),
        interest_shares=axis("interest"),
    )


def steps(entry: Entry) -> tuple[IssueStep, ...]:
    """The steps of the issue, in the order of their days.

    Raises:
        PlanEntryError: A step is before the one above it.
    """
    found: list[IssueStep] = []
    for key, value in entry.keyed().items():
        step = _step(key, value)
        if found and step.on < found[-1].on:
            raise value.wrong("plan.problem.step_order", first=found[-1].on, second=step.on)
        found.append(step)
    return tuple(found)


def _step(key: str, entry: Entry) -> IssueStep:
    fields = entry.fields("label", "on", "by", "documents", "state", "data")
    label, documents, data = fields.get("label"), fields.get("documents"), fields.get("data")
    keyed = {} if data is None else data.keyed()
    return IssueStep(
        key=key,
        label=key if label is None else label.text(),
        on=fields.needed("on").day(),
        by=fields.needed("by").text(),
        documents=() if documents is None else documents.names(),
        state=fields.needed("state").word(_STATES),
        data=tuple((name, value.text()) for name, value in keyed.items()),
    )


def parties(entry: Entry) -> dict[str, str]:
    """Who does what, by role."""
    return {key: value.text() for key, value in entry.fields(*ROLES).found.items()}


def rates(entry: Entry) -> dict[str, tuple[tuple[date, Fraction], ...]]:
    """Levels of each index from a day on: `LPR: {2024-10-21: 3.1%}`."""
    found = {}
    for index, levels in entry.keyed().items():
        path: list[tuple[date, Fraction]] = []
        for text, value in levels.keyed().items():
            try:
                day = date.fromisoformat(text)
            except ValueError:
                raise value.wrong("plan.problem.day", value=text) from None
            if path and day <= path[-1][0]:
                raise value.wrong("plan.problem.ascending")
            path.append((day, value.share()))
        found[index] = tuple(path)
    return found


def curve(entry: Entry) -> Curve:
    """Zero rates by years, continuously compounded: `{1: 1.40%, 2: 1.48%}`."""
    points: list[tuple[float, float]] = []
    for text, value in entry.keyed().items():
        try:
            years = float(text)
        except ValueError:
            raise value.wrong("plan.problem.number", value=text) from None
        if years <= (points[-1][0] if points else 0.0):
            raise value.wrong("plan.problem.ascending")
        points.append((years, float(value.share())))
    if not points:
        raise entry.wrong("plan.problem.missing", word="1")
    return Curve(
        years=tuple(each for each, _ in points), zero_rates=tuple(rate for _, rate in points)
    )
