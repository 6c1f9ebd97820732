"""Marks: announcement 358, read by the office.

Article 8 refuses; what articles 3, 4 and 5 ask for may be mended within 30 days (article 7). That
a mark is pledged already is no ground there.
"""

from collections.abc import Callable, Iterator

from zhirong.adapters.offices.sandbox import shared_rules as shared
from zhirong.adapters.offices.sandbox.findings import Case, Found, correct, refuse
from zhirong.adapters.offices.sandbox.records import RightStatus, key, same_name


def _owner(case: Case) -> Iterator[Found]:
    for right, record in case.known():
        for pledgor in case.application.pledgors:
            if not any(same_name(pledgor.name, owner) for owner in record.owners):
                yield refuse("358.8.1", right.number, party=pledgor.name)


def _unlawful(case: Case) -> Iterator[Found]:
    pledgee = case.application.pledgee
    for pledgor in case.application.pledgors:
        if same_name(pledgor.name, pledgee.name):
            yield refuse("358.8.2", party=pledgor.name)


def _ended(case: Case) -> Iterator[Found]:
    for right, record in case.known():
        if record.is_ended(case.day):
            yield refuse("358.8.3", right.number)


def _seized(case: Case) -> Iterator[Found]:
    for right, record in case.known():
        if record.is_preserved:
            yield refuse("358.8.4", right.number)


def _other(case: Case) -> Iterator[Found]:
    if not case.application.rights:
        yield refuse("358.8.5", None)
    for right in case.application.rights:
        record = case.records.get(right.key)
        if record is None or record.status is RightStatus.PENDING:
            yield refuse("358.8.5", right.number)


def _similar(case: Case) -> Iterator[Found]:
    listed = {right.key for right in case.application.rights}
    for right, record in case.known():
        for other in record.similar:
            if key(other) not in listed:
                yield correct("358.3.similar", right.number, other=other)


def _co_owners(case: Case) -> Iterator[Found]:
    for right, record in case.known():
        for owner in record.owners:
            if not record.agreed_freely and not case.pledges_for(owner, right.number):
                yield correct("358.3.co_owners", right.number, party=owner)


def _documents(case: Case) -> Iterator[Found]:
    yield from shared.lacking_documents(
        case, "358.4.documents", "application", "main_contract", "pledge_contract"
    )
    if "commitment" not in case.documents and not case.application.commitments:
        yield from shared.lacking_documents(case, "358.4.documents", "commitment")
    yield from shared.authorization(case, "358.4.authorization")
    yield from shared.twice(case, "358.repeated")


def _contract(case: Case) -> Iterator[Found]:
    for item, right in shared.contract_gaps(case):
        yield correct("358.5", right, item=f"{shared.ITEM}{item}")
    for listed in case.application.rights:
        if not (listed.classes and listed.term_end):
            yield correct("358.5", listed.number, item=f"{shared.ITEM}mark")


RULES: tuple[Callable[[Case], Iterator[Found]], ...] = (
    _owner,
    _unlawful,
    _ended,
    _seized,
    _other,
    _similar,
    _co_owners,
    _documents,
    _contract,
)
