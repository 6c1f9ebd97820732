"""Cards of rights: facts, time line, findings.

Of many rights those with findings of their own and the core ones have a full card, the others a
short one near the end of the report. A finding that many rights share is none of their own.
"""

from itertools import zip_longest
from typing import Literal

from zhirong.adapters.documents.blocks import (
    Badge,
    Block,
    Card,
    Column,
    FindingItem,
    Heading,
    Pair,
    Pairs,
    Picture,
    Prose,
    Row,
    Severity,
    SideBySide,
    Table,
)
from zhirong.adapters.documents.charts import palette, timeline
from zhirong.adapters.documents.charts.timeline import TimelineChart, TimelineEvent
from zhirong.adapters.documents.reports.diligence_rights import owners_text
from zhirong.adapters.documents.reports.diligence_view import (
    NOT_KNOWN,
    PASS,
    SEVERITIES,
    Topic,
    View,
)
from zhirong.application.diligence_result import FindingRecord, RightStanding
from zhirong.rights.events import EventKind, RegisterEvent
from zhirong.rights.records import Patent

CARDS_FOR_ALL = 12
CARDS_MAX = 24
CORE_MAX = 6
SHARED_MIN = 4
SHARED_MAX = 8
SHARED_PART = 0.5
EVENTS_MAX = 5
NAMES_MAX = 3
RULES_MAX = 2
FULL_WIDTH = palette.TEXT_WIDTH - 18
HALF_WIDTH = palette.TEXT_WIDTH / 2 - 27
REMARKS_MAX = 6
BLOCK = "block"
ANSWER_BADGES: dict[str, Severity] = {
    "yes": "note",
    "conditional": "medium",
    "no": "block",
    NOT_KNOWN: "high",
}
_ROUTINE = frozenset(
    (
        EventKind.FEE_PAID,
        EventKind.PUBLISHED,
        EventKind.EXAMINATION_STARTED,
        EventKind.GRANTED,
    )
)
_ENDINGS = frozenset(
    (
        EventKind.INVALID_ALL,
        EventKind.CEASED_FEE,
        EventKind.ABANDONED,
        EventKind.TERMINATED,
        EventKind.EXPIRED,
        EventKind.REJECTED,
        EventKind.WITHDRAWN,
    )
)
# What an entry lays on the right; it is marked only while that still lies on it.
_LIVE: dict[EventKind, frozenset[str]] = {
    EventKind.PLEDGE_REGISTERED: frozenset(("pledged",)),
    EventKind.PRESERVED: frozenset(("preserved",)),
    EventKind.OWNERSHIP_SUSPENDED: frozenset(("ownership_suspended",)),
    EventKind.INVALIDATION_REQUESTED: frozenset(("under_invalidation",)),
    EventKind.PARTLY_INVALID: frozenset(("partly_invalid",)),
    EventKind.LICENSE_RECORDED: frozenset(("licensed", "exclusive_license")),
    EventKind.OPEN_LICENSE_DECLARED: frozenset(("open_license",)),
}
_BLOCKING = frozenset(("pledged", "preserved", "ownership_suspended", "under_invalidation"))


def cards_section(view: View) -> tuple[Block, ...]:
    """All cards, or those of the rights that need one, with a word on the others."""
    if not view.patents:
        return ()
    heading = Heading(view.say("cards.heading"))
    if len(view.patents) <= CARDS_FOR_ALL:
        cards = tuple(_card(view, right) for right in view.patents)
        return (heading, Prose(view.say("cards.all") + view.say("cards.key")), *cards)
    shared = shared_topics(view)
    own = own_rights(view, shared)
    shown, capped = own[:CARDS_MAX], own[CARDS_MAX:]
    core = tuple(right for right in _core(view) if right not in own)
    rest = len(view.patents) - len(own) - len(core)
    lead = [view.say("cards.own", count=len(shown))] if shown else []
    lead += [view.say("cards.core", count=len(core))] if core else []
    lead = lead or [view.say("cards.nobody")]
    lead += [view.say("cards.rest", count=rest), view.say("cards.key")]
    blocks: list[Block] = [heading, Prose("".join(lead))]
    if shared:
        blocks.append(_shared_table(view, shared))
    if capped:
        names = view.joined(view.wording.name(right) for right in capped)
        told = Pair(view.say("cards.capped", count=len(capped)), names)
        blocks.append(Pairs(items=(told,), columns=1))
    return (*blocks, *(_card(view, right) for right in (*shown, *core)))


