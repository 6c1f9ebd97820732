"""Appraisals for the valuation report: every method, the bare minimum, and a hundred rights."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import pypdfium2

from tests.case_factory import (
    ACCOUNTS,
    BASE,
    MARKET_RATE,
    SCORES,
    appraised,
    assumption,
    case,
    full_case,
    number,
    patent,
    without,
)
from zhirong.adapters.documents.document import to_pdf
from zhirong.adapters.documents.reports.valuation import valuation_report
from zhirong.application.case.case_file import AssetGroup, CaseFile, SourceFile, ThirdPartyValue
from zhirong.application.result import Appraisal
from zhirong.core.messages import Language
from zhirong.firms.records import Coverage, ProductYear
from zhirong.parameters.reader import catalog
from zhirong.rights.records import PatentKind

LANGUAGES: tuple[Language, ...] = ("zh", "en")
KINDS = (PatentKind.INVENTION, PatentKind.UTILITY_MODEL, PatentKind.DESIGN)
FILES = (SourceFile(file="patents.xlsx", sha256="ab" * 32, size_bytes=8_008, as_of=None),)
OTHERS = (
    ThirdPartyValue(
        provider="Vendor",
        kind="vendor_value",
        scope="G1",
        valued_on=date(2026, 3, 31),
        amount=Decimal(4_000_000),
    ),
    ThirdPartyValue(
        provider="Vendor",
        kind="vendor_score",
        scope="",
        valued_on=date(2026, 3, 31),
        score=Decimal(80),
    ),
)
HISTORY = tuple(
    ProductYear(
        product="P1",
        year=year,
        sales=Decimal(80_000_000 + 10_000_000 * (year - 2021)),
        vat_sales=Decimal(80_000_000 + 8_000_000 * (year - 2021)),
    )
    for year in range(2021, 2026)
)
BUILT_RATE = (assumption("risk_free_rate", 0.018), assumption("discount_rate_spread", 0.015))


def many(count: int) -> CaseFile:
    """A case with so many rights of all kinds on one product, one in four on none."""
    base = case(BASE)
    patents = tuple(
        patent(
            0,
            app_no=number(1_000 + place, str(1 + place % 3)),
            kind=KINDS[place % 3],
            title=f"一种用于高压工况的密封结构及其控制方法之第 {place} 项",
            filing_date=date(2018 + place % 7, 3, 1 + place % 27),
            grant_date=date(2025, 5, 1),
            fee_paid_through_year=9,
        )
        for place in range(count)
    )
    coverage = tuple(
        Coverage(product="P1", feature="F1", right=item.app_no, strength=Decimal("0.5"))
        for place, item in enumerate(patents)
        if place % 4
    )
    groups = tuple(
        AssetGroup(group=f"G{n}", name=f"group of {kind}", product="P1", kinds=(str(kind),))
        for n, kind in enumerate(KINDS, start=1)
    )
    return replace(
        base, patents=patents, coverage=coverage, groups=groups, sales=HISTORY, files=FILES
    )


CASES = {
    "full": lambda: full_case(third_party_values=OTHERS, files=FILES),
    "royalty": lambda: case(BASE),
    "capital": lambda: case(without(BASE, "discount_rate"), MARKET_RATE, accounts=ACCOUNTS),
    "built": lambda: case(without(BASE, "discount_rate"), SCORES, BUILT_RATE),
    "unjudged": case,
    "bare": lambda: case(
        patents=(), products=(), sales=(), features=(), coverage=(), groups=(), certificates=()
    ),
    "hundred": lambda: many(102),
}


@cache
def result(name: str, purpose: str = "pledge") -> Appraisal:
    return appraised(CASES[name](), purpose=purpose, debt_term_end=date(2028, 6, 30))


@cache
def pages(name: str, lang: Language, purpose: str = "pledge") -> tuple[str, ...]:
    """The text of each page, without white space."""
    return tuple("".join(text.split()) for text in raw_texts(result(name, purpose), lang))


def raw_texts(appraisal: Appraisal, lang: Language) -> tuple[str, ...]:
    """The text of each page as it stands."""
    document = pypdfium2.PdfDocument(pdf(appraisal, lang))
    return tuple(page.get_textpage().get_text_range() for page in document)


def pdf(appraisal: Appraisal, lang: Language) -> bytes:
    return to_pdf(valuation_report(appraisal, words=catalog(), lang=lang))
