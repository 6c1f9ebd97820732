"""The first page: can the rights be pledged, why, and what stands against it."""

from collections import Counter

from zhirong.adapters.documents.blocks import Inline, Pair, Span
from zhirong.adapters.documents.document import FirstPage, Flag, Result
from zhirong.adapters.documents.reports.diligence_view import (
    ANSWERS,
    FAIL,
    NOT_KNOWN,
    Topic,
    View,
)
from zhirong.core.messages import Fact

FLAGS_MAX = 6
_GRAVE = ("block", "high")


def first_page(view: View) -> FirstPage:
    """Title, dates, result box, three reasons, red flags."""
    head = view.appraisal.head
    flags, left_out = _flags(view)
    note = view.say("flags.note")
    if left_out:
        note = view.say("flags.more_note", count=left_out, note=note)
    return FirstPage(
        kind=view.say("kind"),
        number=head.number,
        title=view.say("title"),
        subtitle=view.appraisal.case.firm.name,
        dates=_dates(view),
        result=_result(view),
        reasons_title=view.say("reasons.title"),
        reasons=_reasons(view),
        flags_title=view.say("flags.title"),
        flags=flags,
        flags_none=view.say("flags.none"),
        note=note,
    )


def _dates(view: View) -> tuple[Pair, ...]:
    head, wording, options = view.appraisal.head, view.wording, view.appraisal.options
    pairs = [
        Pair(view.say("date.credit_code"), view.known(view.appraisal.case.firm.credit_code)),
        Pair(view.say("date.purpose"), wording.label(f"purpose.{options.purpose}")),
        Pair(view.say("date.valuation"), wording.prose_day(head.valuation_date)),
        Pair(view.say("date.report"), wording.prose_day(head.report_date)),
    ]
    debt = view.result.debt_term_end
    if debt is not None:
        pairs.append(Pair(view.say("date.debt"), wording.prose_day(debt)))
    elif view.is_pledge:
        pairs.append(Pair(view.say("date.debt"), view.say("unknown")))
    return tuple(pairs)


def _result(view: View) -> Result:
    use = view.main_use
    count = view.answers[use]
    split = {answer: count[answer] for answer in ANSWERS}
    disburse = {answer: view.answers["disburse"][answer] for answer in ANSWERS}
    result = view.result
    grave = Counter(topic.flag.severity for topic in view.red)
    blocking = sum(topic.flag.severity == "block" for topic in view.open)
    return Result(
        label=view.say(f"result.{use}", count=len(view.patents)),
        headline=view.say(f"result.{use}.headline", yes=split["yes"]),
        interval=view.say("result.split", **split),
        note=view.say("result.disburse", **disburse) if view.is_pledge else "",
        beside=(
            Pair(
                view.say("result.flags"),
                view.say("result.flags.value", block=grave["block"], high=grave["high"]),
            ),
            Pair(
                view.say("result.unknown"),
                view.say("result.unknown.value", count=len(view.open), block=blocking),
            ),
            Pair(
                view.say("result.checks"),
                view.say("result.checks.value", checked=result.checked, passed=result.passed),
            ),
        ),
    )


def _reasons(view: View) -> tuple[Inline, ...]:
    return (_why(view), _fees(view), _to_do(view))


def _to_do(view: View) -> str:
    asked = Counter(item.severity for item in view.asked)
    return view.say(
        "reason.to_do",
        conditions=asked.total(),
        block=asked["block"],
        high=asked["high"],
        questions=len(view.questions),
    )


def _why(view: View) -> str:
    if not view.patents:
        return view.say("list.none")
    closed = [right for right in view.patents if view.main_answer(right) != "yes"]
    if not closed:
        code = "reason.open" if view.is_pledge else "reason.value_open"
        return view.say(code, count=len(view.patents))
    held: Counter[tuple[str, str]] = Counter()
    for right in closed:
        held[view.rule(view.main_rules(right)[0]), view.main_answer(right)] += 1
    rules = [
        view.say("reason.rule", rule=rule, count=count, answer=view.answer(answer))
        for (rule, answer), count in held.most_common()
    ]
    code = "reason.closed" if view.is_pledge else "reason.value_closed"
    return view.say(code, count=len(closed), rules=view.say("separator").join(rules))


def _fees(view: View) -> str:
    result = view.result
    facts: dict[str, Fact] = {
        "until": result.fees_until,
        "count": len(result.fees_due),
        "amount": round(sum(fee.payable for fee in result.fees_due), 2),
    }
    text = view.say("reason.fees" if result.fees_due else "reason.fees_none", **facts)
    if result.fees_due:
        overdue = sum(fee.is_overdue for fee in result.fees_due)
        text += view.say(
            "reason.fees_overdue" if overdue else "reason.fees_timely", overdue=overdue
        )
    if result.fees_unknown:
        text += view.say("reason.fees_unknown", count=len(result.fees_unknown))
    debt = result.debt_term_end
    if not view.is_pledge:
        return view.say("reason.end", text=text)
    if debt is None:
        return text + view.say("reason.no_debt")
    ended = sum(cell.last_day < debt for cell in view.living)
    return text + view.say(
        "reason.debt_ends" if ended else "reason.debt_clear", debt=debt, count=ended
    )


def _flags(view: View) -> tuple[tuple[Flag, ...], int]:
    """The gravest: what failed before what is not known, then what is to be watched."""
    topics = [*view.red, *view.open]
    grave = [topic for topic in topics if topic.flag.severity in _GRAVE]
    order = {FAIL: 0, NOT_KNOWN: 1}
    weight = {severity: place for place, severity in enumerate(_GRAVE)}
    grave.sort(key=lambda t: (weight[t.flag.severity], order[t.flag.state]))
    rest = [topic for topic in topics if topic.flag.severity not in _GRAVE]
    ranked = (grave + rest)[:FLAGS_MAX]
    return tuple(_flag(view, topic) for topic in ranked), len(topics) - len(ranked)


def _flag(view: View, topic: Topic) -> Flag:
    wording, flag = view.wording, topic.flag
    text, who = topic.texts[0]
    if len(topic.texts) > 1:
        text = view.say("subject.for_one", subject=view.subjects(who[:1]), text=text)
    named = view.subjects(flag.subjects)
    head = named[:1].upper() + named[1:]
    told = text.removeprefix(head) if text.startswith(head) else f" {text}"
    word = view.say("flags.word_unknown") if topic.is_open else wording.severity(flag.severity)
    return Flag(
        severity=wording.severity_key(flag.severity),
        word=word,
        text=(Span(head, bold=True), told),
    )