def short_cards_section(view: View) -> tuple[Block, ...]:
    """A short card, two in a row, for each right that has no full one."""
    if len(view.patents) <= CARDS_FOR_ALL:
        return ()
    own = own_rights(view, shared_topics(view))
    full = {*own, *_core(view)}
    cards = [_short_card(view, right) for right in view.patents if right not in full]
    if not cards:
        return ()
    rows = (
        SideBySide(left=left, right=right)
        for left, right in zip_longest(cards[::2], cards[1::2], fillvalue=Prose(""))
    )
    return (Heading(view.say("cards.short.heading")), *rows)


def _short_card(view: View, right: str) -> Card:
    patent, standing = view.patents[right], view.standings[right]
    badges = _badges(view, right, standing)
    facts = [("owner", owners_text(view, patent))] if patent.is_co_owned else []
    facts.append(("fee", _short_fee(view, patent, standing)))
    products = _products(view, right)
    if products:
        facts.append(("products", products))
    return Card(
        number=f"{view.wording.name(right)} · {_kind(view, patent)}",
        title=patent.title,
        badges=badges if view.main_answer(right) != "yes" else badges[:-1],
        facts=tuple(Pair(view.say(f"card.{key}"), value) for key, value in facts),
        columns=1,
        timeline=_timeline(view, patent, standing, width=HALF_WIDTH),
    )


def shared_topics(view: View) -> tuple[Topic, ...]:
    """What did not pass for many rights alike; what blocks is never taken so."""
    least = min(SHARED_MAX, max(SHARED_MIN, SHARED_PART * len(view.patents)))
    return tuple(
        topic
        for topic in (*view.red, *view.open)
        if topic.flag.severity != BLOCK or topic.is_open
        if sum(subject in view.patents for subject in topic.flag.subjects) >= least
    )


def own_rights(view: View, shared: tuple[Topic, ...]) -> tuple[str, ...]:
    """The rights with findings that are not shared, heaviest first."""
    common = {(topic.flag.code, topic.flag.message.code) for topic in shared}
    weights: dict[str, int] = {}
    for right, findings in view.findings_by_right.items():
        own = [item for item in findings if item.state != PASS]
        ranks = [
            2 * SEVERITIES.index(item.severity) + (item.state == NOT_KNOWN)
            for item in own
            if (item.code, item.message.code) not in common
        ]
        if ranks:
            weights[right] = min(ranks)
    return tuple(sorted(weights, key=lambda right: weights[right]))


def core_rights(view: View) -> frozenset[str]:
    """The rights that alone cover a feature of a product."""
    valuation = view.appraisal.valuation
    return (
        frozenset(item.right for item in valuation.rights if item.is_core)
        if valuation
        else frozenset()
    )


def _core(view: View) -> tuple[str, ...]:
    """Those that alone cover a feature, then the most valuable."""
    valuation = view.appraisal.valuation
    if valuation is None:
        return ()
    valued = [item for item in valuation.rights if item.is_core or item.value > 0]
    ranked = sorted(valued, key=lambda item: (not item.is_core, -item.value, item.right))
    return tuple(item.right for item in ranked[:CORE_MAX])


def _shared_table(view: View, shared: tuple[Topic, ...]) -> Table:
    return Table(
        title=view.say("cards.shared"),
        columns=(
            Column(head=view.say("cards.shared.check"), width="1fr"),
            Column(head=view.say("checks.result")),
            Column(head=view.say("checks.words"), width="1.2fr"),
            Column(head=view.say("column.subjects"), width="1.6fr"),
        ),
        rows=tuple(_shared_row(view, topic) for topic in shared),
    )


