"""Right by right: what it may be used for, and the rule that decides."""

from collections.abc import Iterable, Iterator

from zhirong.adapters.documents.blocks import Block, Column, Heading, Row, Table
from zhirong.adapters.documents.reports.diligence_view import ANSWERS, View
from zhirong.application.diligence_result import RegistrabilityRecord, UseLimit
from zhirong.core.messages import Message

USES = ("value", "register", "disburse", "insure", "pool")
USE_WORDS = {use: "register_pledge" if use == "register" else use for use in USES}
RULES_MAX = 4
_STRICTEST_FIRST = ("no", "not_known", "conditional", "yes")


def gates_section(view: View) -> tuple[Block, ...]:
    """Counts by use, then every right under the rule that decides on its registration."""
    if not view.patents:
        return ()
    return (
        Heading(view.say("gates.heading")),
        _summary(view),
        _table(view),
    )


def use_word(view: View, use: str) -> str:
    """What a use is called."""
    return view.wording.label(f"use.{use}")


def _summary(view: View) -> Table:
    return Table(
        title=view.say("gates.summary"),
        columns=(
            Column(head=view.say("gates.use"), width="1fr"),
            *(Column(head=view.answer(answer), align="right", width="1fr") for answer in ANSWERS),
        ),
        rows=tuple(
            Row(
                cells=(
                    use_word(view, USE_WORDS[use]),
                    *(str(view.answers[use][answer]) for answer in ANSWERS),
                )
            )
            for use in USES
        ),
        note=view.say("gates.lead"),
    )


def _table(view: View) -> Table:
    groups: dict[tuple[str, str], list[RegistrabilityRecord]] = {}
    for record in (view.gates[right] for right in view.patents):
        right = record.right
        key = view.main_answer(right), _rules(view, view.main_rules(right))
        groups.setdefault(key, []).append(record)
    rows: list[Row] = []
    order = {answer: place for place, answer in enumerate(_STRICTEST_FIRST)}
    for (answer, rules), records in sorted(groups.items(), key=lambda item: order[item[0][0]]):
        rows += _group(view, answer, rules, records)
    counts = {answer: view.answers[view.main_use][answer] for answer in ANSWERS}
    return Table(
        title=view.say("gates.title", **counts),
        columns=(
            Column(head=view.say("gates.right"), width="1fr"),
            *(Column(head=view.say(f"gates.short.{use}"), align="center") for use in USES),
        ),
        rows=tuple(rows),
    )


def _group(
    view: View, answer: str, rules: str, records: list[RegistrabilityRecord]
) -> Iterator[Row]:
    """A head with the rule that decides and what all have in common, then a row a right."""
    count = len(records)
    told = view.say("gates.group", answer=view.answer(answer), count=count, rules=rules)
    remarks = {record.right: _remark(view, record) for record in records}
    shared = set(remarks.values())
    is_shared = count > 1 and len(shared) == 1 and "" not in shared
    if is_shared:
        told = view.say(
            "gates.group_shared", group=told, remark="  ".join(shared.pop().split("\n"))
        )
    yield Row(cells=(told,), style="group")
    for record in records:
        answers = (view.answer_cell(getattr(record, use)) for use in USES)
        name = view.one_line(record.right)
        remark = remarks[record.right]
        yield Row(cells=(f"{name}\n{remark}" if remark and not is_shared else name, *answers))


def _rules(view: View, rules: Iterable[Message]) -> str:
    """The deciding rules, those of one legal source joined."""
    if not view.is_pledge:
        # The sources of the table are those of a registration; the other uses are house policy.
        return view.joined(dict.fromkeys(view.rule(rule) for rule in rules))
    told: dict[str, list[str]] = {}
    for rule in rules:
        told.setdefault(str(rule.facts["law"]), []).append(view.rule(rule))
    named = [
        view.say("gates.rule", rule=view.joined(names), law=view.law(law))
        for law, names in told.items()
    ]
    shown = view.say("separator").join(named[:RULES_MAX])
    if len(named) <= RULES_MAX:
        return shown
    return view.say("gates.more_rules", rules=shown, count=len(named) - RULES_MAX)


def _remark(view: View, record: RegistrabilityRecord) -> str:
    """What limits the other uses, those of one wording joined."""
    head = {rule.code for rule in view.main_rules(record.right)}
    told: dict[str, list[str]] = {}
    for item in record.limits:
        words = _limit_words(view, item, head)
        if words:
            told.setdefault(words, []).append(use_word(view, item.use))
    joiner = view.say("gates.uses_joined")
    lines = [
        view.say("gates.limit", use=joiner.join(uses), rules=words) for words, uses in told.items()
    ]
    return view.say("separator").join(lines)


def _limit_words(view: View, item: UseLimit, head: set[str]) -> str:
    """What is asked for, else the rules that the head of the group does not name."""
    if item.conditions:
        return view.joined(view.wording.message(condition) for condition in item.conditions)
    rules = [view.rule(rule) for rule in item.decided_by if rule.code not in head]
    return view.joined(dict.fromkeys(rules))
