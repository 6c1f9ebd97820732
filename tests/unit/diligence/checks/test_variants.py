"""What the checks say in the less plain cases: one row a wording."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.factories import event
from tests.unit.diligence import dossiers
from tests.unit.diligence.dossiers import (
    DESIGN,
    INVENTION,
    MODEL,
    OWNER,
    PARTNER,
    READ,
    THREE,
    complete,
    reply,
    sales,
    with_event,
    with_firm,
    with_patent,
    with_reply,
)
from zhirong.core.sources import Source
from zhirong.diligence.checks.table import CHECKS, finding
from zhirong.diligence.grounds import Grounds
from zhirong.diligence.records import Dossier, GrowthAssumption, RegisterExtract
from zhirong.firms.records import Certificate, MatrixSignature
from zhirong.parameters.reader import catalog
from zhirong.rights.events import EventKind, LicenseKind
from zhirong.rights.law import shipped
from zhirong.rights.records import EvaluationReport, Owner, PatentKind, ReportConclusion

LAW = shipped()
BY_CODE = {check.code: check for check in CHECKS}
Make = Callable[[], Dossier]

DATED = Source(file="events.xlsx", as_of=READ)


def entries(*kinds: tuple[EventKind, date], **fields: object) -> Make:
    events = tuple(event(kind, day, right=INVENTION, **fields) for kind, day in kinds)
    return lambda: complete(events=events)


def unread(dossier: Dossier) -> Dossier:
    return replace(dossier, extracts=())


def answered(question: str, value: str, **also: object) -> Make:
    def make() -> Dossier:
        paper = reply(question, value, document="paper.pdf")
        return complete(replies=(*complete().replies, paper), **also)

    return make


def report(conclusion: ReportConclusion | None) -> Make:
    held = EvaluationReport(has=True, conclusion=conclusion)
    return lambda: with_patent(DESIGN, evaluation_report=held)


def paired(**fields: object) -> Make:
    other = {"app_no": "2020100000009", "kind": PatentKind.INVENTION, "grant_date": None}
    invention = replace(THREE[1], **(other | {"has_same_day_application": None} | fields))
    return lambda: complete(patents=(*THREE, invention))


def declared_pair() -> Dossier:
    base = with_patent(MODEL, has_same_day_application=True)
    return replace(base, replies=(reply("P3D", "yes", MODEL, "declaration.pdf"),))


def certificate(valid_to: date) -> Make:
    held = Certificate(
        kind="high_tech", number="GR1", valid_from=date(2023, 12, 1), valid_to=valid_to
    )
    return lambda: complete(certificates=(held,))


CO_OWNED = {"owners": (OWNER, PARTNER)}
STATE = {"is_state_owned": True}
FEBRUARY, MARCH = date(2026, 2, 1), date(2026, 3, 1)
E = EventKind

VARIANTS: list[tuple[str, str, Make, str, str]] = [
    # A1: the credit code decides where both are known; spelling of the name does not
    ("A1", INVENTION, lambda: with_patent(INVENTION, owners=(Owner(name="cloud  water CO"),)),
     "pass", "pass"),
    ("A1", INVENTION, lambda: with_patent(
        INVENTION, owners=(replace(OWNER, credit_code="91330200MA2YYYYY0Y"),)), "fail", "block"),
    ("A1", INVENTION, lambda: complete(pledgor_name="Founder"), "fail", "block"),
    # a pledge asks for an extract of the last ten days, other purposes do not
    ("A1", INVENTION, lambda: unread(complete()), "not_known_extract", "block"),
    ("A1", INVENTION, lambda: complete(checked_on=date(2026, 7, 5)), "pass", "pass"),
    ("A1", INVENTION, lambda: complete(checked_on=date(2026, 7, 6)), "not_known_extract", "block"),
    ("A1", INVENTION, lambda: unread(complete(purpose="license")), "pass", "pass"),
    ("A2", INVENTION, lambda: with_event(E.TRANSFERRED, party="To: Cloud Water Co"),
     "pass", "pass"),
    ("A2", INVENTION, lambda: with_event(E.TRANSFERRED), "not_known_party", "high"),
    ("A2", INVENTION, lambda: unread(answered("A2", "yes")()), "pass_document", "pass"),
    ("A2", INVENTION, lambda: unread(with_reply("A2", "yes")), "not_known", "high"),
    ("A2", INVENTION, lambda: unread(with_reply("A2", "no")), "fail_answered", "high"),
    ("A2", INVENTION, lambda: complete(
        events=with_event(E.TRANSFERRED).events, replies=answered("A2", "yes")().replies),
     "pass_document", "pass"),
    ("A3", INVENTION, lambda: with_patent(INVENTION, owners=()), "not_known_owners", "block"),
    ("A3", INVENTION, lambda: replace(
        with_patent(INVENTION, **CO_OWNED), replies=(reply("A3", "yes", document="c.pdf"),)),
     "pass", "pass"),
    # a word without a paper is not consent
    ("A3", INVENTION, lambda: replace(
        with_patent(INVENTION, **CO_OWNED), replies=(reply("A3", "yes"),)), "not_known", "block"),
    ("A4", INVENTION, lambda: complete(purpose="transfer", debt_term_end=None),
     "pass_no_debt", "pass"),
    ("A4", INVENTION, lambda: replace(
        with_reply("A4", "2038-03-15"), debt_term_end=None), "fail_term", "block"),
    # what was answered about a debt says nothing of a transfer
    ("A4", INVENTION, lambda: replace(with_reply("A4", "2038-03-15"), debt_term_end=None,
                                      purpose="transfer"), "pass_no_debt", "pass"),
    ("A4", INVENTION, lambda: complete(debt_term_end=date(2038, 3, 14)), "pass", "pass"),
    ("A4", INVENTION, lambda: with_patent(INVENTION, grant_date=None), "pass_pending", "pass"),
    ("A4", INVENTION, lambda: with_event(E.ABANDONED), "fail_ended", "block"),
    ("A4", INVENTION, lambda: unread(with_patent(INVENTION, as_of=None)),
     "not_known_status", "block"),
    ("A5", INVENTION, entries((E.PLEDGE_REGISTERED, FEBRUARY), (E.PLEDGE_CANCELED, MARCH)),
     "pass", "pass"),
    ("A5", INVENTION, entries((E.OTHER, FEBRUARY), code="PLED"), "not_known_unread", "block"),
    ("A6", INVENTION, entries((E.OTHER, FEBRUARY)), "not_known_unread", "block"),
    ("A7", INVENTION, entries((E.OTHER, FEBRUARY)), "not_known_unread", "high"),
    ("A9", INVENTION, entries((E.OTHER, FEBRUARY)), "not_known_unread", "high"),
    # a dated list of entries is a reading of the register
    ("A5", INVENTION, lambda: unread(entries((E.GRANTED, FEBRUARY), source=DATED)()),
     "pass", "pass"),
    ("A5", INVENTION, lambda: unread(entries((E.GRANTED, FEBRUARY))()), "not_known", "block"),
    ("A6", INVENTION, lambda: with_event(E.OWNERSHIP_SUSPENDED), "fail_suspended", "block"),
    ("A6", INVENTION, entries((E.PRESERVED, date(2025, 2, 1))), "pass_lapsed", "pass"),
    ("A6", INVENTION, entries((E.PRESERVED, FEBRUARY), (E.PRESERVATION_RELEASED, MARCH)),
     "pass", "pass"),
    ("A7", INVENTION, entries((E.INVALIDATION_REQUESTED, FEBRUARY), (E.INVALIDATION_CLOSED, MARCH)),
     "pass", "pass"),
    ("A7", INVENTION, entries((E.INVALIDATION_REQUESTED, FEBRUARY), (E.PARTLY_INVALID, MARCH)),
     "fail_partly", "note"),
    ("A8", "", lambda: with_reply("A8", "plaintiff"), "fail_plaintiff", "note"),
    ("A8", "", lambda: with_reply("A8", "perhaps"), "not_known", "high"),
    ("A9", INVENTION, lambda: with_event(E.LICENSE_RECORDED), "fail_unknown_kind", "high"),
    ("A9", INVENTION, lambda: with_event(
        E.LICENSE_RECORDED, license_kind=LicenseKind.NON_EXCLUSIVE), "fail", "note"),
    ("A9", INVENTION, lambda: with_event(
        E.LICENSE_RECORDED, license_kind=LicenseKind.EXCLUSIVE, until=date(2026, 6, 30)),
     "pass", "pass"),
    # recorded on 1 February 2026, a Sunday: in time if the effect was on 1 November
    ("A9", INVENTION, lambda: with_event(
        E.LICENSE_RECORDED, license_kind=LicenseKind.NON_EXCLUSIVE,
        contract_from=date(2025, 11, 1)), "fail", "note"),
    ("A9", INVENTION, lambda: with_event(
        E.LICENSE_RECORDED, license_kind=LicenseKind.NON_EXCLUSIVE,
        contract_from=date(2025, 10, 29)), "fail_late", "medium"),
    ("A9", INVENTION, lambda: with_event(
        E.LICENSE_RECORDED, contract_from=date(2025, 1, 1)), "fail_late", "high"),
    ("A12", "", lambda: complete(valued_on=date(2025, 6, 30)), "pass", "pass"),
    ("A13", "", lambda: replace(
        with_firm(**STATE), replies=(reply("A13", "yes", document="filing.pdf"),)),
     "pass_filed", "pass"),
    ("A13", "", lambda: with_firm(**STATE), "not_known_filing", "high"),
    ("A13", "", lambda: with_patent(INVENTION, owners=(OWNER, PARTNER)), "pass_alone", "pass"),
    ("A13", "", lambda: with_firm(kind="university"), "pass_self_deciding", "pass"),
    ("A13", "", lambda: replace(with_firm(kind="university"), purpose="transfer"),
     "not_known_notice", "high"),
    ("A13", "", lambda: replace(
        with_firm(kind="university"), purpose="transfer", replies=(reply("A13", "no"),)),
     "fail_notice", "high"),
    ("A13", "", lambda: replace(
        with_firm(kind="university"), purpose="license",
        replies=(reply("A13", "yes", document="notice.pdf"),)), "pass_notice", "pass"),
    ("P1", INVENTION, lambda: with_patent(INVENTION, fee_paid_through_year=20),
     "pass_last", "pass"),
    ("P1", INVENTION, lambda: with_patent(INVENTION, grant_date=None),
     "pass_not_concerned", "pass"),
    ("P2", INVENTION, complete, "pass_examined", "pass"),
    ("P2", DESIGN, report(ReportConclusion.PARTLY_FAVORABLE), "fail_partly", "medium"),
    ("P2", DESIGN, report(ReportConclusion.UNFAVORABLE), "fail_unfavorable", "high"),
    ("P2", DESIGN, report(None), "not_known_conclusion", "high"),
    ("P2", DESIGN, lambda: replace(
        with_patent(DESIGN, evaluation_report=None), replies=(reply("P2", "none"),)),
     "fail", "high"),
    ("P2", DESIGN, lambda: replace(
        with_patent(DESIGN, evaluation_report=None),
        replies=(reply("P2", "favorable", DESIGN, "report.pdf"),)), "pass", "pass"),
    ("P3", INVENTION, complete, "pass_invention", "pass"),
    ("P3", DESIGN, complete, "pass_design", "pass"),
    ("P3", MODEL, paired(), "fail_undeclared", "block"),
    # an owner in common is needed, and the same day
    ("P3", MODEL, paired(owners=(PARTNER,)), "pass", "pass"),
    ("P3", MODEL, paired(filing_date=date(2020, 5, 12)), "pass", "pass"),
    ("P3", MODEL, paired(title="Valve"), "pass", "pass"),
    ("P3", MODEL, paired(title="Pump housing and pump with it"), "fail_undeclared", "block"),
    ("P3", MODEL, lambda: with_patent(MODEL, has_same_day_application=True), "fail", "block"),
    ("P3", MODEL, lambda: replace(paired()(), events=(
        event(E.REJECTED, FEBRUARY, right="2020100000009"),)), "pass", "pass"),
    ("P3", MODEL, declared_pair, "fail_declared", "high"),
    ("P3", MODEL, lambda: replace(
        with_patent(MODEL, has_same_day_application=None),
        replies=(reply("P3", "no", document="declaration.pdf"),)), "pass", "pass"),
    ("P3", MODEL, lambda: replace(
        with_patent(MODEL, has_same_day_application=None), replies=(reply("P3", "no"),)),
     "not_known", "block"),
    ("P3", MODEL, lambda: replace(
        with_patent(MODEL, has_same_day_application=True),
        events=(event(E.SAME_DAY_CLOSED, FEBRUARY, right=MODEL),)), "pass_closed", "pass"),
    ("P3", MODEL, paired(grant_date=date(2023, 1, 3)), "fail_granted", "block"),
    ("P5", INVENTION, complete, "pass_published", "pass"),
    ("P5", MODEL, complete, "pass", "pass"),
    ("P6", INVENTION, lambda: with_reply("P6", "yes"), "fail_standard", "medium"),
    ("P12", INVENTION, lambda: replace(
        with_patent(INVENTION, grant_date=None),
        events=(event(E.GRANTED, date(2021, 7, 20), right=INVENTION),)), "pass", "pass"),
    ("E1", "P1", lambda: complete(sales=sales(vat_sales=Decimal("139.09"))), "pass", "pass"),
    ("E2", "P1", answered("E2", "yes", growth=(
        GrowthAssumption(product="P1", year=1, rate=Decimal("0.5")),)), "pass_document", "pass"),
    ("E1", "P2", lambda: complete(sales=(
        *sales(), replace(sales()[-1], product="P2", vat_sales=Decimal(1)))), "fail", "high"),
    ("E1", "", lambda: complete(products=(), sales=(), coverage=()), "not_known", "high"),
    ("P7", "", lambda: complete(sales=()), "not_known", "high"),
    ("E2", "P1", lambda: complete(growth=()), "not_known_assumption", "medium"),
    ("E3", "", lambda: complete(
        signature=MatrixSignature(signed_by="Ada", signed_on=date(2026, 7, 1))),
     "fail_later", "high"),
    ("E5", INVENTION, lambda: complete(extracts=()), "not_known_export", "medium"),
    ("E5", INVENTION, lambda: unread(with_patent(INVENTION, as_of=None)), "not_known", "medium"),
    ("E5", INVENTION, lambda: unread(answered("R1", "2026/6/20")()), "pass", "pass"),
    ("E5", INVENTION, lambda: complete(
        extracts=(RegisterExtract(right=MODEL, retrieved_on=READ),)), "not_known_export", "medium"),
    ("E6", "", lambda: with_firm(kind="public_hospital"), "pass_public", "pass"),
    ("E6", "", lambda: with_firm(kind="association"), "not_known_approval", "block"),
    ("E6", "", lambda: replace(
        with_firm(kind="association"), replies=(reply("E6", "no"),)), "fail_approval", "block"),
    ("E6", "", lambda: replace(
        with_firm(kind="association"), replies=(reply("E6", "yes", document="minutes.pdf"),)),
     "pass_approval", "pass"),
    ("E9", "", certificate(date(2026, 11, 30)), "fail_soon", "note"),
    ("E9", "", certificate(date(2026, 6, 29)), "fail", "note"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "subject", "make", "text", "severity"),
    VARIANTS,
    ids=[f"{row[0]}-{row[3]}-{place}" for place, row in enumerate(VARIANTS)],
)
def test_says(code: str, subject: str, make: Make, text: str, severity: str) -> None:
    seen = finding(BY_CODE[code], Grounds(dossier=make(), law=LAW), subject)

    assert (seen.message.code, str(seen.severity)) == (f"check.{code}.{text}", severity)
    assert catalog().text(seen.message, "zh") != catalog().text(seen.message, "en")


def test_words_hold_no_wording_that_no_case_shows() -> None:
    shown = {f"check.{row[0]}.{row[3]}" for row in VARIANTS}
    for code, (subject, wrong, silent) in dossiers.CASES.items():
        for dossier in (complete(), wrong(), silent()):
            seen = finding(BY_CODE[code], Grounds(dossier=dossier, law=LAW), subject)
            shown.add(seen.message.code)
    # Readers for another purpose than a pledge read the same wording in words of their own.
    bases = {key.partition(".for_")[0] for key in catalog().texts if key.startswith("check.")}
    worded = {key for key in bases if not key.endswith(".title")}

    assert sorted(worded - shown) == []
