"""The list of rights, and who owns them."""

from collections import Counter

from zhirong.adapters.documents.blocks import (
    Block,
    Column,
    Heading,
    Inline,
    Prose,
    Row,
    Span,
    Table,
)
from zhirong.adapters.documents.reports.diligence_view import FAIL, NOT_KNOWN, View
from zhirong.rights.events import EventKind, RegisterEvent
from zhirong.rights.records import Owner, Patent, PatentKind

CHANGES = frozenset((EventKind.TRANSFERRED, EventKind.BIBLIOGRAPHIC_CHANGED))
ENCUMBRANCES = frozenset(
    (
        EventKind.PLEDGE_REGISTERED,
        EventKind.PLEDGE_CHANGED,
        EventKind.PLEDGE_CANCELED,
        EventKind.LICENSE_RECORDED,
        EventKind.LICENSE_CHANGED,
        EventKind.LICENSE_CANCELED,
        EventKind.OPEN_LICENSE_DECLARED,
        EventKind.OPEN_LICENSE_WITHDRAWN,
        EventKind.PRESERVED,
        EventKind.PRESERVATION_RELEASED,
        EventKind.OWNERSHIP_SUSPENDED,
        EventKind.OWNERSHIP_RESUMED,
        EventKind.INVALIDATION_REQUESTED,
        EventKind.INVALIDATION_CLOSED,
        EventKind.PARTLY_INVALID,
        EventKind.INVALID_ALL,
    )
)
STATE_WIDTH = "22mm"
PLAIN_STATES = frozenset(("in_force",))
Marked = tuple[Patent, RegisterEvent]


def titled(view: View, right: str) -> Inline:
    """A right's title with its number below."""
    return f"{view.patents[right].title}\n{view.wording.name(right)}"


def list_section(view: View) -> tuple[Block, ...]:
    """Every right in one line."""
    if not view.patents:
        return (Heading(view.say("list.heading")), Prose(view.say("list.none")))
    counts = Counter(patent.kind for patent in view.patents.values())
    kinds = {str(kind): counts[kind] for kind in PatentKind}
    return (
        Heading(view.say("list.heading")),
        Table(
            title=view.say("list.title", count=len(view.patents), **kinds),
            columns=(
                Column(head=view.say("column.order"), align="right"),
                Column(head=view.say("list.right"), width="1fr"),
                Column(head=view.say("list.kind")),
                Column(head=view.say("list.filed"), unit=view.say("list.granted")),
                Column(head=view.say("list.last_day")),
                Column(head=view.say("list.state"), width=STATE_WIDTH),
                Column(head=view.say("list.paid"), unit=view.say("list.paid_unit"), align="right"),
                Column(head=view.say("list.findings")),
            ),
            rows=tuple(
                _row(view, place, patent)
                for place, patent in enumerate(view.patents.values(), start=1)
            ),
            note=view.say("list.note"),
        ),
    )


def _row(view: View, place: int, patent: Patent) -> Row:
    standing, wording = view.standings[patent.app_no], view.wording
    state = view.short_state(standing)
    paid = standing.paid_through
    granted = patent.grant_date is not None
    unpaid = view.say("unknown") if granted else view.say("dash")
    return Row(
        cells=(
            str(place),
            titled(view, patent.app_no),
            wording.kind(str(patent.kind)),
            f"{wording.day(patent.filing_date)}\n{wording.day(patent.grant_date)}",
            wording.day(standing.last_day if granted else None),
            state if standing.state in PLAIN_STATES else Span(state, bold=True),
            unpaid if paid is None else str(paid),
            _findings(view, patent.app_no),
        )
    )


def _findings(view: View, right: str) -> Inline:
    states = Counter(item.state for item in view.findings_by_right[right])
    failed, not_known = states[FAIL], states[NOT_KNOWN]
    if not failed and not not_known:
        return view.say("dash")
    told = [view.say("list.failed", count=failed)] if failed else []
    told += [view.say("list.unknown", count=not_known)] if not_known else []
    text = "\n".join(told)
    return Span(text, bold=bool(failed))


def ownership_section(view: View) -> tuple[Block, ...]:
    """Registered owners, jointly owned rights, changes and encumbrances on the register."""
    if not view.patents:
        return ()
    is_told = any(patent.owners for patent in view.patents.values())
    return (
        Heading(view.say("ownership.heading")),
        _owners(view) if is_told else Prose(view.say("ownership.none")),
        *_shared(view),
        *_changes(view),
        *_encumbrances(view),
    )


