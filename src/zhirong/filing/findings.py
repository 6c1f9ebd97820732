"""What the linter says of a filing: a ground, what it concerns, and how to mend it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from zhirong.core.messages import Fact, Message
from zhirong.filing.documents import DocumentKind, PackageDocument
from zhirong.filing.forms import EstablishForm, RightItem
from zhirong.filing.office import Registry
from zhirong.filing.register_view import RightView


class Severity(StrEnum):
    """What the office will do, gravest first."""

    REFUSE = "refuse"
    CORRECT = "correct"
    WARN = "warn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """An application to register a pledge, as it lies on the desk before it is sent.

    Attributes:
        register: What the registers say of each right on the day.
        on: The day on which it is to be filed.
    """

    registry: Registry
    form: EstablishForm
    documents: tuple[PackageDocument, ...]
    register: tuple[RightView, ...]
    on: date

    def view(self, number: str) -> RightView | None:
        """What the register says of a right; None where nobody looked."""
        return next((view for view in self.register if view.number == number), None)

    def seen(self) -> tuple[tuple[RightItem, RightView], ...]:
        """The rights that have a view, each with it."""
        pairs = ((right, self.view(right.number)) for right in self.form.rights)
        return tuple((right, view) for right, view in pairs if view is not None)

    def of_kind(self, kind: DocumentKind) -> tuple[PackageDocument, ...]:
        """The documents of a kind."""
        return tuple(item for item in self.documents if item.kind is kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Published values that grounds ask for, on the day of filing."""

    electronic_list_above: int
    extract_age_days_max: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A ground holds: for a right, or for the filing as a whole."""

    right: str | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)


GroundCheck = Callable[[Filing, Limits], Iterable[Hit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LintFinding:
    """A ground that holds.

    Attributes:
        code: Of the ground, as 461.11.4.
        words: Code of its words: its own, or one that several registers share.
        law: Code of the words of its legal source.
        source: How far the source was verified, by the tags of the domain rules.
    """

    code: str
    severity: Severity
    right: str | None
    words: str
    law: str
    source: str
    facts: Mapping[str, Fact]

    @property
    def title(self) -> Message:
        """The ground in a few words."""
        return Message(f"filing.ground.{self.words}.title")

    @property
    def found(self) -> Message:
        """What was found."""
        return Message(f"filing.ground.{self.words}.found", self.facts)

    @property
    def mend(self) -> Message:
        """How to mend it."""
        return Message(f"filing.ground.{self.words}.mend")
