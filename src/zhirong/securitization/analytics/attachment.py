"""Where a tranche begins and ends to bear losses of the pool."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhirong.core.errors import InputError


class SliceError(InputError):
    """Tranches that are more than what stands behind them, or a pool of nothing."""

    code = "error.securitization.slices"

    def __init__(self, issued_fen: int, pool_fen: int) -> None:
        super().__init__(
            f"{issued_fen} fen issued against a pool of {pool_fen} fen.",
            issued=issued_fen,
            pool=pool_fen,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """A tranche as a part of the pool's balance: it bears losses above `attach` to `detach`."""

    key: str
    attach: float
    detach: float

    @property
    def thickness(self) -> float:
        """Its share of the pool."""
        return self.detach - self.attach


def slices(tranches: Sequence[tuple[str, int]], *, pool_fen: int) -> tuple[Slice, ...]:
    """The slices of tranches named from senior to junior; over-collateralization bears first.

    Only principal counts: excess spread, reserves and supports stand before the first slice, but
    what they hold depends on the path, so they show in simulated losses, not here.

    Raises:
        SliceError: More is issued than the pool holds.

    >>> slices([("senior", 131), ("subordinate", 7)], pool_fen=138)[0].attach
    0.050724637681159424
    """
    issued = sum(fen for _, fen in tranches)
    if issued > pool_fen or pool_fen <= 0:
        raise SliceError(issued, pool_fen)
    found: list[Slice] = []
    below = pool_fen - issued
    for key, fen in reversed(tranches):
        found.append(Slice(key=key, attach=below / pool_fen, detach=(below + fen) / pool_fen))
        below += fen
    return tuple(reversed(found))
