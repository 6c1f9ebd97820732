from dataclasses import replace
from datetime import date

import pytest

from tests import filings
from tests.deed_words import words_of
from zhirong.adapters.documents.filing import letters
from zhirong.adapters.documents.filing.deed import Deed, Speech, to_pdf
from zhirong.core.messages import Language
from zhirong.filing.forms import Consent, Insistence, Party
from zhirong.filing.office import Registry

ON = date(2026, 6, 29)
CO_OWNER = Party(name="宁波另一家有限公司", identifier="X", address="宁波")
FORM = filings.form(
    insists=(Insistence(right=filings.RIGHT, ground="same_day_invention"),),
    consents=(Consent(right=filings.RIGHT, by=CO_OWNER.name),),
)
PAPER = letters.Paper(form=FORM, registry=Registry.PATENT, number="ZR-F-1", dated_on=ON)
DATA = replace(PAPER, form=filings.data_filing().form, registry=Registry.DATA)
MARKS = replace(PAPER, form=filings.mark_filing().form, registry=Registry.TRADEMARK)


def all_letters(speech: Speech) -> dict[str, Deed]:
    return {
        "commitment": letters.commitment(PAPER, filings.PLEDGOR, speech),
        "marks": letters.marks_together(MARKS, filings.PLEDGOR, speech),
        "authorization": letters.authorization(PAPER, speech),
        "same_day": letters.same_day_statement(PAPER, speech),
        "insistence": letters.insistence(PAPER, speech),
        "consent": letters.consent(PAPER, CO_OWNER, speech),
        "effect": letters.effect_statement(DATA, speech),
        "source": letters.source_statement(DATA, speech),
    }


class TestLetters:
    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("commitment", "真实、合法、有效"),
            ("marks", filings.MARK),
            ("authorization", filings.PLEDGEE.name),
            ("same_day", filings.RIGHT),
            ("insistence", "仍坚持办理质押登记"),
            ("consent", CO_OWNER.name),
            ("effect", "不主张物权上的优先受偿权"),
            ("source", "匿名化"),
        ],
    )
    def test_say_what_they_are_for(self, name: str, words: str) -> None:
        assert words in words_of(all_letters(Speech("zh"))[name])

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_are_all_set(self, lang: Language) -> None:
        assert all(to_pdf(deed).startswith(b"%PDF") for deed in all_letters(Speech(lang)).values())


class TestSameDayStatement:
    def test_says_that_there_is_none_where_nobody_insists(self) -> None:
        plain = replace(PAPER, form=filings.form())

        assert "不存在同一申请人" in words_of(letters.same_day_statement(plain, Speech("zh")))


class TestAuthorization:
    def test_is_signed_by_those_who_give_it(self) -> None:
        text = words_of(letters.authorization(PAPER, Speech("zh")))

        assert f"出质人：{filings.PLEDGOR.name}" in text
        assert f"质权人：{filings.PLEDGEE.name}" not in text