def _owners(view: View) -> Table:
    patents = view.patents.values()
    sole, joint, known = Counter[str](), Counter[str](), dict[str, Owner]()
    for patent in patents:
        for owner in patent.owners:
            (joint if patent.is_co_owned else sole)[owner.name] += 1
            known.setdefault(owner.name, owner)
    firm = view.appraisal.case.firm.name
    ranked = sorted(known.values(), key=lambda o: (o.name != firm, -sole[o.name] - joint[o.name]))
    facts = {
        "sole": sum(len(patent.owners) == 1 for patent in patents),
        "joint": sum(patent.is_co_owned for patent in patents),
        "silent": sum(not patent.owners for patent in patents),
    }
    has_codes = any(o.credit_code for o in ranked)
    rows = tuple(
        Row(
            cells=(
                view.say("titled", title=o.name, subject=view.say("ownership.is_firm"))
                if o.name == firm
                else o.name,
                *((o.credit_code or view.say("dash"),) if has_codes else ()),
                str(sole[o.name] + joint[o.name]),
                str(sole[o.name]),
                str(joint[o.name]),
            )
        )
        for o in ranked
    )
    return Table(
        title=view.say("ownership.title", **facts),
        columns=(
            Column(head=view.say("ownership.owner"), width="1fr"),
            *((Column(head=view.say("ownership.code")),) if has_codes else ()),
            *(
                Column(head=view.say(f"ownership.{key}"), align="right")
                for key in ("count", "sole", "joint")
            ),
        ),
        rows=rows,
    )


def _shared(view: View) -> tuple[Block, ...]:
    joint = [patent for patent in view.patents.values() if patent.is_co_owned]
    if not joint:
        return ()
    rows = tuple(
        Row(cells=(titled(view, p.app_no), _shares(view, p), _consent(view, p.app_no)))
        for p in joint
    )
    return (
        Table(
            title=view.say("ownership.shared"),
            columns=(
                Column(head=view.say("list.right"), width="1fr"),
                Column(head=view.say("ownership.shares"), width="1fr"),
                Column(head=view.say("ownership.consent"), width="1.2fr"),
            ),
            rows=rows,
        ),
    )


def _shares(view: View, patent: Patent) -> str:
    """The owners with their shares; a share that nobody stated is not known."""
    told = owners_text(view, patent)
    is_told = all(owner.share is not None for owner in patent.owners)
    return told if is_told else "\n".join((told, view.say("ownership.shares_unknown")))


def owners_text(view: View, patent: Patent) -> str:
    """The owners with their shares, where there are any."""
    if not patent.owners:
        return view.say("unknown")
    told = (
        owner.name
        if owner.share is None
        else view.say(
            "card.owner_share", name=owner.name, share=view.wording.percent(float(owner.share))
        )
        for owner in patent.owners
    )
    return view.joined(told)


def _consent(view: View, right: str) -> str:
    own = (item for item in view.findings_by_right[right] if item.code == "A3")
    finding = next(own, None)
    if finding is None:
        return view.say("dash")
    text = view.wording.message(finding.message)
    return f"{view.say('unknown')} {text}" if finding.state == NOT_KNOWN else text


def _of_kinds(view: View, kinds: frozenset[EventKind]) -> list[Marked]:
    return [
        (view.patents[right], event)
        for right, events in view.events.items()
        for event in events
        if event.kind in kinds
    ]


def _changes(view: View) -> tuple[Block, ...]:
    found = _of_kinds(view, CHANGES)
    if found:
        return (_events(view, found, "changes", "party"),)
    read = sum(item.read_on is not None for item in view.result.rights)
    unread = len(view.result.rights) - read
    if not read:
        return (Prose(view.say("ownership.changes.unread")),)
    code = "ownership.changes.none" if unread else "ownership.changes.clear"
    return (Prose(view.say(code, read=read, unread=unread)),)


def _encumbrances(view: View) -> tuple[Block, ...]:
    found = _of_kinds(view, ENCUMBRANCES)
    return (_events(view, found, "encumbrances", "encumbrances.party"),) if found else ()


def _events(view: View, found: list[Marked], title: str, party: str) -> Table:
    wording = view.wording
    rows = tuple(
        Row(
            cells=(
                wording.day(event.true_on),
                wording.name(patent.app_no),
                wording.label(f"right.event.{event.kind}"),
                event.party or view.say("dash"),
                event.reference or view.say("dash"),
            )
        )
        for patent, event in sorted(found, key=lambda pair: (pair[1].true_on, pair[0].app_no))
    )
    return Table(
        title=view.say(f"ownership.{title}"),
        columns=(
            Column(head=view.say("ownership.day")),
            Column(head=view.say("fees.right")),
            Column(head=view.say("ownership.event")),
            Column(head=view.say(f"ownership.{party}"), width="1fr"),
            Column(head=view.say("ownership.reference"), width="1fr"),
        ),
        rows=rows,
    )