def _shared_row(view: View, topic: Topic) -> Row:
    flag, wording = topic.flag, view.wording
    code = "checks.unknown" if topic.is_open else "checks.failed"
    is_all = len(flag.subjects) == len(view.patents)
    names = view.joined(wording.name(right) for right in flag.subjects)
    title = view.say("titled", title=wording.message(flag.title), subject=flag.code)
    return Row(
        cells=(
            title,
            view.say(code, severity=wording.severity(flag.severity)),
            topic.texts[0][0],
            view.subjects(flag.subjects) if is_all else names,
        )
    )


def _card(view: View, right: str) -> Card:
    patent, standing = view.patents[right], view.standings[right]
    own = [item for item in view.findings_by_right[right] if item.state != PASS]
    own.sort(key=lambda item: (item.state == NOT_KNOWN, SEVERITIES.index(item.severity)))
    remarks = tuple(_remark(view, item) for item in own[:REMARKS_MAX]) or (_clear(view, right),)
    if len(own) > REMARKS_MAX:
        remarks = (*remarks, _more(view, len(own) - REMARKS_MAX))
    return Card(
        number=view.wording.name(right),
        title=patent.title,
        badges=_badges(view, right, standing),
        facts=_facts(view, patent, standing),
        timeline=_timeline(view, patent, standing),
        remarks=remarks,
    )


def _badges(view: View, right: str, standing: RightStanding) -> tuple[Badge, ...]:
    wording = view.wording
    badges = [Badge(view.say("card.core"), "note")] if right in core_rights(view) else []
    if standing.state != "in_force":
        severity: Severity = "high" if standing.state == "fee_grace" else "block"
        badges.append(Badge(wording.state(standing.state), severity))
    badges += [Badge(wording.label(f"right.overlay.{o}"), "high") for o in standing.overlays]
    answer = view.main_answer(right)
    word = wording.label(f"gate.answer.{answer}")
    told = f"{view.say('card.register')} · {word}"
    return (*badges, Badge(told, ANSWER_BADGES[answer]))


def _facts(view: View, patent: Patent, standing: RightStanding) -> tuple[Pair, ...]:
    claims = patent.claims
    decided = view.main_rules(patent.app_no)
    rules = view.named([view.rule(rule) for rule in decided], RULES_MAX)
    facts = [
        ("kind", _kind(view, patent)),
        ("state", view.short_state(standing)),
        ("owner", owners_text(view, patent)),
        ("fee", _fee(view, patent, standing)),
        ("read_on", _read_on(view, standing)),
        ("rule", rules),
    ]
    if claims is not None and claims.total is not None:
        code = "card.claims_total" if claims.independent is None else "card.claims_value"
        told = view.say(code, total=claims.total, independent=claims.independent)
        facts.append(("claims", told))
    inventors = patent.inventors
    named = view.joined(inventors[:NAMES_MAX]) if inventors else ""
    facts.append(("inventors", view.known(named)))
    products = _products(view, patent.app_no)
    if products:
        facts.append(("products", products))
    return tuple(Pair(view.say(f"card.{key}"), value) for key, value in facts)


def _kind(view: View, patent: Patent) -> str:
    return " · ".join((view.wording.kind(str(patent.kind)), *(patent.ipc or ())[:1]))


def _products(view: View, right: str) -> str:
    served = (item.product for item in view.appraisal.case.coverage if item.right == right)
    return view.joined(dict.fromkeys(view.wording.name(product) for product in served))


def _fee(view: View, patent: Patent, standing: RightStanding) -> str:
    if patent.grant_date is None:
        return view.wording.label("right.fee_stage.pending")
    due, amount, paid = standing.fee_due_on, standing.fee_payable, standing.paid_through
    if paid is None:
        return view.say("unknown")
    told = view.say("card.paid", year=paid)
    if due is None or amount is None:
        return f"{told}\n{view.wording.label(f'right.fee_stage.{standing.fee_stage}')}"
    code = "card.grace" if standing.fee_stage == "grace" else "card.next_fee"
    on = standing.grace_ends_on if standing.fee_stage == "grace" else due
    return f"{told}\n{view.say(code, on=view.wording.day(on), amount=amount)}"


