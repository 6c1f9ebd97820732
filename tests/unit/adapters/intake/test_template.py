"""The template filled in and read back gives the same records, in either language."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import openpyxl
import pytest

from tests import intake_files as files
from zhirong.adapters.intake import template, vocabulary
from zhirong.adapters.intake.builders.plain_records import RECORDS
from zhirong.core.messages import Language
from zhirong.rights.events import EventKind, LicenseKind, RegisterEvent
from zhirong.rights.records import (
    Claims,
    EvaluationReport,
    FeeReduction,
    Owner,
    Patent,
    PatentKind,
    ReportConclusion,
)

RIGHT = "2017106018623"
# One row of every table, as typed values; what is typed is made from them by `typed`.
ROWS: Mapping[str, Mapping[str, Any]] = {
    "firm": {
        "name": "示例科技有限公司",
        "credit_code": "91330100799655058B",
        "kind": "enterprise",
        "industry": "machinery",
        "region": "宁波",
        "is_listed": False,
        "is_state_owned": True,
    },
    "certificates": {
        "kind": "high_tech",
        "number": "GR202433100001",
        "valid_from": date(2024, 12, 6),
        "valid_to": date(2027, 12, 5),
    },
    "shareholders": {"name": "王例", "share": Decimal("0.6"), "role": "实际控制人"},
    "accounts": {
        "year": 2025,
        "revenue": Decimal("115000000.5"),
        "operating_profit": Decimal(-1),
        "net_profit": Decimal(3),
        "research_expense": Decimal(4),
        "working_capital": Decimal(5),
        "fixed_assets": Decimal(6),
        "intangible_assets": Decimal(7),
        "total_assets": Decimal(8),
        "interest_bearing_debt": Decimal(9),
        "equity": Decimal(10),
        "vat_revenue": Decimal(11),
    },
    "products": {"product": "P1", "name": "净水器", "operating_margin": Decimal("0.12")},
    "sales": {
        "product": "P1",
        "year": 2025,
        "sales": Decimal(80_000_000),
        "vat_sales": Decimal("79500000.25"),
    },
    "features": {"product": "P1", "feature": "F1", "name": "滤芯", "weight": Decimal("0.4")},
    "coverage": {
        "product": "P1",
        "feature": "F1",
        "right": RIGHT,
        "strength": Decimal("0.9"),
    },
    "groups": {
        "group": "G1",
        "name": "发明组",
        "product": "P1",
        "kinds": ("invention", "utility_model"),
    },
    "assumptions": {
        "key": "royalty_rate",
        "scope": "G1",
        "year": 2,
        "central": Decimal("0.028"),
        "low": Decimal("0.02"),
        "high": Decimal("0.035"),
        "author": "评估师甲",
        "reason": "行业区间中位",
        "rule": "R1",
    },
    "costs": {"group": "G1", "item": "labor", "year": 2019, "amount": Decimal(1_200_000)},
    "comparables": {
        "comparable": "C1",
        "kind": "lump",
        "description": "滤芯许可",
        "deal_date": date(2024, 5, 20),
        "group": "G1",
        "amount": Decimal(600_000),
        "royalty_rate": Decimal("0.03"),
        "right_count": 3,
        "term_years": Decimal("4.5"),
        "yearly_sales": Decimal(10_000_000),
        "is_exclusive": True,
        "quality_score": Decimal(80),
        "recordal_number": "X2024330000001",
        "origin": "案例库",
        "adjustments": (("技术", Decimal("1.1")), ("地域", Decimal("0.95"))),
        "weight": Decimal("0.5"),
    },
    "scores": {
        "right": RIGHT,
        "leaf": "T1",
        "score": Decimal(80),
        "author": "评估师甲",
        "reason": "产线已改",
    },
    "third_party_values": {
        "provider": "某数据商",
        "kind": "vendor_value",
        "scope": RIGHT,
        "valued_on": date(2026, 3, 31),
        "amount": Decimal(1_500_000),
        "score": Decimal(71),
        "reference": "V-1",
    },
    "answers": {
        "question": "A3",
        "subject": RIGHT,
        "value": "是",
        "document": "同意书.pdf",
        "answered_by": "王例",
        "answered_on": date(2026, 6, 1),
    },
    "market_signals": {
        "right": RIGHT,
        "market_cap": Decimal(5_000_000_000),
        "window_return": Decimal("-0.006"),
        "volatility": Decimal("0.04"),
        "patents_granted_same_day": 2,
    },
}
PATENT = {
    "app_no": RIGHT,
    "title": "一种示例装置",
    "kind": "invention",
    "filing_date": date(2017, 7, 21),
    "priority_dates": (date(2016, 8, 1), date(2016, 9, 1)),
    "grant_date": date(2020, 5, 19),
    "publication_date": date(2017, 12, 1),
    "publication_no": "CN107345678A",
    "grant_publication_no": "CN107345678B",
    "owners": ("示例科技有限公司", "乙大学"),
    "owner_credit_codes": ("91330100799655058B", "9144030071526726XG"),
    "owner_shares": (Decimal("0.6"), Decimal("0.4")),
    "inventors": ("张例", "李例"),
    "agency": "某代理公司",
    "ipc_main": "C02F9/02",
    "ipc": ("C02F9/02", "B01D35/30"),
    "claims_total": 10,
    "claims_independent": 2,
    "claims_average_length": Decimal("152.5"),
    "citations_forward": 7,
    "citations_backward": 3,
    "family": ("US1234567B2",),
    "examination_requested_on": date(2018, 1, 5),
    "fee_paid_through_year": 9,
    "fee_reduction": "single",
    "evaluation_report": True,
    "evaluation_conclusion": "favorable",
    "evaluation_date": date(2021, 1, 1),
    "has_same_day_application": True,
    "same_day_application": "2017208765439",
    "is_secret": False,
    "pta_days": 30,
    "pte_days": 0,
    "as_of": date(2026, 6, 30),
}
EVENT = {
    "right": RIGHT,
    "kind": "license_recorded",
    "code": "EE01",
    "true_on": date(2024, 1, 2),
    "known_on": date(2024, 1, 9),
    "reference": "X2024330000001",
    "party": "丙公司",
    "license_kind": "exclusive",
    "until": date(2028, 1, 2),
    "patent_year": 4,
    "days": 12,
}


def typed(field: vocabulary.Field, value: Any, lang: Language) -> Any:
    """What a person would type for a value."""
    if isinstance(value, bool):
        return vocabulary.choice_labels("yes_no", lang)["yes" if value else "no"]
    if field.kind in ("choice", "event", "key"):
        return vocabulary.choice_labels(field.words, lang)[value]
    if field.kind == "choices":
        labels = vocabulary.choice_labels(field.words, lang)
        return "; ".join(labels[one] for one in value)
    if field.kind == "factors":
        return "; ".join(f"{name}={factor}" for name, factor in value)
    if isinstance(value, tuple):
        return "; ".join(str(one) for one in value)
    return float(value) if isinstance(value, Decimal) else value


def fill(path: Path, lang: Language) -> None:
    book = openpyxl.load_workbook(path)
    extra = {"signed_by": "陈例", "signed_on": date(2026, 6, 24)}
    for name, values in {**ROWS, "patents": PATENT, "events": EVENT}.items():
        spec = vocabulary.table_spec(name)
        page = book[spec.label(lang)]
        heads = {str(page.cell(3, c).value): c for c in range(1, page.max_column + 1)}
        for field in spec.fields:
            value = {**values, **(extra if name == "coverage" else {})}.get(field.name)
            if value is not None:
                page.cell(4, heads[template.heading(field, lang)], typed(field, value, lang))
    book.save(path)


# Of a record, what no column of its sheet says.
BESIDE = ("source", "exported")


def bare(record: Any) -> dict[str, Any]:
    return {n: getattr(record, n) for n in record.__dataclass_fields__ if n not in BESIDE}


class TestWriteTemplate:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_reads_back_as_the_same_records(self, lang: Language, tmp_path: Path) -> None:
        path = tmp_path / "template.xlsx"
        template.write_template(path, lang)
        fill(path, lang)

        found = files.intake(tmp_path)

        assert [(s.sheet, s.refused) for s in found.sheets if s.refused] == []
        assert [n for n in found.notices if n.code != "intake.notice.unknown_right"] == []
        assert found.rows_read == found.rows_accepted == len(ROWS) + 2
        case = found.case_file
        for name in ROWS:
            records = (case.firm,) if name == "firm" else getattr(case, name)
            assert len(records) == 1, name
            assert bare(records[0]) == ROWS[name], name
        assert case.signature is not None
        assert (case.signature.signed_by, case.signature.signed_on) == ("陈例", date(2026, 6, 24))

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_reads_back_the_patent_and_its_event(self, lang: Language, tmp_path: Path) -> None:
        path = tmp_path / "template.xlsx"
        template.write_template(path, lang)
        fill(path, lang)

        case = files.intake(tmp_path).case_file

        (patent,), (event,) = case.patents, case.events
        owners = (
            Owner(name="示例科技有限公司", credit_code="91330100799655058B", share=Decimal("0.6")),
            Owner(name="乙大学", credit_code="9144030071526726XG", share=Decimal("0.4")),
        )
        expected = Patent(
            **{n: cast("Any", v) for n, v in PATENT.items() if n in AS_TYPED},
            kind=PatentKind.INVENTION,
            ipc=("C02F9/02", "B01D35/30"),
            claims=Claims(total=10, independent=2, average_length=152.5),
            owners=owners,
            fee_reduction=FeeReduction.SINGLE,
            evaluation_report=EvaluationReport(
                has=True, conclusion=ReportConclusion.FAVORABLE, issued_on=date(2021, 1, 1)
            ),
            source=patent.source,
        )
        assert patent == expected
        given = {**EVENT, "kind": EventKind.LICENSE_RECORDED, "license_kind": LicenseKind.EXCLUSIVE}
        assert event == RegisterEvent(**cast("Any", given), source=event.source)

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_is_empty_when_nothing_is_filled_in(self, lang: Language, tmp_path: Path) -> None:
        template.write_template(tmp_path / "template.xlsx", lang)

        found = files.intake(tmp_path)

        assert {sheet.table for sheet in found.sheets} == {s.name for s in vocabulary.tables()}
        assert found.rows_read == 0
        assert found.refused_files == ()

    def test_gives_the_same_bytes_twice(self, tmp_path: Path) -> None:
        template.write_template(tmp_path / "a.xlsx", "zh")
        template.write_template(tmp_path / "b.xlsx", "zh")

        assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()

    def test_covers_every_table_of_the_case_file(self) -> None:
        assert {spec.name for spec in vocabulary.tables()} == {*RECORDS, "patents", "events"}


AS_TYPED = (
    "app_no",
    "title",
    "filing_date",
    "priority_dates",
    "grant_date",
    "publication_date",
    "publication_no",
    "grant_publication_no",
    "inventors",
    "agency",
    "citations_forward",
    "citations_backward",
    "family",
    "examination_requested_on",
    "fee_paid_through_year",
    "has_same_day_application",
    "same_day_application",
    "is_secret",
    "pta_days",
    "pte_days",
    "as_of",
)
