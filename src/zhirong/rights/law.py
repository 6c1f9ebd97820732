"""What the rules of rights are read from: dated parameters and the business calendar."""

from dataclasses import dataclass

from zhirong.core.calendar import BusinessCalendar
from zhirong.parameters.calendars import china
from zhirong.parameters.reader import Parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class PatentLaw:
    """Published amounts, terms and limits, and the working days that time limits move to."""

    parameters: Parameters
    calendar: BusinessCalendar


def shipped() -> PatentLaw:
    """The law as the package ships it."""
    return PatentLaw(parameters=Parameters(), calendar=china())
