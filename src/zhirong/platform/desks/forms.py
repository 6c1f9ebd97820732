"""Forms: what was typed, read into values; what was wrong, in words at the field and at the top.

A form keeps what was typed, so that a page shown again loses nothing. Rules of the trade are the
services' own: what they refuse is shown at the field that it concerns.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from django.http import QueryDict

from zhirong.core.errors import InputError, StateError
from zhirong.core.messages import Message
from zhirong.core.money import Money
from zhirong.platform.accounts.administering import NoSuchPersonError
from zhirong.platform.accounts.viewer import NotAllowedError
from zhirong.platform.matters.visibility import NotFoundError
from zhirong.platform.words import say, say_error

TEN_THOUSAND = Decimal(10_000)
LONGEST = 2_000  # characters of a text; longer ones are no answer to any of our questions


class Form:
    """What was typed into one form, and what is wrong with it.

    Args:
        name: Of the form: part of the fields' ids.
        typed: The request's values; None where the form is shown for the first time.
        initial: What stands in the fields then.
    """

    def __init__(
        self, name: str, typed: QueryDict | None = None, *, initial: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self.typed = typed
        self.initial = dict(initial or {})
        self.errors: dict[str, str] = {}
        self.problem = ""
        self.points: tuple[Message, ...] = ()  # what a service names one by one

    def value(self, field: str) -> str:
        """What stands in a field."""
        if self.typed is None:
            return self.initial.get(field, "")
        return self.typed.get(field, "")

    def values(self, field: str) -> tuple[str, ...]:
        """What is ticked of many."""
        return tuple(self.typed.getlist(field)) if self.typed is not None else ()

    def wrong(self, field: str, code: str) -> None:
        """Mark a field; the first mark stays."""
        self.errors.setdefault(field, say(code))

    def text(self, field: str, *, is_required: bool = True) -> str:
        """A text without blanks around it."""
        found = self.value(field).strip()[:LONGEST]
        if is_required and not found:
            self.wrong(field, "form.required")
        return found

    def number(self, field: str) -> Decimal:
        """A number; groups may be set apart by commas."""
        found = self.text(field).replace(",", "")
        try:
            number = Decimal(found or 0)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or abs(number) >= Decimal(10) ** 13:
            self.wrong(field, "form.number")
            return Decimal(0)
        return number

    def whole(self, field: str) -> int:
        """A whole number."""
        found = self.number(field)
        if found != found.to_integral_value():
            self.wrong(field, "form.whole")
        return int(found)

    def money(self, field: str, *, unit: Decimal = Decimal(1)) -> Money:
        """An amount typed in a unit of so many yuan, to the fen."""
        amount = self.number(field) * unit
        if amount != amount.quantize(Decimal("0.01")):
            self.wrong(field, "form.fen")
            return Money(Decimal(0))
        return Money(amount)

    def day(self, field: str, *, is_required: bool = True) -> date | None:
        """A day."""
        found = self.text(field, is_required=is_required)
        try:
            return date.fromisoformat(found) if found else None
        except ValueError:
            self.wrong(field, "form.day")
            return None

    def one_of(self, field: str, known: tuple[str, ...]) -> str:
        """One of the known answers; the first of them stands in for a wrong one."""
        found = self.value(field)
        if found not in known:
            self.wrong(field, "form.choice")
            return known[0]
        return found

    def is_ticked(self, field: str) -> bool:
        """Whether a box is ticked."""
        return bool(self.value(field))

    def attempt(self, act: Callable[[], object], *, fields: Mapping[str, str]) -> bool:
        """Whether an act was done; what the service refuses is said at the field and at the top.

        Args:
            act: Calls the service; never called while a field is wrong.
            fields: The last part of a reason's code → the field that it concerns.
        """
        if self.errors:
            self.problem = say("form.problem")
            return False
        try:
            act()
        except (NotFoundError, NotAllowedError, NoSuchPersonError):
            raise
        except (InputError, StateError) as error:
            self.problem = say_error(error)
            self.points = getattr(error, "blocks", ())
            reason = str(error.facts.get("reason", "")).rpartition(".")[2]
            if reason in fields:
                self.errors[fields[reason]] = say(str(error.facts["reason"]))
            return False
        return True


Options = tuple[tuple[str, str], ...]


def options(values: Iterable[object], room: str) -> Options:
    """Answers of a choice with their words, `<room>.<value>`."""
    return tuple((str(value), say(f"{room}.{value}")) for value in values)


def kept_or_new(wrong: Form | None, name: str, initial: Mapping[str, str] | None = None) -> Form:
    """The form that was refused, if it is the one of a name; else a new one."""
    if wrong is not None and wrong.name == name:
        return wrong
    return Form(name, initial=initial)
