"""What the office writes into its register when an act is granted."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from zhirong.adapters.offices.sandbox.reading import Application, AskedChange, read_application
from zhirong.adapters.offices.sandbox.records import (
    ActRecord,
    PledgeRecord,
    day_before,
    key,
    same_name,
)
from zhirong.adapters.offices.sandbox.store import Store

NOTICE_OF: Mapping[str, str] = {
    "establish": "registered",
    "change": "changed",
    "extend": "extended",
    "cancel": "cancelled",
}
# First letters of registration numbers; 98 stands for the office itself among the provinces.
_SERIES = {"patent": "Y", "trademark": "T", "copyright": "C", "data": "D"}
AMOUNT_SLIP = "amount_slip"


def enter(store: Store, act: ActRecord, day: date) -> PledgeRecord:
    """The pledge as the register shows it once the act is granted."""
    application = read_application(act.form)
    if act.kind == "establish":
        made = _established(store, act, application, day)
    else:
        assert act.registration_no is not None, "the examiner looked for it"
        pledge = store.pledge(act.registration_no)
        assert pledge is not None, "the examiner has seen it"
        made = _altered(pledge, act.kind, application, day)
    store.put_pledge(made)
    return made


def _established(store: Store, act: ActRecord, application: Application, day: date) -> PledgeRecord:
    contract = application.contract
    assert contract is not None, "an act without contract items is not granted"
    number = store.next_number(f"registration.{act.registry}.{day.year}")
    return PledgeRecord(
        registration_no=f"{_SERIES[act.registry]}{day.year}98{number:07d}",
        registry=act.registry,
        rights=tuple(right.number for right in application.rights),
        pledgors=tuple(party.name for party in application.pledgors),
        pledgee=application.pledgee.name,
        amount_fen=_amount(store, contract.amount_fen),
        registered_on=day,
        claim_kind=contract.claim_kind,
        contract_kind=contract.kind,
        scope=contract.scope,
        debt_to=contract.debt_to,
        expires_on=_own_period(store, act.registry, application),
        client_reference=act.client_reference,
        office_reference=act.office_reference,
    )


def _amount(store: Store, asked: int | None) -> int | None:
    """The amount as typed at the office: with the slip that was ordered, where one was."""
    slip = store.setting(AMOUNT_SLIP)
    if not slip:
        return asked
    store.keep(AMOUNT_SLIP, "")
    return int(slip)


def _own_period(store: Store, registry: str, application: Application) -> date | None:
    """Last day of the registration itself; patents have none (announcement 461)."""
    contract = application.contract
    if registry == "patent" or contract is None:
        return None
    asked = application.period_to or (contract.debt_to if registry == "trademark" else None)
    if registry != "data":
        return asked
    ends = [store.right(registry, right.number) for right in application.rights]
    last = [day_before(r.expires_on) for r in ends if r is not None and r.expires_on is not None]
    return min([*last, *([asked] if asked else [])], default=None)


def _altered(pledge: PledgeRecord, kind: str, application: Application, day: date) -> PledgeRecord:
    if kind == "extend":
        return replace(pledge, expires_on=application.new_period_to)
    if kind == "cancel":
        released = {key(number) for number in application.released}
        kept = tuple(n for n in pledge.rights if released and key(n) not in released)
        if kept:
            return replace(pledge, rights=kept)
        return replace(pledge, ended_by="cancelled", ended_on=day)
    for change in application.changes:
        pledge = _changed(pledge, change)
    return pledge


def _changed(pledge: PledgeRecord, change: AskedChange) -> PledgeRecord:
    match change.subject:
        case "amount":
            return replace(pledge, amount_fen=int(change.after))
        case "claim_kind":
            return replace(pledge, claim_kind=change.after)
        case "scope":
            return replace(pledge, scope=change.after)
        case "term":
            return replace(pledge, debt_to=date.fromisoformat(change.after))
        case "rights":
            kept = {key(number) for number in change.after.split()}
            return replace(pledge, rights=tuple(n for n in pledge.rights if key(n) in kept))
        case _:
            return _renamed(pledge, change)


def _renamed(pledge: PledgeRecord, change: AskedChange) -> PledgeRecord:
    def new(name: str) -> str:
        return change.after if same_name(name, change.before) else name

    return replace(
        pledge,
        pledgee=new(pledge.pledgee),
        pledgors=tuple(new(name) for name in pledge.pledgors),
    )
