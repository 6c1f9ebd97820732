"""Patents: announcement 461, read by the office.

Article 11 refuses; what articles 5 and 7 ask for may be brought later; on grounds 10 and 11 the
parties are told and may insist.
"""

from collections.abc import Callable, Iterator

from zhirong.adapters.offices.sandbox import shared_rules as shared
from zhirong.adapters.offices.sandbox.findings import Case, Found, correct, refuse
from zhirong.adapters.offices.sandbox.records import RightStatus, key, same_name

LIST_ABOVE = "sandbox_office.list_above"
_KINDS = ("invention", "utility_model", "design")


def _owner(case: Case) -> Iterator[Found]:
    for right, record in case.known():
        for pledgor in case.application.pledgors:
            if not any(same_name(pledgor.name, owner) for owner in record.owners):
                yield refuse("461.11.1", right.number, party=pledgor.name)


def _ended(case: Case) -> Iterator[Found]:
    for right, record in case.known():
        if record.is_ended(case.day):
            yield refuse("461.11.2", right.number)


def _not_granted(case: Case) -> Iterator[Found]:
    for right, record in case.known():
        if record.status is RightStatus.PENDING:
            yield refuse("461.11.3", right.number)


def _fees(case: Case) -> Iterator[Found]:
    for right, record in case.known():
        paid = record.fees_paid_until
        if paid is not None and paid < case.day:
            yield refuse("461.11.4", right.number, until=paid)


def _blocked(case: Case) -> Iterator[Found]:
    for right, record in case.known():
        if record.is_disputed or record.is_preserved:
            yield refuse("461.11.5", right.number)


def _debt_term(case: Case) -> Iterator[Found]:
    contract = case.application.contract
    last = None if contract is None else contract.debt_to
    for right, record in case.known():
        if last is not None and record.expires_on is not None and last >= record.expires_on:
            yield refuse("461.11.6", right.number, debt_to=last, expires_on=record.expires_on)


def _contract(case: Case) -> Iterator[Found]:
    for item, right in shared.contract_gaps(case):
        yield refuse("461.11.7", right, item=f"{shared.ITEM}{item}")
    for listed in case.application.rights:
        facts = (listed.name, listed.filing_date, listed.grant_date)
        if not all(facts):
            yield refuse("461.11.7", listed.number, item=f"{shared.ITEM}right")


def _co_owners(case: Case) -> Iterator[Found]:
    for right, record in case.known():
        if record.agreed_freely:
            continue
        for owner in record.owners:
            if not case.pledges_for(owner, right.number):
                yield refuse("461.11.8", right.number, party=owner)


def _pledged(case: Case) -> Iterator[Found]:
    for right in case.application.rights:
        registrations = case.pledged.get(right.key, ())
        if registrations:
            yield refuse("461.11.9", right.number, registration=registrations[0])


def _same_day(case: Case) -> Iterator[Found]:
    for right, record in case.known():
        insisted = (right.key, "same_day_invention") in case.application.insists
        if record.kind == "utility_model" and record.has_same_day_invention and not insisted:
            yield correct("461.11.10", right.number)


def _invalidation(case: Case) -> Iterator[Found]:
    for right, record in case.known():
        insisted = (right.key, "under_invalidation") in case.application.insists
        if record.is_under_invalidation and not insisted:
            yield correct("461.11.11", right.number)


def _other(case: Case) -> Iterator[Found]:
    if not case.application.rights:
        yield refuse("461.11.12", None)
    for right in case.application.rights:
        record = case.records.get(right.key)
        if record is None or record.kind not in _KINDS:
            yield refuse("461.11.12", right.number)


def _as_registered(case: Case) -> Iterator[Found]:
    for right, record in case.known():
        stated = (right.filing_date, right.grant_date)
        if all(stated) and stated != (record.filing_date, record.granted_on):
            yield correct("461.7.as_registered", right.number)


def _agency(case: Case) -> Iterator[Found]:
    for party in case.parties:
        if party.is_abroad and case.application.agent is None:
            yield correct("461.5", party=party.name)


def _documents(case: Case) -> Iterator[Found]:
    yield from shared.lacking_documents(case, "461.7.documents", "application", "pledge_contract")
    if case.application.is_appraised:
        yield from shared.lacking_documents(case, "461.7.appraisal", "appraisal")
    yield from shared.identity(case, "461.7.identity")
    yield from shared.authorization(case, "461.7.authorization")
    yield from shared.twice(case, "461.repeated")


def _statement(case: Case) -> Iterator[Found]:
    concerned = any(right.kind != "design" for right in case.application.rights)
    is_made = case.application.same_day_statement or "same_day_statement" in case.documents
    if concerned and not is_made:
        yield correct("461.same_day_statement")


RULES: tuple[Callable[[Case], Iterator[Found]], ...] = (
    _owner,
    _ended,
    _not_granted,
    _fees,
    _blocked,
    _debt_term,
    _contract,
    _co_owners,
    _pledged,
    _same_day,
    _invalidation,
    _other,
    _as_registered,
    _agency,
    _documents,
    _statement,
)


def electronic_list(case: Case, above: int) -> Iterator[Found]:
    """Of more rights than so many the office wants a list with the numbers without their dot."""
    rights = case.application.rights
    if len(rights) <= above:
        return
    if "electronic_list" not in case.documents:
        yield correct("461.electronic_list", above=above)
        return
    for right in rights:
        if key(right.number) not in case.listed:
            yield correct("461.electronic_list.number", right.number)
