"""The desks, who has them, and the places in the left rail."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.lending.payment_desk import is_keeper


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the left rail: code of its words, address, whether one is there."""

    code: str
    address: str
    is_here: bool


# For those alone whose organization keeps the settlement account.
PAYMENTS = "payments-desk"
# name of the address → rights of which one opens it; the first one a person has is the home page.
DESKS: tuple[tuple[str, tuple[Right, ...]], ...] = (
    ("firm-desk", (Right.APPLY,)),
    ("manager-desk", (Right.CHECK,)),
    (PAYMENTS, (Right.RECEIVE,)),
    ("risk-desk", (Right.APPROVE,)),
    ("clerk-desk", (Right.FILE,)),
    ("plans-desk", (Right.STRUCTURE, Right.SERVICE, Right.INVEST)),
    ("admin-desk", (Right.ADMINISTER,)),
)
EVERYBODY: tuple[tuple[str, tuple[Right, ...]], ...] = (("matters", (Right.FOLLOW,)),)


def places_for(viewer: Viewer, path: str) -> tuple[Place, ...]:
    """The entries that a person has, in order."""
    return tuple(
        Place(f"place.{name.replace('-', '_')}", address, path.startswith(address))
        for name, address in _reachable(viewer)
    )


def home_of(viewer: Viewer) -> str:
    """The address of the desk a person begins at."""
    return next(address for _, address in _reachable(viewer))


def _reachable(viewer: Viewer) -> Iterator[tuple[str, str]]:
    """Name and address of what a person may open and what stands."""
    for name, rights in (*DESKS, *EVERYBODY):
        if any(viewer.may(right) for right in rights):
            if name == PAYMENTS and not is_keeper(viewer):
                continue
            with suppress(NoReverseMatch):
                yield name, reverse(name)
