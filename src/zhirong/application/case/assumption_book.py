"""The assumptions of a case, found by key and scope."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from zhirong.application.case.assumed_inputs import bounds_of
from zhirong.application.case.case_file import Assumption
from zhirong.core.errors import InputError
from zhirong.core.sources import AssumptionOrigin


class AssumptionTwiceError(InputError):
    """Two assumptions for one thing: nobody can tell which one is meant."""

    code = "error.assumption_twice"


class AssumptionBoundsError(InputError):
    """A number that such an assumption cannot be: a royalty of 150 per cent, a negative life."""

    code = "error.assumption_bounds"


class AssumptionRangeError(InputError):
    """A range that does not hold its own middle."""

    code = "error.assumption_range"


Entry = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class AssumptionBook:
    """Assumptions by key, scope and year; it notes which of them somebody asked for."""

    entries: dict[Entry, Assumption]
    asked: set[Entry] = field(default_factory=set)

    def find(self, key: str, scopes: Sequence[str], *, year: int = 0) -> Assumption | None:
        """The assumption of the narrowest scope; one for all years where the year has none.

        A group's rate for all years stands before the firm's rate for the year.
        """
        for scope in scopes:
            for wanted in (year, 0) if year else (0,):
                found = self.entries.get((key, scope, wanted))
                if found is not None:
                    self.asked.add((key, scope, wanted))
                    return found
        return None

    def unused(self) -> tuple[Assumption, ...]:
        """What nobody asked for so far: a key or scope that nothing reads."""
        return tuple(item for place, item in self.entries.items() if place not in self.asked)


def book(assumptions: Iterable[Assumption]) -> AssumptionBook:
    """The book of a case.

    Raises:
        AssumptionTwiceError: The same key, scope and year stand twice.
        AssumptionBoundsError: A number beyond what its key allows.
        AssumptionRangeError: A low end above the middle, or a high end below it.
    """
    entries: dict[tuple[str, str, int], Assumption] = {}
    for item in assumptions:
        place = (item.key, item.scope, item.year)
        if place in entries:
            where = item.source.place() if item.source else ""
            raise AssumptionTwiceError(
                f"{item.key} of {item.scope or 'the firm'} stands twice ({where}).",
                key=item.key,
                scope=item.scope,
                place=where,
            )
        _require_possible(item)
        entries[place] = item
    return AssumptionBook(entries)


def _require_possible(item: Assumption) -> None:
    """Refuse what would be cut in draws but not at the middle, or be read as another number."""
    where = item.source.place() if item.source else ""
    floor, ceiling = bounds_of(item.key)
    given = [end for end in (item.low, item.central, item.high) if end is not None]
    facts = {"key": item.key, "scope": item.scope, "place": where}
    for number in given:
        if not floor <= number <= ceiling:
            raise AssumptionBoundsError(
                f"{item.key} of {item.scope or 'the firm'} is {number}; it lies from "
                f"{_bound(floor)} to {_bound(ceiling)} ({where}).",
                **facts,
                number=number,
                floor=_bound(floor),
                ceiling=_bound(ceiling),
            )
    if given != sorted(given):
        raise AssumptionRangeError(
            f"{item.key} of {item.scope or 'the firm'}: low, central and high do not ascend "
            f"({where}).",
            **facts,
        )


def _bound(limit: float) -> str:
    return f"{limit:g}".replace("inf", "∞")


def origin_of(assumption: Assumption) -> AssumptionOrigin:
    """Who answers for it."""
    return AssumptionOrigin(
        author=assumption.author,
        reason=assumption.reason,
        rule=assumption.rule,
        source=assumption.source,
    )
