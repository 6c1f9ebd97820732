"""What the office looks at before it changes, extends or cancels a registration."""

from collections.abc import Iterator
from datetime import date

from zhirong.adapters.offices.sandbox import shared_rules as shared
from zhirong.adapters.offices.sandbox.findings import Case, Found, correct, refuse
from zhirong.adapters.offices.sandbox.records import PledgeRecord, key, same_name

HAS_OWN_PERIOD = ("trademark",)
_GROUNDS = ("debt_paid", "realized", "waived", "main_contract_void", "other")


def _registration(case: Case) -> Iterator[Found]:
    pledge = case.pledge
    if pledge is None:
        yield refuse("act.unknown")
    elif not pledge.is_live(case.filed_on):
        yield refuse("act.ended", registration=pledge.registration_no)
    elif not same_name(pledge.pledgee, case.application.pledgee.name):
        is_renamed = any(item.subject == "party" for item in case.application.changes)
        if not is_renamed:
            yield refuse("act.party", party=case.application.pledgee.name)


def changing(case: Case) -> Iterator[Found]:
    """Grounds against a change (461 art. 14, 358 art. 10)."""
    yield from _registration(case)
    if not case.application.changes or case.application.changed_on is None:
        yield correct("act.change.empty")
    yield from shared.lacking_documents(case, "act.documents", "application")
    subjects = {item.subject for item in case.application.changes}
    if subjects - {"party"}:
        yield from shared.lacking_documents(case, "act.documents", "change_agreement")
    if case.pledge is not None:
        yield from _change_items(case, case.pledge)


def _change_items(case: Case, pledge: PledgeRecord) -> Iterator[Found]:
    held = {key(number) for number in pledge.rights}
    for item in case.application.changes:
        if item.subject == "amount" and item.before != str(pledge.amount_fen):
            yield correct("act.change.before", before=item.before)
        if item.subject == "amount" and not item.after.isdecimal():
            yield correct("act.change.after", after=item.after)
        if item.subject == "rights" and not {key(n) for n in item.after.split()} < held:
            yield refuse("act.change.rights")
        if item.subject == "term" and not _is_day(item.after):
            yield correct("act.change.after", after=item.after)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def extending(case: Case) -> Iterator[Found]:
    """Grounds against an extension: only a registration with its own period has one."""
    if case.registry not in HAS_OWN_PERIOD:
        yield refuse("act.extend.no_period")
        return
    yield from _registration(case)
    last = case.application.new_period_to
    current = None if case.pledge is None else case.pledge.expires_on
    if last is None or (current is not None and last <= current):
        yield correct("act.extend.period")
    yield from shared.lacking_documents(case, "act.documents", "application")
    proof = "guarantee_letter" if case.application.is_creditor_alone else "change_agreement"
    yield from shared.lacking_documents(case, "act.documents", proof)


def cancelling(case: Case) -> Iterator[Found]:
    """Grounds against a cancellation (461 art. 15)."""
    yield from _registration(case)
    yield from shared.lacking_documents(case, "act.documents", "application")
    if case.application.cancel_ground not in _GROUNDS:
        yield correct("act.cancel.ground")
    if not {"proof", "commitment"} & case.documents:
        yield from shared.lacking_documents(case, "act.documents", "proof")
    if case.pledge is not None:
        held = {key(number) for number in case.pledge.rights}
        for number in case.application.released:
            if key(number) not in held:
                yield correct("act.cancel.right", number)
