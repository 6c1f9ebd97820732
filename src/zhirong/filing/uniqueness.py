"""How many pledges may live on a right: data by kind, not a rule of thumb.

A package in preparation at a second bank is allowed; it waits for the release of the first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from zhirong.core.errors import InputError
from zhirong.filing.forms import RightItem
from zhirong.parameters.reader import Parameters


class PledgeKindError(InputError):
    """A kind of right that the table of live pledges does not name."""

    code = "error.filing_kind"

    def __init__(self, kind: str) -> None:
        super().__init__(f"Rights of the kind {kind!r} are not in the table.", kind=kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePledge:
    """A pledge that is registered, or submitted and not yet refused, on a right."""

    right: str
    reference: str  # registration number, or the client reference while it is before the office


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """A right whose filing waits until another pledge is released."""

    right: str
    behind: tuple[str, ...]


def live_pledges_max(kind: str, *, on: date, parameters: Parameters) -> int | None:
    """How many pledges may live on a right of the kind; None where nothing limits them.

    Raises:
        PledgeKindError: The table does not name the kind.
    """
    limits = parameters.get("filing.live_pledges_max", on=on).value
    if kind not in limits:
        raise PledgeKindError(kind)
    return int(limits[kind]) or None


def waits(
    rights: Sequence[RightItem],
    live: Iterable[LivePledge],
    *,
    on: date,
    parameters: Parameters,
) -> tuple[Wait, ...]:
    """The rights that may be prepared but not submitted now, each with what it waits for.

    Args:
        rights: Of the filing.
        live: Pledges of other filings; the filing's own is left out by the caller.
        on: Day of the submission.
        parameters: The published table by kind.
    """
    by_right: dict[str, list[str]] = {}
    for pledge in live:
        by_right.setdefault(pledge.right, []).append(pledge.reference)
    found = []
    for right in rights:
        behind = by_right.get(right.number, [])
        most = live_pledges_max(right.kind, on=on, parameters=parameters)
        if most is not None and len(behind) >= most:
            found.append(Wait(right=right.number, behind=tuple(sorted(behind))))
    return tuple(found)
