"""The examiner: what he finds in an act, by the rules of its register."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from zhirong.adapters.offices.sandbox import (
    act_rules,
    documents,
    other_rules,
    patent_rules,
    trademark_rules,
)
from zhirong.adapters.offices.sandbox.findings import Case, Found
from zhirong.adapters.offices.sandbox.reading import read_application
from zhirong.adapters.offices.sandbox.records import ActRecord, RightRecord, RightStatus, key
from zhirong.adapters.offices.sandbox.store import Store
from zhirong.core.calendar import anniversary
from zhirong.parameters.reader import Parameters

BELIEVES = "believes_unknown"
_TERMS = ("invention", "utility_model", "design")
_ESTABLISH: Mapping[str, tuple[Callable[[Case], Iterator[Found]], ...]] = {
    "patent": patent_rules.RULES,
    "trademark": trademark_rules.RULES,
    "copyright": other_rules.COPYRIGHT,
    "data": other_rules.DATA,
}
_OTHER: Mapping[str, Callable[[Case], Iterator[Found]]] = {
    "change": act_rules.changing,
    "extend": act_rules.extending,
    "cancel": act_rules.cancelling,
}
REGISTRIES = frozenset(_ESTABLISH)
KINDS = frozenset((*_OTHER, "establish"))


def case_of(store: Store, act: ActRecord, *, day: date) -> Case:
    """What lies before the examiner on the day."""
    application = read_application(act.form)
    numbers = [right.number for right in application.rights]
    files = store.files(act.office_reference)
    records = {key(number): store.right(act.registry, number) for number in numbers}
    return Case(
        registry=act.registry,
        application=application,
        documents=documents.kinds_of(files),
        listed=documents.listed_in(files),
        records={name: record for name, record in records.items() if record is not None},
        pledged={
            key(number): tuple(
                pledge.registration_no for pledge in store.pledges_on(act.registry, number, day)
            )
            for number in numbers
        },
        pledge=None if act.registration_no is None else store.pledge(act.registration_no),
        filed_on=act.received_on,
        day=day,
    )


def findings(case: Case, kind: str) -> tuple[Found, ...]:
    """All grounds that hold."""
    if kind != "establish":
        return tuple(_OTHER[kind](case))
    found = [item for rule in _ESTABLISH[case.registry] for item in rule(case)]
    if case.registry == "patent":
        above = int(Parameters().number(patent_rules.LIST_ABOVE, on=case.day))
        found += patent_rules.electronic_list(case, above)
    return tuple(found)


def believe(store: Store, act: ActRecord) -> None:
    """Enter listed rights that the register does not hold as the parties state them.

    Only where the office was told to, so that a firm of whom it knows nothing can be tried.
    """
    if act.kind != "establish" or store.setting(BELIEVES) != "yes":
        return
    application = read_application(act.form)
    owners = tuple(party.name for party in application.pledgors)
    for right in application.rights:
        if store.right(act.registry, right.number) is None:
            record = RightRecord(
                registry=act.registry,
                number=right.number,
                name=right.name,
                kind=right.kind,
                owners=owners,
                status=RightStatus.GRANTED,
                filing_date=right.filing_date,
                granted_on=right.grant_date,
                expires_on=right.term_end,
            )
            store.put_right(with_term(record))


def with_term(record: RightRecord) -> RightRecord:
    """A patent with the end of its term, where the record does not state one."""
    if record.kind not in _TERMS or record.filing_date is None or record.expires_on is not None:
        return record
    years = Parameters().number(f"patent.term.{record.kind}", on=record.filing_date)
    return replace(record, expires_on=anniversary(record.filing_date, int(years)))
