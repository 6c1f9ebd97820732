"""What goes in and out about applications, appraisals, proposals and decisions."""

from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from zhirong.lending.schedules import Form
from zhirong.platform.api.fields import Day, Line, Rate, Said, Text, Yuan, YuanGiven
from zhirong.platform.api.records_matters import Job


class Product(Schema):
    """A product in force: most per borrower, longest tenor."""

    key: str
    amount_max: Yuan | None
    tenor_months_max: int


class Wish(Schema):
    """What the firm asks for."""

    product: Line
    amount: YuanGiven
    tenor_months: Annotated[int, Field(ge=1, le=360)]
    form: Form
    every_months: Literal[1, 3, 6, 12]
    purpose: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
    account: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[0-9A-Za-z -]+$")]
    has_credit_query_consent: bool
    pay_by: Literal["bank", "ecny"] = "bank"
    wallet: Annotated[str, Field(max_length=40, pattern=r"^[0-9A-Za-z -]*$")] = ""


class Application(Schema):
    """What the firm asked for."""

    product: str
    amount: Yuan
    tenor_months: int
    form: str
    every_months: int
    purpose: str
    account: str
    submitted_on: date
    pay_by: str
    wallet: str


class Point(Said):
    """A point of the qualification check and whether it is met."""

    passed: bool


class Qualification(Schema):
    """A check of whether the matter can be worked on."""

    points: list[Point]
    is_passed: bool
    checked_by: str
    checked_on: date


class AppraisalWish(Schema):
    """An appraisal of the files as they stand."""

    valuation_date: Day
    debt_term_end: Day | None = None


class RunFile(Schema):
    """A file that a run gave; its bytes are at `/files/{number}`."""

    number: int
    name: str
    lang: str


class Run(Schema):
    """A run of the appraisal with its head figures; empty where there is no value."""

    number: int
    state: str
    job: Job
    valuation_date: date
    debt_term_end: date | None
    valid_until: date | None
    report_number: str
    asked_by: str
    market_value: Yuan | None
    low: Yuan | None
    high: Yuan | None
    pledge_value: Yuan | None
    covered: Yuan | None
    liquidation: Yuan | None
    quantile: Yuan | None
    rights: int
    questions: int
    flags: int
    failure: Said | None
    files: list[RunFile]


class AppraisedRight(Schema):
    """A right as a run saw it."""

    number: str
    title: str
    kind: str
    state: str
    score: float | None
    value: Yuan
    is_registrable: bool
    term_end: date | None
    fee_due_on: date | None


class Sheet(Schema):
    """How a limit comes about on this day."""

    asked: Yuan
    covered_max: Yuan
    uncovered_max: Yuan
    limit: Yuan
    covered: Yuan
    uncovered: Yuan
    needs_second: bool
    reasons: list[Said]


class LimitSheet(Schema):
    """The sheet, or why there is none."""

    sheet: Sheet | None
    reason: Said | None


class Offer(Schema):
    """What a firm can borrow and what that costs in all."""

    is_granted: bool
    limit: Yuan
    rate: Rate
    tenor_months: int
    form: str
    interest: Yuan
    first: Yuan
    first_on: date
    matures_on: date


class Terms(Schema):
    """What a risk officer proposes; without rights named, all registrable ones are pledged."""

    limit: YuanGiven
    spread_bp: Annotated[str, Field(pattern=r"^-?[0-9]{1,4}(\.[0-9]{1,2})?$", examples=["60"])]
    rights: Annotated[tuple[Line, ...], Field(max_length=500)] = ()
    conditions: Annotated[
        tuple[Annotated[str, Field(max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$")], ...],
        Field(max_length=50),
    ] = ()
    reason: Text


class Decision(Schema):
    """What one officer decided."""

    officer: str
    is_second: bool
    verdict: str
    reason: str
    decided_on: date


class Proposal(Schema):
    """A version of limit, price and conditions with what became of it."""

    version: int
    state: str
    limit: Yuan
    covered: Yuan
    uncovered: Yuan
    needs_second: bool
    tenor_months: int
    form: str
    every_months: int
    lpr_tenor: str
    spread_bp: Rate
    quoted_rate: Rate
    rights: list[str]
    conditions: list[str]
    reason: str
    author: str
    proposed_on: date
    decisions: list[Decision]


class Verdict(Schema):
    """What an officer decides of the version that was read."""

    verdict: Literal["approve", "return", "refuse"]
    version: Annotated[int, Field(ge=1, le=32_767)]
    reason: Text = ""
