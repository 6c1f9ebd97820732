"""What the API takes and gives: asset-backed plans.

Dictionaries with known keys, made from the API's description. Amounts are yuan with two decimals
as text, days are ISO dates.
"""

from typing import Any, Literal, TypedDict

from zhirong.client_matters import Job, Said


class NewPlan(TypedDict):
    """A plan to be opened; one's own organization is its arranger."""

    title: str


class NewPlanPart(TypedDict):
    """An organization that is let into a plan, by its identifier."""

    identifier: str
    part: Literal["servicer", "investor"]


class NewPlanReport(TypedDict):
    """A payment date of the published structure, and the scenario whose events are reported."""

    payment_on: str
    scenario: str


class PlanPart(TypedDict):
    """An organization in a plan: arranger, servicer or investor."""

    organization_id: int
    organization: str
    part: str
    since: str
    can_be_ended: bool


class PlanStep(TypedDict):
    """A step of the issue; `file` is shown to those who work on the plan."""

    key: str
    label: str
    by: str
    due_on: str
    documents: list[str]
    done_on: str | None
    done_by: str
    note: str
    file: int | None
    is_next: bool


class PlanDay(TypedDict):
    """A day before a payment; provisional where the holidays of its year are not out."""

    code: str
    text: str
    on: str
    is_provisional: bool


class PlanFile(TypedDict):
    """A file that was given to a plan, or that a run gave; its bytes are at `/files/{number}`."""

    number: int
    name: str
    use: str
    size: int
    added_on: str


class PlanLine(TypedDict):
    """A plan in a list: what one's organization is in it, and the step of its issue that comes."""

    number: str
    title: str
    arranger: str
    part: str
    state: str
    opened_on: str
    next_step: str
    due_on: str | None


class PlanScenario(TypedDict):
    """A scenario of the plan file."""

    key: str
    label: str


class Plan(TypedDict):
    """A plan: draft, offered, issued or ended; who takes part; the steps of its issue."""

    number: str
    title: str
    arranger: str
    part: str
    state: str
    offered_on: str | None
    issued_on: str | None
    parts: list[PlanPart]
    steps: list[PlanStep]


class PlanPayment(TypedDict):
    """A payment date with the chain of its working days."""

    on: str
    days: list[PlanDay]


class PlanRun(TypedDict):
    """A structure or the reports of a payment date: waiting, done or failed with its problems."""

    number: int
    kind: str
    state: str
    job: Job
    payment_on: str | None
    scenario: str
    asked_by: str
    published_on: str | None
    published_by: str
    problems: list[Said]
    files: list[PlanFile]


class Plans(TypedDict):
    """A page of plans, newest first."""

    items: list[PlanLine]
    page: int
    pages: int


class PlanStructure(TypedDict):
    """The structure in force; `document` is what `structure.json` holds: money in fen."""

    run: int
    document: dict[str, Any]
    payments: list[PlanPayment]
    scenarios: list[PlanScenario]
    date_problems: list[Said]
