"""One carrier of technological ageing a method: the check that nothing ages a right twice.

Ten years of one yuan at 15 % are worth 3.92 with a royalty decay of 10 %, 3.26 with a lapse hazard
of 6 % on top, and 3.04 with three points of technology risk in the rate as well.
"""

from dataclasses import dataclass

from zhirong.core.errors import InputError
from zhirong.core.messages import Fact, Message

CARRIERS = ("royalty_decay", "survival", "discount_rate", "obsolescence", "none")


class CarrierError(InputError):
    """A carrier of ageing that is not in the list."""

    code = "error.ageing_carrier"

    def __init__(self, carrier: str) -> None:
        super().__init__(
            f"{carrier!r} is no carrier of ageing; carriers: {CARRIERS}.",
            carrier=carrier,
            carriers=CARRIERS,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeingUse:
    """What ages the rights in one method's run.

    Args:
        method: Key of the method.
        carrier: The one carrier that the method names.
        royalty_decay: Highest yearly decay used for any asset, share.
        survival_hazard: Highest yearly hazard of lapse applied to the flows, share; 0 where none
            is applied.
        technology_rate: Technology part of the discount rate, share.
        obsolescence: Functional obsolescence taken off, share.
        reason: Why a second carrier is right here; empty when nobody wrote one.
        author: Who wrote it.
    """

    method: str
    carrier: str
    royalty_decay: float = 0.0
    survival_hazard: float = 0.0
    technology_rate: float = 0.0
    obsolescence: float = 0.0
    reason: str = ""
    author: str = ""

    def __post_init__(self) -> None:
        if self.carrier not in CARRIERS:
            raise CarrierError(self.carrier)

    @property
    def at_work(self) -> tuple[str, ...]:
        """The carriers whose number is above 0, in the order of CARRIERS."""
        numbers = {
            "royalty_decay": self.royalty_decay,
            "survival": self.survival_hazard,
            "discount_rate": self.technology_rate,
            "obsolescence": self.obsolescence,
        }
        return tuple(carrier for carrier, number in numbers.items() if number > 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeingBreach:
    """Ageing counted more than once.

    Args:
        method: Key of the method.
        named: The carrier that the method names.
        extra: The carriers at work beside it.
        message: In words.
    """

    method: str
    named: str
    extra: tuple[str, ...]
    message: Message


def check(use: AgeingUse) -> AgeingBreach | None:
    """The breach of one run; None where one carrier works, or somebody wrote why two do.

    A method whose named carrier is at 0 may not hand ageing to another in silence either: the
    carrier that works instead is a breach, for the docs and the report name the other one. A method
    that names none reads prices or signals of the day and may hold no carrier at all.
    """
    extra = tuple(carrier for carrier in use.at_work if carrier != use.carrier)
    if not extra or use.reason:
        return None
    # One message a second carrier: most often there is one, and the first decides the wording.
    facts: dict[str, Fact] = {
        "method": f"method.{use.method}",
        "named": f"ageing.{use.carrier}",
        "extra": f"ageing.{extra[0]}",
        "count": len(extra),
    }
    return AgeingBreach(
        method=use.method,
        named=use.carrier,
        extra=extra,
        message=Message("ageing.twice", facts),
    )
