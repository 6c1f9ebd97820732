"""Red flags: breaches of the valuation's own rules, and what due diligence found, worst first."""

from collections.abc import Sequence

from zhirong.adapters.documents.document import Flag
from zhirong.adapters.documents.reports.wording import Wording
from zhirong.application.diligence_result import FindingRecord
from zhirong.application.result import Appraisal
from zhirong.core.messages import Message

FLAGS_MAX = 6
SEVERITIES = ("block", "high")
NUMBERS_SHOWN = 2


def flags(appraisal: Appraisal, breaches: Sequence[Message], wording: Wording) -> tuple[Flag, ...]:
    """At most six flags; what does not fit is counted in the last one."""
    found = (*_breaches(breaches, wording), *_failures(appraisal, wording))
    ordered = sorted(found, key=lambda flag: SEVERITIES.index(flag.severity))
    silent = _silent(appraisal, wording)
    room = FLAGS_MAX - len(silent)
    if len(ordered) <= room:
        return (*ordered, *silent)
    kept = ordered[: room - 1]
    more = Flag(
        severity="high",
        word=wording.severity("high"),
        text=wording.say("value.flags_more", count=len(ordered) - len(kept)),
    )
    return (*kept, more, *silent)


def _breaches(breaches: Sequence[Message], wording: Wording) -> tuple[Flag, ...]:
    texts = dict.fromkeys(wording.message(breach) for breach in breaches)
    return tuple(Flag(severity="high", word=wording.severity("high"), text=t) for t in texts)


def _failures(appraisal: Appraisal, wording: Wording) -> list[Flag]:
    """One flag a check that failed, with the rights it failed for."""
    by_check: dict[tuple[str, str], list[FindingRecord]] = {}
    for item in appraisal.diligence.findings:
        if item.state == "fail" and item.severity in SEVERITIES:
            by_check.setdefault((item.code, item.severity), []).append(item)
    return [
        Flag(
            severity=wording.severity_key(severity),
            word=wording.severity(severity),
            text=_failure(items, wording),
        )
        for (_, severity), items in by_check.items()
    ]


def _failure(items: Sequence[FindingRecord], wording: Wording) -> str:
    subjects = [wording.name(item.subject) for item in items if item.subject]
    if len(items) == 1:
        text = wording.message(items[0].message)
        is_named = not subjects or subjects[0] in text
        return text if is_named else wording.say("value.flag_one", subject=subjects[0], text=text)
    return wording.say(
        "value.flag_many",
        title=wording.message(items[0].title),
        count=len(items),
        subjects=tuple(subjects[:NUMBERS_SHOWN]),
    )


def _silent(appraisal: Appraisal, wording: Wording) -> tuple[Flag, ...]:
    """How many grave checks could not be made."""
    open_checks = {
        item.code
        for item in appraisal.diligence.findings
        if item.state == "not_known" and item.severity in SEVERITIES
    }
    if not open_checks:
        return ()
    text = wording.say("value.flags_silent", count=len(open_checks))
    mark = wording.mark("unverified")
    return (Flag(severity="medium", word=wording.severity("medium"), text=f"{text} {mark}"),)
