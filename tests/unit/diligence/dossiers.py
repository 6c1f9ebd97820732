"""Dossiers for tests: one complete, one empty, and for each check one that fails and one silent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from tests.factories import event, patent
from zhirong.core.sources import Source
from zhirong.diligence.records import Dossier, GrowthAssumption, RegisterExtract, Reply
from zhirong.firms.records import (
    AccountYear,
    Certificate,
    Coverage,
    Firm,
    MatrixSignature,
    Product,
    ProductYear,
)
from zhirong.rights.events import EventKind, LicenseKind, RegisterEvent
from zhirong.rights.records import EvaluationReport, Owner, Patent, PatentKind, ReportConclusion

VALUED = date(2026, 6, 30)
READ = date(2026, 6, 25)
INVENTION = "2018100000000"
MODEL = "2020200000001"
DESIGN = "2022300000002"
FIRM = Firm(name="Cloud Water Co", credit_code="91330200MA2XXXXX0X", is_state_owned=False)
OWNER = Owner(name=FIRM.name, credit_code=FIRM.credit_code)
PARTNER = Owner(name="River University")
FILE = Source(file="patents.xlsx", sheet="1", row=2)
REPORT = EvaluationReport(has=True, conclusion=ReportConclusion.FAVORABLE)


def right(number: str, **fields: Any) -> Patent:
    facts: dict[str, Any] = {"app_no": number, "source": FILE, "as_of": READ, "owners": (OWNER,)}
    return patent(**(facts | fields))


THREE = (
    right(
        INVENTION,
        fee_paid_through_year=9,
        inventors=("Ada", "Bo"),
        grant_publication_no="CN108000000B",
    ),
    right(
        MODEL,
        kind=PatentKind.UTILITY_MODEL,
        title="Pump housing",
        filing_date=date(2020, 5, 11),
        grant_date=date(2021, 1, 5),
        fee_paid_through_year=7,
        evaluation_report=REPORT,
        has_same_day_application=False,
        inventors=("Chen",),
        is_secret=False,
    ),
    right(
        DESIGN,
        kind=PatentKind.DESIGN,
        title="Tap",
        filing_date=date(2022, 4, 12),
        grant_date=date(2022, 9, 6),
        fee_paid_through_year=5,
        evaluation_report=REPORT,
        inventors=("Dora",),
        is_secret=False,
    ),
)
_YES_WITH_PAPER = ("A10",)
_NO = ("A11", "P4", "P6", "P8", "P9", "P10", "P11")


def reply(question: str, value: str | None, subject: str = "", document: str = "") -> Reply:
    return Reply(question=question, value=value, subject=subject, document=document)


def sales(**changes: Any) -> tuple[ProductYear, ...]:
    amounts = {2021: "100", 2022: "110", 2023: "121", 2024: "133.1", 2025: "146.41"}
    years = [
        ProductYear(product="P1", year=year, sales=Decimal(text), vat_sales=Decimal(text))
        for year, text in amounts.items()
    ]
    return (*years[:-1], replace(years[-1], **changes))


def accounts(**changes: Any) -> tuple[AccountYear, ...]:
    last = AccountYear(year=2025, revenue=Decimal(200), vat_revenue=Decimal(200))
    return (replace(last, **changes),)


def complete(**changes: Any) -> Dossier:
    """Everything is known and in order."""
    replies = [reply(code, "yes", document=f"{code}.pdf") for code in _YES_WITH_PAPER]
    replies += [reply(code, "no") for code in _NO]
    whole = Dossier(
        firm=FIRM,
        patents=THREE,
        valuation_date=VALUED,
        purpose="pledge",
        extracts=(RegisterExtract(right="", retrieved_on=READ),),
        certificates=(
            Certificate(
                kind="high_tech",
                number="GR202533000001",
                valid_from=date(2025, 12, 1),
                valid_to=date(2028, 11, 30),
            ),
        ),
        accounts=accounts(),
        products=(Product(product="P1", name="Filter"),),
        sales=sales(),
        coverage=(Coverage(product="P1", feature="F1", right=INVENTION, strength=Decimal("0.8")),),
        signature=MatrixSignature(signed_by="Ada", signed_on=READ),
        growth=(GrowthAssumption(product="P1", year=1, rate=Decimal("0.05")),),
        replies=(*replies, reply("A8", "none")),
        debt_term_end=date(2027, 6, 30),
        valued_on=VALUED,
    )
    return replace(whole, **changes)


def empty() -> Dossier:
    """A granted utility model, of which and of whose owner nothing more is known."""
    bare = patent(app_no=MODEL, kind=PatentKind.UTILITY_MODEL, title="Pump housing")
    return Dossier(
        firm=Firm(name=FIRM.name, kind="guild"),
        patents=(bare,),
        valuation_date=VALUED,
        purpose="pledge",
        products=(Product(product="P1", name="Filter"),),
    )


def with_patent(number: str, **fields: Any) -> Dossier:
    """The complete dossier with one patent changed."""
    patents = tuple(replace(p, **fields) if p.app_no == number else p for p in THREE)
    return complete(patents=patents)


def with_event(kind: EventKind, **fields: Any) -> Dossier:
    """The complete dossier with one entry on the invention."""
    return complete(events=(_entry(kind, **fields),))


def _entry(kind: EventKind, **fields: Any) -> RegisterEvent:
    return event(kind, date(2026, 2, 1), right=INVENTION, source=FILE, **fields)


def with_reply(question: str, value: str | None, subject: str = "", document: str = "") -> Dossier:
    """The complete dossier with one answer exchanged."""
    base = complete()
    kept = tuple(r for r in base.replies if (r.question, r.subject) != (question, subject))
    return replace(base, replies=(*kept, reply(question, value, subject, document)))


def with_firm(**fields: Any) -> Dossier:
    """The complete dossier of another kind of owner."""
    return complete(firm=replace(FIRM, **fields))


def _unread() -> Dossier:
    return complete(extracts=())


def _pair() -> Dossier:
    # Nobody declared it: the same day, owner and title give it away.
    invention = replace(
        THREE[1],
        app_no="2020100000009",
        kind=PatentKind.INVENTION,
        grant_date=None,
        has_same_day_application=None,
    )
    return complete(patents=(*THREE, invention))


_CO_OWNED: dict[str, Any] = {"owners": (OWNER, PARTNER)}
_NO_INVENTORS = tuple(replace(item, inventors=None) for item in THREE)
_ONE_INVENTOR = tuple(replace(item, inventors=("Ada",)) for item in THREE)
_ENDED = Certificate(
    kind="high_tech", number="GR1", valid_from=date(2022, 1, 1), valid_to=date(2025, 1, 1)
)
_ASSIGNED: dict[str, Any] = {"party": "Somebody Else Ltd"}

# Code of the check: the subject looked at, a dossier that fails it, one that is silent about it.
CASES: dict[str, tuple[str, Callable[[], Dossier], Callable[[], Dossier]]] = {
    "A1": (
        INVENTION,
        lambda: with_patent(INVENTION, owners=(PARTNER,)),
        lambda: with_patent(INVENTION, owners=()),
    ),
    "A2": (INVENTION, lambda: with_event(EventKind.TRANSFERRED, **_ASSIGNED), _unread),
    "A3": (
        INVENTION,
        lambda: replace(with_patent(INVENTION, **_CO_OWNED), replies=(reply("A3", "no"),)),
        lambda: with_patent(INVENTION, **_CO_OWNED),
    ),
    "A4": (
        INVENTION,
        lambda: complete(debt_term_end=date(2038, 3, 15)),
        lambda: complete(debt_term_end=None),
    ),
    "A5": (INVENTION, lambda: with_event(EventKind.PLEDGE_REGISTERED), _unread),
    "A6": (INVENTION, lambda: with_event(EventKind.PRESERVED), _unread),
    "A7": (INVENTION, lambda: with_event(EventKind.INVALIDATION_REQUESTED), _unread),
    "A8": ("", lambda: with_reply("A8", "defendant"), lambda: with_reply("A8", None)),
    "A9": (
        INVENTION,
        lambda: with_event(EventKind.LICENSE_RECORDED, license_kind=LicenseKind.EXCLUSIVE),
        _unread,
    ),
    "A10": ("", lambda: with_reply("A10", "no"), lambda: with_reply("A10", "yes")),
    "A11": ("", lambda: with_reply("A11", "yes"), lambda: with_reply("A11", "")),
    "A12": (
        "",
        lambda: complete(valued_on=date(2025, 6, 29)),
        lambda: complete(valued_on=None),
    ),
    "A13": (
        "",
        lambda: replace(with_firm(is_state_owned=True), replies=(reply("A13", "no"),)),
        lambda: with_firm(is_state_owned=None),
    ),
    "P1": (
        MODEL,
        lambda: with_patent(MODEL, fee_paid_through_year=6),
        lambda: with_patent(MODEL, fee_paid_through_year=None),
    ),
    "P2": (
        DESIGN,
        lambda: with_patent(DESIGN, evaluation_report=EvaluationReport(has=False)),
        lambda: with_patent(DESIGN, evaluation_report=None),
    ),
    "P3": (MODEL, _pair, lambda: with_patent(MODEL, has_same_day_application=None)),
    "P4": (INVENTION, lambda: with_reply("P4", "yes"), lambda: with_reply("P4", None)),
    "P5": (
        INVENTION,
        lambda: with_patent(INVENTION, is_secret=True),
        lambda: with_patent(INVENTION, grant_publication_no=None),
    ),
    "P6": (
        INVENTION,
        lambda: with_event(EventKind.OPEN_LICENSE_DECLARED),
        lambda: with_reply("P6", None),
    ),
    "P7": (
        "",
        lambda: complete(coverage=(replace(complete().coverage[0], product="P9"),)),
        lambda: complete(coverage=()),
    ),
    "P8": ("", lambda: with_reply("P8", "yes"), lambda: with_reply("P8", None)),
    "P9": (INVENTION, lambda: with_reply("P9", "yes"), lambda: with_reply("P9", None)),
    "P10": ("", lambda: with_reply("P10", "yes"), lambda: with_reply("P10", None)),
    "P11": ("", lambda: with_reply("P11", "yes"), lambda: with_reply("P11", None)),
    "P12": (
        INVENTION,
        lambda: with_patent(INVENTION, grant_date=None),
        lambda: replace(with_patent(INVENTION, grant_date=None, as_of=None), extracts=()),
    ),
    "E1": (
        "P1",
        lambda: complete(sales=sales(vat_sales=Decimal(130))),
        lambda: complete(sales=sales(vat_sales=None)),
    ),
    "E2": (
        "P1",
        lambda: complete(growth=(GrowthAssumption(product="", year=0, rate=Decimal("0.2")),)),
        lambda: complete(sales=sales()[-1:]),
    ),
    "E3": (
        "",
        lambda: complete(signature=None),
        lambda: complete(signature=None, coverage=()),
    ),
    "E4": (
        "",
        lambda: complete(patents=_ONE_INVENTOR),
        lambda: complete(patents=_NO_INVENTORS),
    ),
    "E5": (
        INVENTION,
        lambda: complete(extracts=(RegisterExtract(right="", retrieved_on=date(2026, 6, 19)),)),
        _unread,
    ),
    "E6": ("", lambda: with_firm(kind="state_organ"), lambda: with_firm(kind="guild")),
    "E7": (
        "",
        lambda: complete(accounts=accounts(vat_revenue=Decimal(180))),
        lambda: complete(accounts=accounts(vat_revenue=None)),
    ),
    "E8": (
        "",
        lambda: complete(accounts=accounts(revenue=Decimal(146))),
        lambda: complete(accounts=()),
    ),
    "E9": ("", lambda: complete(certificates=(_ENDED,)), lambda: complete(certificates=())),
}
