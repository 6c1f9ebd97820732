"""What goes in and out about people, matters and files."""

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from zhirong.platform.api.fields import Number, Said


class Me(Schema):
    """Whom a key acts for, with the roles of this moment."""

    person: str
    organization: str
    organization_number: int
    kind: str
    roles: list[str]
    rights: list[str]
    today: date


class Bank(Schema):
    """A bank that a firm can apply to."""

    number: int
    name: str


class NewMatter(Schema):
    """A matter to be opened with a bank."""

    title: Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$")]
    lender: Number


class Matter(Schema):
    """One financing: where it stands, and how many working days it has taken so far."""

    number: str
    title: str
    firm: str
    firm_identifier: str
    stage: str
    opened_on: date
    applied_on: date | None
    paid_on: date | None
    closed_on: date | None
    days: int | None
    target: int
    target_day: date | None
    pace: str


class Matters(Schema):
    """A page of matters, newest first."""

    items: list[Matter]
    page: int
    pages: int


class Step(Schema):
    """A step of the way: done, here, waiting or stopped."""

    stage: str
    state: str
    who: str
    on: date | None


class Part(Schema):
    """An organization in a matter; `until` is the day its consent was withdrawn."""

    organization_id: int
    organization: str
    part: str
    since: date
    until: date | None


class Entry(Said):
    """An act on a matter as people read it."""

    number: int
    at: datetime
    on: date
    action: str
    who: str
    organization: str


class File(Schema):
    """A file of a matter."""

    number: Annotated[int, Field(validation_alias="pk")]
    use: str
    name: str
    media_type: str
    size: int
    sha256: str
    added_on: date


class Job(Said):
    """Long work as people watch it: waiting, running, done, failed or cancelled."""

    number: int
    state: str
    done: int
    total: int
    is_open: bool
    is_cancel_asked: bool
