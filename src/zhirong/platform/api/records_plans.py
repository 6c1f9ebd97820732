"""What goes in and out about asset-backed plans: files, runs, what was found, steps, parts."""

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import BeforeValidator, Field

from zhirong.platform.api.fields import Day, Said
from zhirong.platform.api.records_matters import Job

NAME = r"^[^\x00-\x1f\x7f]*$"
# Selectors name some states by the code of their words: `plan_state.draft` is `draft` here.
State = Annotated[str, BeforeValidator(lambda code: str(code).rpartition(".")[2])]


class NewPlan(Schema):
    """A plan to be opened; one's own organization is its arranger."""

    title: Annotated[str, Field(min_length=1, max_length=120, pattern=NAME)]


class PlanLine(Schema):
    """A plan in a list: what one's organization is in it, and the step of its issue that comes."""

    number: str
    title: str
    arranger: str
    part: State
    state: State
    opened_on: date
    next_step: str
    due_on: date | None


class Plans(Schema):
    """A page of plans, newest first."""

    items: list[PlanLine]
    page: int
    pages: int


class PlanPart(Schema):
    """An organization in a plan: arranger, servicer or investor."""

    organization_id: int
    organization: str
    part: State
    since: date
    can_be_ended: bool


class NewPlanPart(Schema):
    """An organization that is let into a plan, by its identifier."""

    identifier: Annotated[str, Field(min_length=1, max_length=40, pattern=NAME)]
    part: Literal["servicer", "investor"]


class PlanStep(Schema):
    """A step of the issue; `file` is shown to those who work on the plan."""

    key: str
    label: str
    by: str
    due_on: date
    documents: list[str]
    done_on: date | None
    done_by: str
    note: str
    file: int | None
    is_next: bool


class Plan(Schema):
    """A plan: draft, offered, issued or ended; who takes part; the steps of its issue."""

    number: str
    title: str
    arranger: str
    part: State
    state: State
    offered_on: date | None
    issued_on: date | None
    parts: list[PlanPart]
    steps: list[PlanStep]


class PlanFile(Schema):
    """A file that was given to a plan, or that a run gave; its bytes are at `/files/{number}`."""

    number: int
    name: str
    use: str
    size: int
    added_on: date


class PlanRun(Schema):
    """A structure or the reports of a payment date: waiting, done or failed with its problems."""

    number: int
    kind: str
    state: State
    job: Job
    payment_on: date | None
    scenario: str
    asked_by: str
    published_on: date | None
    published_by: str
    problems: list[Said]
    files: list[PlanFile]


class NewPlanReport(Schema):
    """A payment date of the published structure, and the scenario whose events are reported."""

    payment_on: Day
    scenario: Annotated[str, Field(min_length=1, max_length=60, pattern=NAME)]


class PlanScenario(Schema):
    """A scenario of the plan file."""

    key: str
    label: str


class PlanDay(Schema):
    """A day before a payment; provisional where the holidays of its year are not out."""

    code: str
    text: str
    on: date
    is_provisional: bool


class PlanPayment(Schema):
    """A payment date with the chain of its working days."""

    on: date
    days: list[PlanDay]


class PlanStructure(Schema):
    """The structure in force; `document` is what `structure.json` holds: money in fen."""

    run: int
    document: dict[str, Any]
    payments: list[PlanPayment]
    scenarios: list[PlanScenario]
    date_problems: list[Said]
