"""What is missing, as one form of questions to the firm; answers come back as replies.

A question that is open for several rights and may be answered for all at once is one row of the
form; a reply with the number of a right overrules the reply for all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from zhirong.core.messages import Message
from zhirong.diligence.answers import chosen, read_date
from zhirong.diligence.gating import Answer, Gate
from zhirong.diligence.grounds import YES_NO, Grounds
from zhirong.diligence.records import Finding, Reply, Severity, State
from zhirong.parameters.reader import table

_ORDER = tuple(Severity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One row of the form.

    Attributes:
        code: What a reply names, e.g. "A3".
        subject: A right's number or a product's id; "" for the firm or for all of `subjects`.
        subjects: The rights or products that the answer would serve; empty for the firm.
        kind: yes_no, choice, date or document.
        options: Codes of the answers (words: answer.<code>); empty for a date or a paper.
        needs_document: A word without a named paper does not settle it.
        severity: Of the heaviest check that waits for it.
        checks: Codes of the checks that wait for it.
        shortfall: Code of what a given answer lacks (question_gap.<code>); "" when unanswered.
    """

    code: str
    subject: str
    subjects: tuple[str, ...]
    message: Message
    kind: str
    options: tuple[str, ...]
    needs_document: bool
    severity: Severity
    checks: tuple[str, ...]
    shortfall: str = ""


@dataclass(frozen=True, slots=True)
class _Open:
    question: str
    subject: str
    severity: Severity
    check: str


def questions(
    grounds: Grounds, findings: Iterable[Finding], gates: Iterable[Gate]
) -> tuple[Question, ...]:
    """The form: heaviest first, then by code and subject.

    Args:
        grounds: The dossier with its replies.
        findings: Each "not known" among them names its question.
        gates: Each open condition that a declaration would fulfill names one too.
    """
    waiting = [*_of_findings(findings), *_of_gates(gates)]
    form: list[Question] = []
    for code, row in table("diligence_questions").items():
        mine = [item for item in waiting if item.question == code]
        form += _rows(grounds, code, row, mine)
    return tuple(sorted(form, key=lambda item: _ORDER.index(item.severity)))


def _of_findings(findings: Iterable[Finding]) -> Iterable[_Open]:
    return (
        _Open(item.question, item.subject, item.severity, item.code)
        for item in findings
        if item.state is State.NOT_KNOWN
    )


def _of_gates(gates: Iterable[Gate]) -> Iterable[_Open]:
    asked = table("diligence_gating")["fulfilled_by"]
    return (
        _Open(asked[rule.condition], gate.right, Severity.HIGH, rule.row)
        for gate in gates
        if gate.answer is Answer.CONDITIONAL
        for rule in gate.decided_by
        if rule.condition in asked
    )


def _rows(
    grounds: Grounds, code: str, row: Mapping[str, Any], waiting: list[_Open]
) -> list[Question]:
    subjects = tuple(dict.fromkeys(item.subject for item in waiting))
    if row["is_shared"] and len(subjects) > 1:
        return [_question(grounds, code, row, waiting, "")]
    return [
        _question(grounds, code, row, [i for i in waiting if i.subject == subject], subject)
        for subject in subjects
    ]


def _question(
    grounds: Grounds, code: str, row: Mapping[str, Any], waiting: list[_Open], subject: str
) -> Question:
    options = tuple(row.get("options", YES_NO if row["kind"] == "yes_no" else ()))
    subjects = dict.fromkeys(item.subject for item in waiting if item.subject)
    return Question(
        code=code,
        subject=subject,
        subjects=tuple(subjects),
        message=Message(f"question.{code}"),
        kind=row["kind"],
        options=options,
        needs_document=row["needs_document"],
        severity=min((item.severity for item in waiting), key=_ORDER.index),
        checks=tuple(dict.fromkeys(item.check for item in waiting)),
        shortfall=_shortfall(grounds.reply(code, subject), row, options),
    )


def _shortfall(reply: Reply | None, row: Mapping[str, Any], options: tuple[str, ...]) -> str:
    if reply is None:
        return ""
    is_read = chosen(reply.value, options) if options else read_date(reply.value)
    if row["kind"] != "document" and is_read is None:
        return "not_understood"
    return "no_document" if row["needs_document"] and not reply.document else ""
