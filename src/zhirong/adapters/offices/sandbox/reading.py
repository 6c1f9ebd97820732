"""The office's own reader of an application's JSON.

It reads what it needs and passes over what it does not know; a part of a wrong kind is named, and
the act is not taken in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhirong.adapters.offices.sandbox.records import key
from zhirong.core.errors import InputError

Body = Mapping[str, Any]


class ApplicationUnreadableError(InputError):
    """An application with a part that is missing or of another kind."""

    code = "error.sandbox_office_unreadable"

    def __init__(self, part: str) -> None:
        super().__init__(f"The part {part} cannot be read.", part=part)


@dataclass(frozen=True, slots=True)
class Person:
    """A party or an agent."""

    name: str
    identifier: str
    address: str
    is_abroad: bool


@dataclass(frozen=True, slots=True)
class ListedRight:
    """A right as the application lists it."""

    number: str
    name: str
    kind: str
    filing_date: date | None
    grant_date: date | None
    classes: tuple[int, ...]
    term_end: date | None

    @property
    def key(self) -> str:
        """The number by which the register finds it."""
        return key(self.number)


@dataclass(frozen=True, slots=True)
class Contract:
    """What the pledge contract says."""

    number: str
    main_number: str
    signed_on: date | None
    kind: str
    claim_kind: str
    amount_fen: int | None
    debt_from: date | None
    debt_to: date | None
    rights_count: int | None
    scope: str


@dataclass(frozen=True, slots=True)
class AskedChange:
    """One change: what stands in the register, and what shall stand there."""

    subject: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """An application of any kind; parts that a kind does not have are empty."""

    pledgors: tuple[Person, ...]
    pledgee: Person
    agent: Person | None
    is_online: bool
    is_on_behalf: bool
    contract: Contract | None
    rights: tuple[ListedRight, ...]
    is_appraised: bool
    same_day_statement: bool
    insists: frozenset[tuple[str, str]]
    consents: frozenset[tuple[str, str]]
    commitments: frozenset[tuple[str, str]]
    electronic_list: str
    period_to: date | None
    changed_on: date | None
    changes: tuple[AskedChange, ...]
    new_period_to: date | None
    is_creditor_alone: bool
    cancel_ground: str
    released: tuple[str, ...]


def read_application(body: Body) -> Application:
    """The application behind the JSON of a form.

    Raises:
        ApplicationUnreadableError: It names the part.
    """
    contract = body.get("contract")
    agent = body.get("agent")
    value = body.get("value")
    rights = list(_items(body, "rights"))
    return Application(
        pledgors=tuple(_person(item, "pledgors") for item in _objects(body, "pledgors")),
        pledgee=_person(body.get("pledgee"), "pledgee"),
        agent=None if agent is None else _person(agent, "agent"),
        is_online=_text(body, "channel") == "online",
        is_on_behalf=body.get("on_behalf") is not None,
        contract=None if contract is None else _contract(_object(contract, "contract")),
        rights=tuple(_right(item) for item in rights if isinstance(item, Mapping)),
        is_appraised=isinstance(value, Mapping) and value.get("how") == "appraisal",
        same_day_statement=body.get("same_day_statement") is True,
        insists=frozenset(_pairs(body, "insists", "right", "ground")),
        consents=frozenset(_pairs(body, "consents", "right", "by")),
        commitments=frozenset(
            (_text(item, "by"), _text(item, "kind")) for item in _objects(body, "commitments")
        ),
        electronic_list=_text(body, "electronic_list"),
        period_to=_day(body, "period_to"),
        changed_on=_day(body, "changed_on"),
        changes=tuple(
            AskedChange(_text(item, "subject"), _text(item, "before"), _text(item, "after"))
            for item in _objects(body, "changes")
        ),
        new_period_to=_day(body, "new_period_to"),
        is_creditor_alone=body.get("is_creditor_alone") is True,
        cancel_ground=_text(body, "ground"),
        released=tuple(str(item) for item in rights if isinstance(item, str)),
    )


def _contract(body: Body) -> Contract:
    words = _text(body, "scope_words")
    named = ", ".join(str(item) for item in _items(body, "scope"))
    return Contract(
        number=_text(body, "number"),
        main_number=_text(body, "main_number"),
        signed_on=_day(body, "signed_on"),
        kind=_text(body, "kind"),
        claim_kind=_text(body, "claim_kind"),
        amount_fen=_whole(body, "amount_fen"),
        debt_from=_day(body, "debt_from"),
        debt_to=_day(body, "debt_to"),
        rights_count=_whole(body, "rights_count"),
        scope=words or named,
    )


def _right(body: Body) -> ListedRight:
    number = _text(body, "number")
    if not number:
        raise ApplicationUnreadableError("rights.number")
    return ListedRight(
        number=number,
        name=_text(body, "name"),
        kind=_text(body, "kind"),
        filing_date=_day(body, "filing_date"),
        grant_date=_day(body, "grant_date"),
        classes=tuple(int(item) for item in _items(body, "classes") if isinstance(item, int)),
        term_end=_day(body, "term_end"),
    )


def _person(body: object, part: str) -> Person:
    found = _object(body, part)
    return Person(
        name=_text(found, "name"),
        identifier=_text(found, "identifier"),
        address=_text(found, "address"),
        is_abroad=found.get("is_abroad") is True,
    )


def _pairs(body: Body, part: str, one: str, other: str) -> Iterator[tuple[str, str]]:
    for item in _objects(body, part):
        yield key(_text(item, one)), _text(item, other)


def _object(body: object, part: str) -> Body:
    if not isinstance(body, Mapping):
        raise ApplicationUnreadableError(part)
    return body


def _items(body: Body, part: str) -> list[Any]:
    found = body.get(part)
    if found is None:
        return []
    if not isinstance(found, list):
        raise ApplicationUnreadableError(part)
    return found


def _objects(body: Body, part: str) -> Iterator[Body]:
    return (_object(item, part) for item in _items(body, part))


def _text(body: Body, part: str) -> str:
    found = body.get(part)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise ApplicationUnreadableError(part)
    return found.strip()


def _whole(body: Body, part: str) -> int | None:
    found = body.get(part)
    if found is None or (isinstance(found, int) and not isinstance(found, bool)):
        return found
    raise ApplicationUnreadableError(part)


def _day(body: Body, part: str) -> date | None:
    found = _text(body, part)
    try:
        return date.fromisoformat(found) if found else None
    except ValueError as wrong:
        raise ApplicationUnreadableError(part) from wrong
