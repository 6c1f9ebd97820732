"""The tabs of a matter's page: one line a tab.

A tab is shown once an address of the name `matter-<key>` is registered; its words are
`tab.<key>`, its template `matter/<key>.html`. A new tab is a line here, a view, a template.
"""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

TABS: tuple[str, ...] = (
    "overview",
    "files",
    "valuation",
    "credit",
    "contract",
    "registration",
    "money",
    "log",
)


@dataclass(frozen=True, slots=True)
class TabLine:
    """A tab of one matter: key, address, whether one is there."""

    key: str
    address: str
    is_here: bool

    @property
    def code(self) -> str:
        """Code of its words."""
        return f"tab.{self.key}"


def address_of(number: str, key: str) -> str:
    """Where a tab of a matter is; the overview for one that is not there."""
    try:
        return reverse(f"matter-{key}", args=(number,))
    except NoReverseMatch:
        return reverse("matter-overview", args=(number,))


def tabs_of(number: str, here: str) -> tuple[TabLine, ...]:
    """The tabs of a matter that are there."""
    overview = address_of(number, "overview")
    found = [(key, address_of(number, key)) for key in TABS]
    return tuple(
        TabLine(key, address, key == here)
        for key, address in found
        if key == "overview" or address != overview
    )
