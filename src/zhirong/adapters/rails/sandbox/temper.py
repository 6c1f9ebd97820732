"""How the rails behave: drawn from a seed and the thing itself, never from a state or a clock."""

import hashlib
from dataclasses import dataclass
from datetime import date

from zhirong.parameters.reader import Parameters

_SPAN = 2**64


@dataclass(frozen=True, slots=True, kw_only=True)
class Temper:
    """Shares of days, orders or pages on which something happens.

    Attributes:
        seed: The same seed gives the same mishaps.
        down_days: Days on which nothing answers.
        busy: First submissions that are turned away before they are taken in.
        lost: First submissions that are taken in while the answer gets lost.
        delayed: Orders that are carried out one to three working days later.
        doubled: Pages that begin with what was told before.
        shuffled: Pages of notices that are out of order.
    """

    seed: int
    down_days: float = 0
    busy: float = 0
    lost: float = 0
    delayed: float = 0
    doubled: float = 0
    shuffled: float = 0

    def draw(self, *about: object) -> float:
        """A number from 0 up to 1 for a thing."""
        text = "\0".join(str(part) for part in (self.seed, *about))
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") / _SPAN

    def is_down(self, day: date) -> bool:
        """Whether nothing answers on the day."""
        return self.draw("down", day) < self.down_days

    def mishap(self, reference: str) -> str:
        """What happens to the first submission of an order: busy, lost or nothing."""
        drawn = self.draw("mishap", reference)
        if drawn < self.busy:
            return "busy"
        return "lost" if drawn < self.busy + self.lost else ""

    def delay_workdays(self, reference: str) -> int:
        """Working days until an order is carried out."""
        if self.draw("delayed", reference) >= self.delayed:
            return 0
        return 1 + int(3 * self.draw("days", reference))


def named(name: str, *, seed: int, on: date, parameters: Parameters) -> Temper:
    """A published temper: calm or lively.

    Raises:
        KeyError: There is no temper of the name.
    """
    shares = parameters.get("payments.sandbox_temper", on=on).value[name]
    return Temper(seed=seed, **{key: float(share) for key, share in shares.items()})