def _short_fee(view: View, patent: Patent, standing: RightStanding) -> str:
    """The next fee in one line."""
    due, amount = standing.fee_due_on, standing.fee_payable
    if standing.fee_stage == "grace" or due is None or amount is None:
        return view.say("comma").join(_fee(view, patent, standing).split("\n"))
    return view.say("card.next_fee_short", on=view.wording.day(due), amount=amount)


def _read_on(view: View, standing: RightStanding) -> str:
    if standing.read_on is None:
        return view.say("unknown")
    return view.say("card.read_on_value", on=view.wording.day(standing.read_on))


def _remark(view: View, item: FindingRecord) -> FindingItem:
    wording = view.wording
    word = wording.severity(item.severity)
    open_word = view.say("findings.word_unknown", severity=word)
    return FindingItem(
        severity=wording.severity_key(item.severity),
        word=open_word if item.state == NOT_KNOWN else word,
        title=view.verdict(item.title, item.code, item.state),
        text=wording.message(item.message),
    )


def _clear(view: View, right: str) -> FindingItem:
    count = len(view.findings_by_right[right])
    passed = view.say("checks.passed")
    return FindingItem(severity="note", word=passed, title=view.say("card.passed", count=count))


def _more(view: View, count: int) -> FindingItem:
    word = view.say("card.more")
    return FindingItem(severity="note", word=word, title=view.say("card.more_value", count=count))


def _timeline(
    view: View, patent: Patent, standing: RightStanding, *, width: float = FULL_WIDTH
) -> Picture:
    today = view.appraisal.options.valuation_date
    events = _events(view, patent, standing)
    shown = tuple(
        TimelineEvent(
            on=event.on,
            label=view.say("event.at", event=event.label, on=event.on.isoformat()),
            kind=event.kind,
        )
        for event in events
    )
    chart = TimelineChart(
        start=patent.filing_date,
        end=standing.last_day if patent.grant_date else today,
        today=today,
        today_word=view.say("event.today", on=today.isoformat()),
        events=shown,
    )
    told = view.say("separator").join(event.label for event in shown)
    alt = view.say("event.alt", right=view.wording.name(patent.app_no), events=told)
    return Picture(svg=timeline.svg(chart, width=width), alt=alt)


def _events(view: View, patent: Patent, standing: RightStanding) -> list[TimelineEvent]:
    events = [TimelineEvent(on=patent.filing_date, label=view.say("event.filed"))]
    if patent.grant_date is not None:
        events.append(TimelineEvent(on=patent.grant_date, label=view.say("event.granted")))
    told = [event for event in view.events[patent.app_no] if event.kind not in _ROUTINE]
    events += [_event(view, event, standing.overlays) for event in told[-EVENTS_MAX:]]
    if standing.fee_due_on is not None and standing.fee_payable is not None:
        overdue = standing.fee_stage == "grace"
        events.append(
            TimelineEvent(
                on=standing.fee_due_on,
                label=view.say("event.fee"),
                kind="block" if overdue else "attention",
            )
        )
    debt = view.result.debt_term_end
    if debt is not None and standing.last_day < debt:
        events.append(TimelineEvent(on=debt, label=view.say("event.debt"), kind="block"))
    if patent.grant_date is not None:
        events.append(TimelineEvent(on=standing.last_day, label=view.say("event.last_day")))
    return sorted(events, key=lambda event: event.on)


def _event(view: View, event: RegisterEvent, overlays: tuple[str, ...]) -> TimelineEvent:
    live = _LIVE.get(event.kind, frozenset()) & set(overlays)
    kind: Literal["plain", "attention", "block"] = "attention" if live else "plain"
    if event.kind in _ENDINGS or live & _BLOCKING:
        kind = "block"
    label = view.wording.label(f"right.event.{event.kind}")
    return TimelineEvent(on=event.true_on, label=label, kind=kind)
