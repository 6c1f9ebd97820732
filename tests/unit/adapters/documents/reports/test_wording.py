from datetime import date

import pytest

from zhirong.adapters.documents.reports.wording import Wording
from zhirong.core.messages import Language, Message
from zhirong.parameters.reader import catalog


def wording(lang: Language) -> Wording:
    return Wording(words=catalog(), lang=lang, names={"P1": "阀门"})


class TestAmounts:
    @pytest.mark.parametrize(("lang", "shown"), [("zh", "1,380.00"), ("en", "13,800.0")])
    def test_stand_in_the_unit_of_the_language(self, lang: Language, shown: str) -> None:
        assert wording(lang).amount(13_800_000) == shown

    def test_show_a_true_minus(self) -> None:
        assert wording("zh").amount(-5_000) == "\u22120.50"

    def test_never_show_minus_zero(self) -> None:
        assert wording("zh").amount(-0.0) == "0.00"

    def test_round_halves_as_sentences_do(self) -> None:
        assert wording("zh").number(21.35) == "21.4"
        assert wording("zh").percent(0.2135) == "21.4 %"

    def test_say_that_nothing_is_known(self) -> None:
        assert wording("zh").amount(None) == "—"

    @pytest.mark.parametrize(
        ("lang", "value", "shown"),
        [
            ("zh", 11_680_000.0, "684 – 1,168 万元"),
            ("zh", 138_000_000.0, "0.07 – 1.38 亿元"),
            ("en", 11_680_000.0, "CNY 6.84 – 11.68 million"),
        ],
    )
    def test_give_the_interval_in_the_unit_of_its_upper_end(
        self, lang: Language, value: float, shown: str
    ) -> None:
        assert wording(lang).headline_interval(6_840_000, value) == shown


class TestMessage:
    def test_names_the_product_for_its_id(self) -> None:
        message = Message("breach.profit_unknown", {"product": "P1", "claimed": 10_000.0})

        assert wording("zh").message(message).startswith("产品 阀门 的营业利润未知")


class TestAuthor:
    def test_says_what_a_rule_of_the_house_is(self) -> None:
        said = wording("zh").author("valuation.reconciliation.preference")

        assert said.startswith("内部规则：")
        assert "valuation" not in said

    def test_leaves_a_person_as_written(self) -> None:
        assert wording("zh").author("王分析师") == "王分析师"


class TestChange:
    def test_carries_its_sign(self) -> None:
        assert wording("zh").change(120.0, 100.0) == "+20.0 %"
        assert wording("zh").change(80.0, 100.0) == "\u221220.0 %"

    def test_is_empty_without_a_base(self) -> None:
        assert wording("zh").change(80.0, 0.0) == "—"


class TestDay:
    def test_is_short_in_tables_and_long_in_prose(self) -> None:
        day = date(2026, 6, 30)

        assert wording("zh").day(day) == "2026-06-30"
        assert wording("zh").prose_day(day) == "2026年6月30日"


class TestQuantity:
    @pytest.mark.parametrize(
        ("lang", "value", "unit", "shown"),
        [
            ("zh", 6.0, "month", "6 个月"),
            ("en", 1.0, "month", "1 month"),
            ("en", 12.0, "month", "12 months"),
            ("en", 0.5, "year", "0.5 years"),
            ("en", 3.0, "count", "3"),
        ],
    )
    def test_takes_the_measure_word_of_its_unit(
        self, lang: Language, value: float, unit: str, shown: str
    ) -> None:
        assert wording(lang).quantity(value, unit) == shown


class TestSentences:
    def test_part_by_a_space_in_english_only(self) -> None:
        assert wording("zh").sentences("甲。", "", "乙。") == "甲。乙。"
        assert wording("en").sentences("One.", "", "Two.") == "One. Two."


class TestParameter:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_leaves_out_the_codes_of_its_choices(self, lang: Language) -> None:
        assert "_" not in wording(lang).parameter("pledge.collateral_policy")
