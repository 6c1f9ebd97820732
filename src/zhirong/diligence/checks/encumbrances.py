"""What lies on the right: pledge, preservation, invalidation, licenses (A5 to A7, A9, P6)."""

from zhirong.core.calendar import last_day
from zhirong.core.messages import Fact
from zhirong.diligence.grounds import Grounds
from zhirong.diligence.outcomes import fails, is_silent, of_event, of_reply, passes
from zhirong.diligence.records import Outcome, Severity
from zhirong.rights import overlays
from zhirong.rights.events import EventKind, LicenseKind, RegisterEvent
from zhirong.rights.overlays import Overlay

Events = tuple[RegisterEvent, ...]
_LICENSE_WEIGHTS = {
    LicenseKind.EXCLUSIVE: Severity.HIGH,
    LicenseKind.SOLE: Severity.MEDIUM,
    LicenseKind.COMPULSORY: Severity.MEDIUM,
    LicenseKind.NON_EXCLUSIVE: Severity.NOTE,
}


def running(grounds: Grounds, subject: str, opens: EventKind, *closes: EventKind) -> Events:
    """The openings that no closing of the same reference, and no end of their own, has ended.

    Whether something lies on the right is for its legal status to say; these are the entries.
    """
    day = grounds.dossier.valuation_date
    opened = [event for event in grounds.events(subject, opens) if event.true_on <= day]
    closed = [event for event in grounds.events(subject, *closes) if event.true_on <= day]

    def is_closed(event: RegisterEvent) -> bool:
        if event.until is not None and event.until <= day:
            return True
        return any(overlays.is_end_of(end, event) for end in closed)

    return tuple(event for event in opened if not is_closed(event))


def _silence(grounds: Grounds, subject: str) -> Outcome:
    # No entry is "none" only where the register was read.
    if not grounds.is_register_read(subject):
        return is_silent()
    unread = grounds.statuses[subject].unread
    if unread:
        codes = tuple(event.code or event.reference or str(event.true_on) for event in unread)
        return is_silent(*(of_event(e) for e in unread), text="not_known_unread", codes=codes)
    return passes(read_on=grounds.register_read_on(subject))


def is_free_of_pledge(grounds: Grounds, subject: str) -> Outcome:
    """A5: no pledge is registered; a patent cannot be pledged twice."""
    pledges = running(grounds, subject, EventKind.PLEDGE_REGISTERED, EventKind.PLEDGE_CANCELED)
    if not grounds.statuses[subject].has(Overlay.PLEDGED) or not pledges:
        return _silence(grounds, subject)
    last = pledges[-1]
    return fails(
        *(of_event(event) for event in pledges),
        condition="cancel_pledge",
        reference=last.reference,
        party=last.party,
        on=last.true_on,
    )


def is_free_of_preservation(grounds: Grounds, subject: str) -> Outcome:
    """A6: no court preservation and no suspension over ownership."""
    frozen = running(grounds, subject, EventKind.PRESERVED, EventKind.PRESERVATION_RELEASED)
    disputed = running(grounds, subject, EventKind.OWNERSHIP_SUSPENDED, EventKind.OWNERSHIP_RESUMED)
    if frozen and not disputed and not grounds.statuses[subject].has(Overlay.PRESERVED):
        return passes(of_event(frozen[-1]), text="pass_lapsed", on=frozen[-1].true_on)
    if not frozen and not disputed:
        return _silence(grounds, subject)
    last = (frozen or disputed)[-1]
    return fails(
        *(of_event(event) for event in (*frozen, *disputed)),
        text="fail" if frozen else "fail_suspended",
        condition="lift_preservation",
        party=last.party,
        on=last.true_on,
        until=last.until,
    )


def is_free_of_invalidation(grounds: Grounds, subject: str) -> Outcome:
    """A7: no invalidation is pending; registrable then only if both parties insist."""
    pending = running(
        grounds,
        subject,
        EventKind.INVALIDATION_REQUESTED,
        EventKind.INVALIDATION_CLOSED,
        EventKind.PARTLY_INVALID,
        EventKind.INVALID_ALL,
    )
    if pending:
        last = pending[-1]
        return fails(
            *(of_event(event) for event in pending),
            condition="invalidation_declaration",
            party=last.party,
            on=last.true_on,
        )
    partly = grounds.events(subject, EventKind.PARTLY_INVALID)
    if partly:
        return fails(
            *(of_event(event) for event in partly),
            text="fail_partly",
            severity=Severity.NOTE,
            condition="rescore_claims",
            on=partly[-1].true_on,
        )
    return _silence(grounds, subject)


def is_free_of_licenses(grounds: Grounds, subject: str) -> Outcome:
    """A9: licenses in force, and whether each was recorded in time.

    An exclusive one cuts what a buyer would pay; one that was recorded late could not be set up
    against a third party in good faith until then.
    """
    licenses = running(grounds, subject, EventKind.LICENSE_RECORDED, EventKind.LICENSE_CANCELED)
    if not licenses:
        return _silence(grounds, subject)
    # A license whose kind the register leaves open is taken as the heaviest.
    kinds = [event.license_kind or LicenseKind.EXCLUSIVE for event in licenses]
    order = list(_LICENSE_WEIGHTS)
    heaviest = min(kinds, key=order.index)
    event = licenses[kinds.index(heaviest)]
    late = tuple(item for item in licenses if _is_recorded_late(grounds, item))
    weights = [_LICENSE_WEIGHTS[heaviest], *([Severity.MEDIUM] if late else ())]
    text = "fail_unknown_kind" if event.license_kind is None else "fail"
    facts: dict[str, Fact] = {}
    if late:
        text, facts = "fail_late", {"late": len(late), "months": _recordal_months(grounds)}
    return fails(
        *(of_event(item) for item in licenses),
        text=text,
        severity=min(weights, key=list(Severity).index),
        condition="license_consent",
        kind=f"license.{heaviest}",
        party=event.party,
        count=len(licenses),
        until=event.until,
        **facts,
    )


def _is_recorded_late(grounds: Grounds, event: RegisterEvent) -> bool:
    """Whether a license was recorded later than the rules allow, where its effect is dated."""
    if event.contract_from is None:
        return False
    months, working = _recordal_months(grounds), grounds.law.calendar
    return event.true_on > last_day(event.contract_from, months=months, working=working)


def _recordal_months(grounds: Grounds) -> int:
    return int(grounds.limit("license_recordal_months"))


def is_free_of_open_license(grounds: Grounds, subject: str) -> Outcome:
    """P6: no open license runs and the right is not committed to a standard."""
    declared = running(
        grounds,
        subject,
        EventKind.OPEN_LICENSE_DECLARED,
        EventKind.OPEN_LICENSE_WITHDRAWN,
    )
    if declared:
        evidence = (of_event(event) for event in declared)
        return fails(*evidence, condition="open_license_consent", on=declared[-1].true_on)
    reply, answer = grounds.reply("P6", subject), grounds.choice("P6", subject)
    if reply and answer == "yes":
        return fails(of_reply(reply), text="fail_standard", condition="open_license_consent")
    return passes(of_reply(reply)) if reply and answer == "no" else is_silent()
