"""What each right adds to the covered part of a limit: its value in the pledge, cap, amount."""

from collections.abc import Iterable
from dataclasses import dataclass

from zhirong.platform.appraisals.selectors import CapLine, RightLine


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverLine:
    """A right on the limit sheet, amounts in fen.

    Attributes:
        value: Its part of the market value of the pledged set.
        cap: As a share; None for a right that cannot be registered.
        amount: What it lets the bank lend.
    """

    number: str
    title: str
    kind: str
    value: int
    cap: float | None
    amount: int


def cover_by_right(rights: Iterable[RightLine], caps: Iterable[CapLine]) -> tuple[CoverLine, ...]:
    """Every right with its contribution, the largest first; the sums are the sheet's own.

    The value of a set is not the sum of its rights' own values: what the set is worth by kind is
    shared among its rights by their values, to the fen.
    """
    by_kind = {part.kind: part for part in caps}
    found: list[CoverLine] = []
    rest = tuple(rights)
    for kind, part in by_kind.items():
        held = [right for right in rest if right.kind == kind and right.is_registrable]
        weights = [right.value for right in held]
        values, amounts = share_out(part.value, weights), share_out(part.amount, weights)
        found += [
            _line(right, value=value, cap=part.cap, amount=amount)
            for right, value, amount in zip(held, values, amounts, strict=True)
        ]
    named = {line.number for line in found}
    found += [
        _line(right, value=0, cap=None, amount=0) for right in rest if right.number not in named
    ]
    return tuple(sorted(found, key=lambda line: (-line.amount, -line.value, line.number)))


def _line(right: RightLine, *, value: int, cap: float | None, amount: int) -> CoverLine:
    return CoverLine(
        number=right.number,
        title=right.title,
        kind=right.kind,
        value=value,
        cap=cap,
        amount=amount,
    )


def share_out(total: int, weights: list[int]) -> list[int]:
    """Whole fen shared by weights so that they add up: the largest remainders get the rest.

    >>> share_out(100, [1, 1, 1])
    [34, 33, 33]
    """
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    floors = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda at: (-(total * weights[at] % whole), at))
    for at in order[: total - sum(floors)]:
        floors[at] += 1
    return floors
