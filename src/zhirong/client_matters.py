"""What the API takes and gives: people, matters and decisions.

Dictionaries with known keys, made from the API's description. Amounts are yuan with two decimals
as text, days are ISO dates.
"""

from typing import Any, Literal, NotRequired, TypedDict


class Application(TypedDict):
    """What the firm asked for."""

    product: str
    amount: str
    tenor_months: int
    form: str
    every_months: int
    purpose: str
    account: str
    submitted_on: str
    pay_by: str
    wallet: str


class AppraisalWish(TypedDict):
    """An appraisal of the files as they stand."""

    valuation_date: str
    debt_term_end: NotRequired[str | None]


class AppraisedRight(TypedDict):
    """A right as a run saw it."""

    number: str
    title: str
    kind: str
    state: str
    score: float | None
    value: str
    is_registrable: bool
    term_end: str | None
    fee_due_on: str | None


class Bank(TypedDict):
    """A bank that a firm can apply to."""

    number: int
    name: str


class Decision(TypedDict):
    """What one officer decided."""

    officer: str
    is_second: bool
    verdict: str
    reason: str
    decided_on: str


class Entry(TypedDict):
    """An act on a matter as people read it."""

    code: str
    facts: dict[str, Any]
    text: str
    number: int
    at: str
    on: str
    action: str
    who: str
    organization: str


class File(TypedDict):
    """A file of a matter."""

    number: int
    use: str
    name: str
    media_type: str
    size: int
    sha256: str
    added_on: str


Form = Literal["annuity", "equal_principal", "interest_first", "bullet", "custom"]


class Said(TypedDict):
    """Something with its words in the language of the request."""

    code: str
    facts: dict[str, Any]
    text: str


class Job(TypedDict):
    """Long work as people watch it: waiting, running, done, failed or cancelled."""

    code: str
    facts: dict[str, Any]
    text: str
    number: int
    state: str
    done: int
    total: int
    is_open: bool
    is_cancel_asked: bool


class Matter(TypedDict):
    """One financing: where it stands, and how many working days it has taken so far."""

    number: str
    title: str
    firm: str
    firm_identifier: str
    stage: str
    opened_on: str
    applied_on: str | None
    paid_on: str | None
    closed_on: str | None
    days: int | None
    target: int
    target_day: str | None
    pace: str


class Me(TypedDict):
    """Whom a key acts for, with the roles of this moment."""

    person: str
    organization: str
    organization_number: int
    kind: str
    roles: list[str]
    rights: list[str]
    today: str


class NewMatter(TypedDict):
    """A matter to be opened with a bank."""

    title: str
    lender: int


class Offer(TypedDict):
    """What a firm can borrow and what that costs in all."""

    is_granted: bool
    limit: str
    rate: str
    tenor_months: int
    form: str
    interest: str
    first: str
    first_on: str
    matures_on: str


class Part(TypedDict):
    """An organization in a matter; `until` is the day its consent was withdrawn."""

    organization_id: int
    organization: str
    part: str
    since: str
    until: str | None


class Point(TypedDict):
    """A point of the qualification check and whether it is met."""

    code: str
    facts: dict[str, Any]
    text: str
    passed: bool


class Problem(TypedDict):
    """What went wrong: the code is for programs, the message for people."""

    code: str
    message: str
    facts: dict[str, Any]


class Product(TypedDict):
    """A product in force: most per borrower, longest tenor."""

    key: str
    amount_max: str | None
    tenor_months_max: int


class RunFile(TypedDict):
    """A file that a run gave; its bytes are at `/files/{number}`."""

    number: int
    name: str
    lang: str


class Step(TypedDict):
    """A step of the way: done, here, waiting or stopped."""

    stage: str
    state: str
    who: str
    on: str | None


class Terms(TypedDict):
    """What a risk officer proposes; without rights named, all registrable ones are pledged."""

    limit: str
    spread_bp: str
    rights: NotRequired[list[str]]
    conditions: NotRequired[list[str]]
    reason: str


class Verdict(TypedDict):
    """What an officer decides of the version that was read."""

    verdict: Literal["approve", "return", "refuse"]
    version: int
    reason: NotRequired[str]


class Proposal(TypedDict):
    """A version of limit, price and conditions with what became of it."""

    version: int
    state: str
    limit: str
    covered: str
    uncovered: str
    needs_second: bool
    tenor_months: int
    form: str
    every_months: int
    lpr_tenor: str
    spread_bp: str
    quoted_rate: str
    rights: list[str]
    conditions: list[str]
    reason: str
    author: str
    proposed_on: str
    decisions: list[Decision]


class Wish(TypedDict):
    """What the firm asks for."""

    product: str
    amount: str
    tenor_months: int
    form: Form
    every_months: Literal[1, 3, 6, 12]
    purpose: str
    account: str
    has_credit_query_consent: bool
    pay_by: NotRequired[Literal["bank", "ecny"]]
    wallet: NotRequired[str]


class Sheet(TypedDict):
    """How a limit comes about on this day."""

    asked: str
    covered_max: str
    uncovered_max: str
    limit: str
    covered: str
    uncovered: str
    needs_second: bool
    reasons: list[Said]


class Matters(TypedDict):
    """A page of matters, newest first."""

    items: list[Matter]
    page: int
    pages: int


class Qualification(TypedDict):
    """A check of whether the matter can be worked on."""

    points: list[Point]
    is_passed: bool
    checked_by: str
    checked_on: str


class Run(TypedDict):
    """A run of the appraisal with its head figures; empty where there is no value."""

    number: int
    state: str
    job: Job
    valuation_date: str
    debt_term_end: str | None
    valid_until: str | None
    report_number: str
    asked_by: str
    market_value: str | None
    low: str | None
    high: str | None
    pledge_value: str | None
    covered: str | None
    liquidation: str | None
    quantile: str | None
    rights: int
    questions: int
    flags: int
    failure: Said | None
    files: list[RunFile]


class LimitSheet(TypedDict):
    """The sheet, or why there is none."""

    sheet: Sheet | None
    reason: Said | None
