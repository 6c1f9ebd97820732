"""The day up to which a file speaks, the same in both reports."""

from datetime import date

from zhirong.application.case.case_file import CaseFile, SourceFile
from zhirong.diligence.answers import read_date


def day_of(case: CaseFile, item: SourceFile) -> date | None:
    """The day that a file states or bears, else the last day that its content states."""
    if item.as_of is not None:
        return item.as_of
    name = item.file.rsplit("/", 1)[-1]
    days = [one.as_of for one in case.patents if one.source and one.source.file == item.file]
    days += [
        read_date(one.value) or one.answered_on for one in case.answers if one.document == name
    ]
    days += [one.answered_on for one in case.answers if one.source and one.source.file == item.file]
    return max((day for day in days if day), default=None)
