"""What each right may be used for, and which rule decides.

The table of rules is data (`parameters/tables/diligence_gating.yaml`); here its rows are combined:
of all rows that hold for a right, the strictest answer stands.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from zhirong.diligence.grounds import Grounds
from zhirong.diligence.records import Finding, State
from zhirong.parameters.reader import table


class Use(StrEnum):
    """What a right may be used for."""

    VALUE = "value"
    REGISTER_PLEDGE = "register_pledge"
    DISBURSE = "disburse"
    INSURE = "insure"
    POOL = "pool"


class Answer(StrEnum):
    """Whether a use is open, strictest first."""

    NO = "no"
    NOT_KNOWN = "not_known"
    CONDITIONAL = "conditional"
    YES = "yes"


STRICTNESS = tuple(Answer)
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A row of the table that holds for a right, as to one use.

    Attributes:
        row: Code of a legal state or an overlay, or code of a check.
        condition: Code of the condition (words: gate.condition.<code>); "" where there is none.
        law: Code of the words of the source.
        is_fulfilled: The condition is met by a paper on file.
    """

    row: str
    answer: Answer
    law: str
    condition: str = ""
    is_fulfilled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Whether one right is open to one use.

    Attributes:
        decided_by: The rules with the answer that stands, heaviest first.
        conditions: Codes of what is asked for, when conditional.
        rules: All rules that hold.
    """

    right: str
    use: Use
    answer: Answer
    decided_by: tuple[Rule, ...]
    conditions: tuple[str, ...]
    rules: tuple[Rule, ...]


def rows_of(grounds: Grounds, right: str) -> tuple[str, ...]:
    """The rows of states and overlays that hold for a right, heaviest first."""
    status = grounds.statuses[right]
    gating = table("diligence_gating")
    held = {str(status.base), *(str(overlay) for overlay in status.overlays)}
    return tuple(row for row in (*gating["states"], *gating["overlays"]) if row in held)


def gate(use: Use, *, right: str, rules: Iterable[Rule]) -> Gate:
    """The strictest of the rules: no, then not known, then all conditions together, then yes."""
    held = tuple(rules)
    assert held, "a right always has a legal state, and each state has a row"
    answer = min((rule.answer for rule in held), key=STRICTNESS.index)
    decided = tuple(rule for rule in held if rule.answer is answer)
    conditions = tuple(dict.fromkeys(rule.condition for rule in decided if rule.condition))
    open_conditions = conditions if answer is Answer.CONDITIONAL else ()
    return Gate(
        right=right,
        use=use,
        answer=answer,
        decided_by=decided,
        conditions=open_conditions,
        rules=held,
    )


def gates(grounds: Grounds, findings: Iterable[Finding]) -> tuple[Gate, ...]:
    """Each right against each use, in the dossier's and the table's order.

    Args:
        grounds: Dossier and legal status.
        findings: All findings of the checks on this dossier.
    """
    decisive = _decisive(findings)
    return tuple(
        gate(use, right=right, rules=_rules(grounds, right, use, decisive))
        for right in grounds.patents
        for use in Use
    )


def registrability(grounds: Grounds, findings: Iterable[Finding]) -> tuple[Gate, ...]:
    """Right by right, whether a pledge can be registered, and by which rule."""
    return tuple(item for item in gates(grounds, findings) if item.use is Use.REGISTER_PLEDGE)


def _decisive(findings: Iterable[Finding]) -> Mapping[str, list[tuple[str, Row]]]:
    """The table's rows for the findings, by subject, in the table's order."""
    variants = table("diligence_gating")["findings"]
    order = {code: place for place, code in enumerate(variants)}
    held: dict[str, list[tuple[str, Row]]] = {}
    for item in sorted(
        (item for item in findings if item.code in order), key=lambda item: order[item.code]
    ):
        row = _variant(variants[item.code], item)
        if row is not None:
            held.setdefault(item.subject, []).append((item.code, row))
    return held


def _rules(
    grounds: Grounds, right: str, use: Use, decisive: Mapping[str, list[tuple[str, Row]]]
) -> tuple[Rule, ...]:
    gating = table("diligence_gating")
    rows: dict[str, Row] = {**gating["states"], **gating["overlays"]}
    held = [(row, rows[row]) for row in rows_of(grounds, right)]
    held += [*decisive.get("", ()), *decisive.get(right, ())]
    return tuple(_rule(grounds, right, row, cells, use) for row, cells in held if use in cells)


def _variant(variants: Mapping[str, Row], finding: Finding) -> Row | None:
    """The row for the finding's own words, else for its state; None where it decides nothing."""
    if finding.state is State.PASS:
        return None
    text = finding.message.code.rsplit(".", 1)[-1]
    return variants.get(text, variants.get(str(finding.state)))


def _rule(grounds: Grounds, right: str, row: str, cells: Row, use: Use) -> Rule:
    cell, law = cells[use], cells["law"]
    if cell in STRICTNESS:
        return Rule(row=row, answer=Answer(cell), law=law)
    is_fulfilled = _is_fulfilled(grounds, right, cell)
    answer = Answer.YES if is_fulfilled else Answer.CONDITIONAL
    return Rule(row=row, answer=answer, law=law, condition=cell, is_fulfilled=is_fulfilled)


def _is_fulfilled(grounds: Grounds, right: str, condition: str) -> bool:
    question = table("diligence_gating")["fulfilled_by"].get(condition)
    return question is not None and grounds.confirms(question, right)
