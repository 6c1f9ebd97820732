from datetime import date

import pytest

from tests import filings
from tests.deed_words import words_of
from zhirong.adapters.documents.filing import later_papers
from zhirong.adapters.documents.filing.deed import Speech
from zhirong.adapters.documents.filing.later_papers import Later
from zhirong.core.messages import Language
from zhirong.filing import applications, linter_later
from zhirong.filing.applications import Extension, How, Release
from zhirong.filing.documents import DocumentKind
from zhirong.filing.forms import CancelGround, Change, ChangeSubject
from zhirong.filing.linter_later import LaterFiling
from zhirong.filing.office import Registry
from zhirong.parameters.calendars import china
from zhirong.parameters.reader import Parameters

NUMBER = "Y2026000001"
ON = date(2026, 8, 10)
MARKS = filings.pledge(Registry.TRADEMARK)
CHANGE = Change(subject=ChangeSubject.AMOUNT, before="500000000", after="400000000")
LONGER = Extension(period_to=date(2027, 6, 29), new_period_to=date(2028, 6, 29))
ALONE = Extension(
    period_to=date(2027, 6, 29), new_period_to=date(2028, 6, 29), is_creditor_alone=True
)
PAID = Release(ground=CancelGround.DEBT_PAID, ground_on=ON, rights=(filings.RIGHT,))
FORMS: dict[str, Later] = {
    "change": applications.change(MARKS, NUMBER, (CHANGE,), changed_on=ON, how=How()),
    "extend": applications.extend(MARKS, NUMBER, LONGER, how=How()),
    "alone": applications.extend(MARKS, NUMBER, ALONE, how=How()),
    "cancel": applications.cancel(MARKS, NUMBER, PAID, how=How()),
}


class TestLaterDrafts:
    @pytest.mark.parametrize("name", FORMS)
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_pass_the_linter_once_signed(self, name: str, lang: Language) -> None:
        drafts = later_papers.later_drafts(
            FORMS[name], Registry.TRADEMARK, Speech(lang), number="ZR-F-2", dated_on=ON
        )

        filing = LaterFiling(
            form=FORMS[name],
            documents=tuple(draft.signed(draft.file, draft.signers) for draft in drafts),
            progress=filings.registered(Registry.TRADEMARK, expires_on="2027-06-29"),
            on=ON,
        )
        assert linter_later.lint_later(filing, parameters=Parameters(), calendar=china()) == ()

    def test_of_a_release_are_certified_by_the_pledgee_alone(self) -> None:
        drafts = later_papers.later_drafts(
            FORMS["cancel"], Registry.PATENT, Speech("zh"), number="ZR-F-2", dated_on=ON
        )

        proof = next(draft for draft in drafts if draft.kind is DocumentKind.PROOF)
        assert proof.signers == (filings.PLEDGEE.identifier,)


class TestRelease:
    def test_names_ground_day_and_rights(self) -> None:
        form = applications.cancel(MARKS, NUMBER, PAID, how=How())

        text = words_of(later_papers.release(form, Speech("zh"), number="ZR-F-2", dated_on=ON))

        assert "因债务履行完毕，自2026年8月10日起" in text
        assert filings.RIGHT in text


class TestChangeAgreement:
    def test_shows_before_and_after(self) -> None:
        form = applications.change(MARKS, NUMBER, (CHANGE,), changed_on=ON, how=How())

        text = words_of(later_papers.change_agreement(form, Speech("zh"), "ZR-F-2"))

        assert "人民币伍佰万元整" in text
        assert "人民币肆佰万元整" in text


class TestGuaranteeLetter:
    def test_says_why_the_creditor_is_alone(self) -> None:
        form = applications.extend(MARKS, NUMBER, ALONE, how=How())

        text = words_of(
            later_papers.guarantee_letter(form, Speech("zh"), number="ZR-F-2", dated_on=ON)
        )

        assert "未获配合" in text
