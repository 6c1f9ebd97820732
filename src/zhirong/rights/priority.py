"""Priority: until when a later application may claim the filing date of a first one.

Twelve months for inventions and utility models, six for designs, from the first filing. The claim
is an act before the office, so a last day that is a day off moves to the first working day.
"""

from datetime import date

from zhirong.core.calendar import last_day
from zhirong.rights.law import PatentLaw
from zhirong.rights.records import PatentKind


def priority_months(kind: PatentKind, first_filed_on: date, *, law: PatentLaw) -> int:
    """The months of the priority period, by the law in force on the day of the first filing."""
    return int(law.parameters.number(f"patent.priority.{kind}", on=first_filed_on))


def last_day_for_priority(kind: PatentKind, first_filed_on: date, *, law: PatentLaw) -> date:
    """The last day on which an application of the kind may claim priority from a first filing.

    Args:
        kind: Of the later application, which decides on the period.
        first_filed_on: Day of the first filing, at home or abroad.
        law: Periods and working days.

    Source:
        Patent Law art. 29; implementing regulations, rule 5.

    >>> from zhirong.rights.law import shipped
    >>> last_day_for_priority(PatentKind.DESIGN, date(2025, 8, 31), law=shipped())
    datetime.date(2026, 2, 28)
    """
    months = priority_months(kind, first_filed_on, law=law)
    return last_day(first_filed_on, months=months, working=law.calendar)


def is_in_time(kind: PatentKind, *, first_filed_on: date, filed_on: date, law: PatentLaw) -> bool:
    """Whether an application was filed within the priority period of a first one."""
    last = last_day_for_priority(kind, first_filed_on, law=law)
    return first_filed_on <= filed_on <= last
