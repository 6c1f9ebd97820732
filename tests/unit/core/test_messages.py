"""Tests of messages: one formatter for both languages."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

import pytest

from zhirong.core.messages import (
    Catalog,
    Fact,
    Language,
    Message,
    MessageError,
    format_fact,
    headline,
    placeholders,
    wan,
    yuan,
)

WORDS = Catalog(
    {
        "fee.due": {
            "zh": "{right}：{amount:yuan}，{on:date}前",
            "en": "{right}: {amount:yuan} by {on:date}",
        },
        "kind.design": {"zh": "外观设计", "en": "design"},
        "kind.is": {"zh": "种类：{kind:label}", "en": "kind: {kind:label}"},
        "brace": {"zh": "{{原样}}", "en": "{{as is}}"},
    }
)


class TestWan:
    def test_rounds_halves_away_from_zero(self):
        assert wan(50) == "0.01 万元"
        assert wan(-50) == "\u22120.01 万元"

    def test_has_no_minus_zero(self):
        assert wan(-1) == "0.00 万元"

    def test_counts_in_millions_in_english(self):
        assert wan(Decimal("1234567.8"), "en") == "CNY 1.23 million"


class TestHeadline:
    @pytest.mark.parametrize(
        ("amount", "text"),
        [
            (20_880_000, "2,088 万元"),
            (100_000_000, "1.00 亿元"),
            (-138_000_000, "\u22121.38 亿元"),
            ("13800000", "1,380 万元"),
        ],
    )
    def test_changes_to_yi_from_one_yi_up(self, amount: Fact, text: str):
        assert headline(amount) == text


class TestYuan:
    def test_shows_fen_and_thousands(self):
        assert yuan(Decimal(82300)) == "82,300.00 元"
        assert yuan(0.005, "en") == "CNY 0.01"


class TestFormatFact:
    @pytest.mark.parametrize(
        ("value", "spec", "zh", "en"),
        [
            (0.155, "percent", "15.5 %", "15.5 %"),
            (Decimal("0.0335"), "rate", "3.35 %", "3.35 %"),
            (date(2026, 6, 5), "date", "2026年6月5日", "2026-06-05"),
            (date(2026, 6, 5), "", "2026-06-05", "2026-06-05"),
            (1234567.6, "int", "1,234,568", "1,234,568"),
            (1.50, "number", "1.5", "1.5"),
            (100, "number", "100", "100"),
            (None, "wan", "未知", "not known"),
            (("甲", "乙"), "", "甲、乙", "甲, 乙"),
            ("2018100000000", "", "2018100000000", "2018100000000"),
        ],
    )
    def test_reads_alike_everywhere(self, value: Fact, spec: str, zh: str, en: str):
        assert (format_fact(value, spec, "zh"), format_fact(value, spec, "en")) == (zh, en)

    @pytest.mark.parametrize(
        ("value", "spec"),
        [
            (1, "euro"),
            ("many", "wan"),
            (float("nan"), "yuan"),
            (float("inf"), "int"),
            (True, "int"),
        ],
    )
    def test_refuses_what_it_cannot_read(self, value: Fact, spec: str):
        with pytest.raises(MessageError):
            format_fact(value, spec, "zh")


class TestPlaceholders:
    def test_are_the_names_without_their_formats(self):
        assert placeholders("{a:yuan} {b} {{c}}") == {"a", "b"}


class TestText:
    @pytest.mark.parametrize(
        ("lang", "text"),
        [("zh", "甲：82.30 元，2026年6月5日前"), ("en", "甲: CNY 82.30 by 2026-06-05")],
    )
    def test_fills_the_facts_in(self, lang: Language, text: str):
        facts = {"right": "甲", "amount": Decimal("82.3"), "on": date(2026, 6, 5)}

        assert WORDS.text(Message("fee.due", facts), lang) == text

    def test_looks_a_label_up(self):
        assert WORDS.text(Message("kind.is", {"kind": "kind.design"}), "zh") == "种类：外观设计"

    def test_does_not_read_a_fact_as_a_pattern(self):
        facts = {"right": "{on:date} {0.__class__}", "amount": 1, "on": None}

        assert WORDS.text(Message("fee.due", facts), "en").startswith("{on:date} {0.__class__}")

    def test_keeps_doubled_braces(self):
        assert WORDS.label("brace", "zh") == "{原样}"

    @pytest.mark.parametrize(
        "message", [Message("none"), Message("fee.due", {}), Message("kind.is", {"kind": "none"})]
    )
    def test_refuses_what_has_no_words(self, message: Message):
        with pytest.raises(MessageError):
            WORDS.text(message, "zh")


class TestReadFor:
    TEXTS: ClassVar = {
        "a": {"zh": "甲", "en": "a"},
        "a.for_others": {"zh": "乙", "en": "b"},
        "a.for_one": {"zh": "丙", "en": "c"},
        "d": {"zh": "{a:label}", "en": "{a:label}"},
    }

    def test_takes_the_most_particular_words(self):
        words = Catalog(self.TEXTS)

        assert words.label("a", "zh") == "甲"
        assert words.read_for("for_others").label("a", "zh") == "乙"
        assert words.read_for("for_others", "for_one").label("a", "en") == "c"
        assert words.read_for("for_nobody").label("a", "zh") == "甲"

    def test_holds_for_labels_inside_a_text(self):
        words = Catalog(self.TEXTS).read_for("for_others")

        assert words.text(Message("d", {"a": "a"}), "zh") == "乙"
