"""How the office behaves: drawn from a seed and the thing itself, never from a state or a clock.

The same seed and the same act give the same delays and mishaps, whatever came between and however
often the office was killed.
"""

import hashlib
from dataclasses import dataclass, fields
from datetime import date

from zhirong.parameters.reader import Parameters

_TEMPERS = "sandbox_office.temper"
_SPAN = 2**64


@dataclass(frozen=True, slots=True, kw_only=True)
class Temper:
    """Shares of days or of acts on which something happens.

    Attributes:
        down_days: Days on which the office does not answer at all.
        lost: First submissions that are taken in while the answer gets lost.
        hanging: First submissions that are taken in while the answer does not come in time.
        busy: First submissions that are turned away before they are taken in.
        doubled: Notices that are sent twice.
        delayed: Notices of acceptance that come only behind the decision.
        accepts_next_day: Acts that are accepted on the next working day only.
    """

    seed: int
    down_days: float = 0
    lost: float = 0
    hanging: float = 0
    busy: float = 0
    doubled: float = 0
    delayed: float = 0
    accepts_next_day: float = 0

    def draw(self, *about: object) -> float:
        """A number in [0, 1) for a thing."""
        text = "\0".join(str(part) for part in (self.seed, *about))
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") / _SPAN

    def is_down(self, day: date) -> bool:
        """Whether the office is closed to everybody on the day."""
        return self.draw("down", day) < self.down_days

    def mishap(self, client_reference: str) -> str:
        """What happens to the first submission of an act: lost, hanging, busy or nothing."""
        left = self.draw("mishap", client_reference)
        for name in ("lost", "hanging", "busy"):
            share: float = getattr(self, name)
            if left < share:
                return name
            left -= share
        return ""

    def workdays(self, reference: str, limit: int) -> int:
        """Working days of an examination: 1 to the limit."""
        return 1 + int(self.draw("days", reference) * limit)

    def happens(self, what: str, about: str) -> bool:
        """Whether something of the name happens to a thing."""
        share: float = getattr(self, what)
        return self.draw(what, about) < share


def temper(name: str, *, seed: int, on: date) -> Temper:
    """A temper of the published ones: calm or lively."""
    table = Parameters().get(_TEMPERS, on=on).value[name]
    shares = {item.name: float(table[item.name]) for item in fields(Temper) if item.name != "seed"}
    return Temper(seed=seed, **shares)
