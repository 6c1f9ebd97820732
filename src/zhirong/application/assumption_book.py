"""The assumptions of a case, found by key and scope."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhirong.application.case_file import Assumption
from zhirong.core.errors import InputError
from zhirong.core.sources import AssumptionOrigin


class AssumptionTwiceError(InputError):
    """Two assumptions for one thing: nobody can tell which one is meant."""

    code = "error.assumption_twice"


@dataclass(frozen=True, slots=True)
class AssumptionBook:
    """Assumptions by key, scope and year."""

    entries: dict[tuple[str, str, int], Assumption]

    def find(self, key: str, scopes: Sequence[str], *, year: int = 0) -> Assumption | None:
        """The assumption of the narrowest scope; one for all years where the year has none.

        A group's rate for all years stands before the firm's rate for the year.
        """
        for scope in scopes:
            for wanted in (year, 0) if year else (0,):
                found = self.entries.get((key, scope, wanted))
                if found is not None:
                    return found
        return None


def book(assumptions: Iterable[Assumption]) -> AssumptionBook:
    """The book of a case.

    Raises:
        AssumptionTwiceError: The same key, scope and year stand twice.
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
        entries[place] = item
    return AssumptionBook(entries)


def origin_of(assumption: Assumption) -> AssumptionOrigin:
    """Who answers for it."""
    return AssumptionOrigin(
        author=assumption.author,
        reason=assumption.reason,
        rule=assumption.rule,
        source=assumption.source,
    )
