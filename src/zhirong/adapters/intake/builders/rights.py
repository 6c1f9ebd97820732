"""Patents and register events from rows; what one export calls one column is told apart here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from zhirong.adapters.intake import vocabulary
from zhirong.adapters.intake.builders.merging import conflict
from zhirong.adapters.intake.cells import dates
from zhirong.adapters.intake.cells.outcome import Bad, note
from zhirong.adapters.intake.reading import TypedRow, shown
from zhirong.core.identifiers import patents as patent_numbers
from zhirong.core.identifiers import publications
from zhirong.core.messages import Message
from zhirong.core.sources import Source
from zhirong.rights.events import EventKind, LicenseKind, RegisterEvent, kind_of
from zhirong.rights.records import (
    Claims,
    EvaluationReport,
    FeeReduction,
    Owner,
    Patent,
    PatentKind,
    ReportConclusion,
)

# Two rows of one right that differ in these do not speak of one right.
_SHARE_BEHIND = re.compile(r"(.+?)\s*[(\uff08]\s*(\d{1,3}(?:\.\d+)?)\s*[%\uff05]\s*[)\uff09]")
_IDENTITY = ("kind", "filing_date", "grant_date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """The rights of the folder, events told by the legal status of exports, and notices."""

    patents: tuple[Patent, ...]
    events: tuple[RegisterEvent, ...]
    notices: tuple[Message, ...]


def build(patents: Sequence[TypedRow], events: Sequence[TypedRow], on: date) -> Rights:
    """The rights of all rows; a status without a date is dated on the valuation date `on`."""
    for row in patents:
        if not row.is_refused:
            _date(row)
            _tell_publications_apart(row)
            _check(row)
    rows = _one_a_right([row for row in patents if not row.is_refused])
    register = tuple(_event(row) for row in events if not row.is_refused)
    register = tuple(dict.fromkeys(register))
    told: list[RegisterEvent] = []
    notices: list[Message] = []
    for row in rows:
        found, said = _from_status(row, register, on)
        told.extend(found)
        notices.extend(said)
    return Rights(
        patents=tuple(_patent(row) for row in rows),
        events=(*register, *told),
        notices=tuple(notices),
    )


def _date(row: TypedRow) -> None:
    """A row without a date of its own is of the day that the name of its file bears."""
    day = dates.in_name(row.reading.grid.file)
    if day is not None:
        row.values.setdefault("as_of", day)


def _tell_publications_apart(row: TypedRow) -> None:
    """The one column for both kinds of publication goes where it belongs."""
    values = row.values
    number = cast("str | None", values.pop("any_publication_no", None))
    day = values.pop("any_publication_date", None)
    stage = publications.read(number).stage if number else ""
    is_invention = patent_numbers.kind_of(str(values["app_no"])) == "invention"
    is_grant = stage not in ("application", "") or not is_invention
    if number:
        values.setdefault("grant_publication_no" if is_grant else "publication_no", number)
    if day is None:
        return
    if is_grant or (not stage and _is_granted(row)):
        values.setdefault("grant_date", day)
    else:
        values.setdefault("publication_date", day)


def _is_granted(row: TypedRow) -> bool:
    statuses = cast("tuple[tuple[str, str], ...]", row.get("legal_status") or ())
    return any(kind == "granted" for _, kind in statuses) or "grant_publication_no" in row.values


def _check(row: TypedRow) -> None:
    values = row.values
    number = str(values["app_no"])
    told = patent_numbers.kind_of(number)
    if values.setdefault("kind", told) != told:
        row.refuse("kind", Bad("kind", {"text": str(values["kind"]), "told": told}))
        return
    filed = cast("date", values["filing_date"])
    if filed.year > patent_numbers.filing_year(number):
        told_year = patent_numbers.filing_year(number)
        row.refuse("filing_date", Bad("filing_year", {"text": str(filed), "year": told_year}))
        return
    for name in ("grant_date", "publication_date"):
        day = values.get(name)
        if isinstance(day, date) and day < filed:
            row.refuse(name, Bad("before_filing", {"text": str(day), "filed": str(filed)}))
            return
    if "grant_date" not in values and _is_granted(row):
        row.refuse("grant_date", Bad("granted_without_date", {}), only_cell=True)


def _one_a_right(rows: list[TypedRow]) -> list[TypedRow]:
    """One row a right: exports list application and grant of one right as two rows."""
    order = {id(row): place for place, row in enumerate(rows)}
    first: dict[object, TypedRow] = {}
    for row in sorted(rows, key=lambda row: ("grant_date" not in row.values, order[id(row)])):
        known = first.setdefault(row.get("app_no"), row)
        if known is not row:
            _fill(known, row)
    return sorted(first.values(), key=lambda row: order[id(row)])


def _fill(known: TypedRow, row: TypedRow) -> None:
    clash = next(
        (n for n in _IDENTITY if n in row.values and known.get(n) not in (None, row.get(n))), ""
    )
    if clash:
        row.refuse(clash, conflict(known, row, clash))
        return
    for name, value in row.values.items():
        if known.values.setdefault(name, value) != value:
            kept = note("kept_first", place=known.source.place())
            row.correct(name, shown(known.values[name]), kept)


def _patent(row: TypedRow) -> Patent:
    values: dict[str, Any] = dict(row.values)
    ipc = tuple(dict.fromkeys((*_listed(values.get("ipc_main")), *(values.get("ipc") or ()))))
    reduction, as_of = values.get("fee_reduction"), values.get("as_of")
    same_day = values.get("same_day_application")
    as_they_stand: dict[str, Any] = {name: values.get(name) for name in _AS_THEY_STAND}
    return Patent(
        app_no=values["app_no"],
        kind=PatentKind(values["kind"]),
        title=values.get("title", ""),
        filing_date=values["filing_date"],
        ipc=ipc or None,
        claims=_claims(values),
        owners=_owners(row),
        fee_reduction=FeeReduction(reduction) if reduction else None,
        evaluation_report=_report(values),
        has_same_day_application=values.get("has_same_day_application", True if same_day else None),
        source=_dated(row.source, as_of),
        **as_they_stand,
    )


_AS_THEY_STAND = (
    "priority_dates",
    "publication_date",
    "grant_date",
    "examination_requested_on",
    "publication_no",
    "grant_publication_no",
    "inventors",
    "agency",
    "family",
    "citations_forward",
    "citations_backward",
    "fee_paid_through_year",
    "pta_days",
    "pte_days",
    "same_day_application",
    "is_secret",
    "as_of",
)


def _dated(source: Source, as_of: date | None) -> Source:
    return Source(
        file=source.file,
        sheet=source.sheet,
        row=source.row,
        column=source.column,
        sha256=source.sha256,
        as_of=as_of,
    )


def _listed(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()


def _claims(values: dict[str, Any]) -> Claims | None:
    total, independent = values.get("claims_total"), values.get("claims_independent")
    length: Decimal | None = values.get("claims_average_length")
    first = values.get("claims_first_length")
    if all(value is None for value in (total, independent, length, first)):
        return None
    average = None if length is None else float(length)
    return Claims(total=total, independent=independent, average_length=average, first_length=first)


def _owners(row: TypedRow) -> tuple[Owner, ...]:
    typed = cast("tuple[str, ...]", row.get("owners") or ())
    names, stated = zip(*map(_without_share, typed), strict=True) if typed else ((), ())
    if any(share is not None for share in stated):
        row.correct("owners", shown(names), note("owner_shares", shares=shown(_percent(stated))))
    lists: dict[str, tuple[Any, ...]] = {}
    for name in ("owner_credit_codes", "owner_shares"):
        told = cast("tuple[Any, ...]", row.get(name) or ())
        if told and len(told) != len(names):
            facts = {"count": len(told), "owners": len(names)}
            row.refuse(name, Bad("list_length", facts), only_cell=True)
            told = ()
        lists[name] = told or (None,) * len(names)
    shares = lists["owner_shares"] if row.get("owner_shares") else stated
    return tuple(
        Owner(name=name, credit_code=code, share=share)
        for name, code, share in zip(names, lists["owner_credit_codes"], shares, strict=True)
    )


def _without_share(name: str) -> tuple[str, Decimal | None]:
    """An owner's name, and the share that stands in brackets behind it.

    >>> _without_share("甲公司（60%）"), _without_share("乙（中国）公司")
    (('甲公司', Decimal('0.6')), ('乙（中国）公司', None))
    """
    found = _SHARE_BEHIND.fullmatch(name)
    share = Decimal(found[2]) / 100 if found else None
    if found is None or share is None or share > 1:
        return name, None
    return found[1].strip(), share


def _percent(shares: tuple[Decimal | None, ...]) -> tuple[str, ...]:
    return tuple("-" if share is None else f"{share:.2%}" for share in shares)


def _report(values: dict[str, Any]) -> EvaluationReport | None:
    conclusion, day = values.get("evaluation_conclusion"), values.get("evaluation_date")
    has = values.get("evaluation_report", True if conclusion or day else None)
    if has is None:
        return None
    found = ReportConclusion(conclusion) if conclusion else None
    return EvaluationReport(has=has, conclusion=found, issued_on=day)


def _event(row: TypedRow) -> RegisterEvent:
    values: dict[str, Any] = row.values
    code = values.get("code")
    kind = EventKind(values.get("kind", "other"))
    if code and kind is EventKind.OTHER:
        kind = kind_of(code)
    license_kind = values.get("license_kind")
    return RegisterEvent(
        right=values["right"],
        kind=kind,
        true_on=values["true_on"],
        known_on=values.get("known_on", values["true_on"]),
        code=code,
        reference=values.get("reference"),
        party=values.get("party"),
        license_kind=LicenseKind(license_kind) if license_kind else None,
        contract_from=values.get("contract_from"),
        until=values.get("until"),
        patent_year=values.get("patent_year"),
        days=values.get("days"),
        source=row.source,
    )


def _from_status(
    row: TypedRow, register: Sequence[RegisterEvent], on: date
) -> tuple[list[RegisterEvent], list[Message]]:
    """Events that a legal status tells: the end of a right; of the rest it is asked."""
    statuses = cast("tuple[tuple[str, str], ...]", row.get("legal_status") or ())
    number = str(row.get("app_no"))
    own = {event.kind.value for event in register if event.right == number}
    events: list[RegisterEvent] = []
    notices: list[Message] = []
    for word, kind in statuses:
        if kind in vocabulary.words()["ends"] and not own & set(vocabulary.words()["ends"]):
            day = row.get("legal_status_date") or row.get("as_of") or on
            assert isinstance(day, date)
            if "legal_status_date" not in row.values:
                row.correct("legal_status", f"{kind} {day}", note("status_undated", day=day))
            events.append(_ended(row, number, _end_of(row, kind), day))
        elif kind in vocabulary.words()["encumbrances"] and kind not in own:
            facts = {"number": patent_numbers.display(number), "word": word}
            notices.append(Message("intake.notice.encumbrance", facts))
        elif not kind:
            facts = {"number": patent_numbers.display(number), "word": word[:80]}
            notices.append(Message("intake.notice.status_unknown", facts))
    # A word that gives no reason yields to one that does.
    events.sort(key=lambda event: event.kind is EventKind.TERMINATED)
    return events[:1], notices


def _end_of(row: TypedRow, kind: str) -> str:
    """The end that a status tells: of what was never granted, that of an application."""
    is_application = "grant_date" not in row.values and not _is_granted(row)
    return EventKind.WITHDRAWN if is_application and kind in _ENDS_OF_RIGHTS else kind


# Without a grant these words say no more than that the application is at its end.
_ENDS_OF_RIGHTS = (EventKind.TERMINATED, EventKind.CEASED_FEE)


def _ended(row: TypedRow, number: str, kind: str, day: date) -> RegisterEvent:
    return RegisterEvent(
        right=number, kind=EventKind(kind), true_on=day, known_on=day, source=row.source
    )
