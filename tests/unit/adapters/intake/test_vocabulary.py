"""The shipped tables of headings and words."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from zhirong.adapters.intake import headings, vocabulary
from zhirong.adapters.intake.builders.plain_records import RECORDS
from zhirong.adapters.intake.cells import readers
from zhirong.application.case.assumed_inputs import ASSUMED
from zhirong.application.case.intake_report import HeadingUse
from zhirong.parameters.reader import table
from zhirong.rights.events import EventKind, LicenseKind
from zhirong.rights.records import FeeReduction, PatentKind, ReportConclusion

ENUMS: Mapping[str, Any] = {
    "patent_kind": PatentKind,
    "fee_reduction": FeeReduction,
    "report_conclusion": ReportConclusion,
    "license_kind": LicenseKind,
    "event_kind": EventKind,
}

# Headings as the tools write them, and the field that each must reach.
EXPORTS = [
    ("申请号", "app_no"),
    ("申请（专利）号", "app_no"),
    ("申请号/专利号", "app_no"),
    ("专利号", "app_no"),
    ("公开(公告)号", "any_publication_no"),
    ("公开（公告）日", "any_publication_date"),
    ("授权公告号", "grant_publication_no"),
    ("申请公布号", "publication_no"),
    ("申请（专利权）人", "owners"),
    ("[标]当前申请(专利权)人", "owners"),
    ("标准化当前权利人", "owners"),
    ("当前权利人", "owners"),
    ("专利权人", "owners"),
    ("发明（设计）人", "inventors"),
    ("主分类号", "ipc_main"),
    ("IPC主分类号", "ipc_main"),
    ("IPC分类号", "ipc"),
    ("被引证次数", "citations_forward"),
    ("被引用专利数量", "citations_forward"),
    ("简单同族", "family"),
    ("权利要求数量", "claims_total"),
    ("独立权利要求数量", "claims_independent"),
    ("简单法律状态", "legal_status"),
    ("法律状态/事件", "legal_status"),
    ("专利有效性", "legal_status"),
    ("一案双申", "has_same_day_application"),
    ("申请公布号/授权公告号", "any_publication_no"),
    ("当前申请(专利权)人统一社会信用代码", "owner_credit_codes"),
    ("年费已缴至", "fee_paid_through_year"),
    ("首权字数", "claims_first_length"),
    ("外观设计洛迦诺分类号", "ipc_main"),
]


class TestTables:
    @pytest.mark.parametrize("spec", vocabulary.tables(), ids=lambda spec: spec.name)
    def test_give_each_heading_one_meaning(self, spec: vocabulary.TableSpec) -> None:
        counts = Counter(heading for field in spec.fields for heading in field.headings)

        assert [heading for heading, count in counts.items() if count > 1] == []
        assert not spec.unused & counts.keys()

    @pytest.mark.parametrize("spec", vocabulary.tables(), ids=lambda spec: spec.name)
    def test_name_kinds_and_choices_that_exist(self, spec: vocabulary.TableSpec) -> None:
        names = {field.name for field in spec.fields}

        assert {field.kind for field in spec.fields} <= readers.KINDS
        assert set(spec.keys) <= names
        for field in spec.fields:
            assert not field.words or vocabulary.choices(field.words)

    @pytest.mark.parametrize("name", RECORDS)
    def test_fill_every_field_of_the_record(self, name: str) -> None:
        record, _ = RECORDS[name]
        extra = {"signed_by", "signed_on"}
        fields = {field.name for field in vocabulary.table_spec(name).fields} - extra

        assert fields == set(record.__dataclass_fields__) - {"source", "exported"}

    def test_read_examples_as_their_kind(self) -> None:
        for spec in vocabulary.tables():
            for field in spec.fields:
                if field.example:
                    cell = readers.Cell(raw=field.example, words=field.words)
                    outcome = readers.read(field.kind, cell)
                    assert not isinstance(outcome, readers.Bad), (spec.name, field.name, outcome)


class TestChoices:
    @pytest.mark.parametrize("name", ENUMS)
    def test_cover_the_enumeration(self, name: str) -> None:
        assert set(vocabulary.choice_labels(name, "zh")) == set(ENUMS[name])

    def test_cover_the_assumptions_that_methods_read(self) -> None:
        keys = {column.keys[0] if column.keys else name for name, column in ASSUMED.items()}

        assert keys <= set(vocabulary.choice_labels("assumption_key", "zh"))

    def test_cover_the_kinds_of_owner_that_checks_know(self) -> None:
        known = set(vocabulary.choice_labels("firm_kind", "zh"))

        assert known == set(table("diligence_owner_kinds"))

    @pytest.mark.parametrize("name", sorted(table("intake_words")["choices"]))
    def test_read_no_spelling_in_two_ways(self, name: str) -> None:
        entries = table("intake_words")["choices"][name]
        spellings = [
            {vocabulary.plain(str(s)) for s in (code, e["zh"], e["en"], *e["also"])}
            for code, e in entries.items()
        ]

        counts = Counter(spelling for one in spellings for spelling in one)

        assert [spelling for spelling, count in counts.items() if count > 1] == []


class TestMatch:
    @pytest.mark.parametrize(("heading", "field"), EXPORTS)
    def test_knows_the_headings_of_exports(self, heading: str, field: str) -> None:
        found = headings.match(heading, vocabulary.table_spec("patents"), {})

        assert found.field is not None
        assert found.field.name == field

    @pytest.mark.parametrize(
        ("heading", "unit"),
        [
            ("营业收入（万元）", "万元"),
            ("营业收入/亿元", "亿元"),
            ("营业收入(单位：元)", "元"),
            ("营业收入", ""),
        ],
    )
    def test_takes_the_unit_off(self, heading: str, unit: str) -> None:
        found = headings.match(heading, vocabulary.table_spec("accounts"), {})

        assert (found.use, found.unit) == (HeadingUse.MAPPED, unit)

    def test_prefers_the_current_owner_to_the_first_applicant(self) -> None:
        spec = vocabulary.table_spec("patents")

        ranks = [
            headings.match(text, spec, {}).rank for text in ("当前权利人", "申请人", "原始申请人")
        ]

        assert ranks == sorted(ranks)
