"""Copyright by order 8 of the copyright administration; certificates on the data platform.

A record on the data platform binds the parties; it gives no right in rem.
"""

from collections.abc import Callable, Iterator

from zhirong.adapters.offices.sandbox import shared_rules as shared
from zhirong.adapters.offices.sandbox.findings import Case, Found, correct, refuse
from zhirong.adapters.offices.sandbox.records import same_name


def _owner(case: Case, code: str) -> Iterator[Found]:
    for right, record in case.known():
        for pledgor in case.application.pledgors:
            if not any(same_name(pledgor.name, owner) for owner in record.owners):
                yield refuse(code, right.number, party=pledgor.name)


def _term(case: Case, ended: str, beyond: str) -> Iterator[Found]:
    contract = case.application.contract
    last = None if contract is None else contract.debt_to
    for right, record in case.known():
        if record.is_ended(case.day):
            yield refuse(ended, right.number)
        elif last is not None and record.expires_on is not None and last >= record.expires_on:
            yield refuse(beyond, right.number, debt_to=last, expires_on=record.expires_on)


def _unknown(case: Case, code: str) -> Iterator[Found]:
    if not case.application.rights:
        yield refuse(code, None)
    for right in case.application.rights:
        if right.key not in case.records:
            yield refuse(code, right.number)


def _copyright(case: Case) -> Iterator[Found]:
    yield from _owner(case, "8.12.1")
    yield from _term(case, "8.12.3", "8.12.4")
    for right, record in case.known():
        if record.is_disputed:
            yield refuse("8.12.5", right.number)
        for owner in record.owners:
            if not record.agreed_freely and not case.pledges_for(owner, right.number):
                yield correct("8.6.co_owners", right.number, party=owner)
    yield from _unknown(case, "8.12.6")
    yield from shared.lacking_documents(
        case, "8.6.documents", "application", "main_contract", "pledge_contract"
    )
    yield from shared.identity(case, "8.6.identity")
    yield from shared.twice(case, "8.repeated")
    yield from shared.authorization(case, "8.6.authorization")
    if case.application.is_appraised:
        yield from shared.lacking_documents(case, "8.6.documents", "appraisal")
    for item, number in shared.contract_gaps(case):
        yield correct("8.8", number, item=f"{shared.ITEM}{item}")


def _data(case: Case) -> Iterator[Found]:
    yield from _owner(case, "data.holder")
    yield from _term(case, "data.certificate", "data.term")
    for right, record in case.known():
        if record.is_disputed:
            yield refuse("data.dispute", right.number)
    yield from _unknown(case, "data.unknown")
    yield from shared.lacking_documents(
        case, "data.documents", "application", "pledge_contract", "certificate"
    )
    yield from shared.twice(case, "data.repeated")
    for item, number in shared.contract_gaps(case):
        yield correct("data.contract", number, item=f"{shared.ITEM}{item}")


COPYRIGHT: tuple[Callable[[Case], Iterator[Found]], ...] = (_copyright,)
DATA: tuple[Callable[[Case], Iterator[Found]], ...] = (_data,)
