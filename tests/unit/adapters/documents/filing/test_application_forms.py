from datetime import date

import pytest

from tests import filings
from tests.deed_words import words_of
from zhirong.adapters.documents.blocks import Signatures
from zhirong.adapters.documents.filing import application_forms
from zhirong.adapters.documents.filing.deed import Deed, Speech, to_pdf
from zhirong.core.messages import Language
from zhirong.filing import applications
from zhirong.filing.applications import Extension, Extras, How, Release
from zhirong.filing.forms import CancelGround, Change, ChangeSubject, Form, Insistence, OnBehalf
from zhirong.filing.office import Registry

ON = date(2026, 6, 29)
NUMBER = "Y2026330000001"
BEHALF = OnBehalf(filer=filings.PLEDGEE.identifier, authorized_by=(filings.PLEDGOR.identifier,))
HOW = How(on_behalf=BEHALF)
INSISTED = Extras(
    same_day_statement=True,
    insists=(Insistence(right=filings.RIGHT, ground="same_day_invention"),),
)
CHANGE = Change(subject=ChangeSubject.AMOUNT, before="500000000", after="400000000")
PAID = Release(ground=CancelGround.DEBT_PAID, ground_on=ON, rights=(filings.RIGHT,))
LONGER = Extension(period_to=ON, new_period_to=date(2028, 6, 29), is_creditor_alone=True)
FORMS: dict[str, Form] = {
    "establish": applications.establish(filings.pledge(), how=HOW, extras=INSISTED),
    "change": applications.change(filings.pledge(), NUMBER, (CHANGE,), changed_on=ON, how=HOW),
    "extend": applications.extend(filings.pledge(Registry.TRADEMARK), NUMBER, LONGER, how=HOW),
    "cancel": applications.cancel(filings.pledge(), NUMBER, PAID, how=HOW),
}


def made(name: str, lang: Language = "zh") -> Deed:
    return application_forms.application(
        FORMS[name], Registry.PATENT, Speech(lang), number="ZR-F-1", dated_on=ON
    )


class TestApplication:
    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("establish", ("质押登记申请表", "受宁波海曙精密机械有限公司委托", "坚持办理质押登记")),
            ("change", (NUMBER, "人民币肆佰万元整", "被担保债权数额")),
            ("extend", ("2028年6月29日", "质权人单独申请")),
            ("cancel", ("债务履行完毕", filings.RIGHT)),
        ],
    )
    def test_says_what_the_window_reads(self, name: str, words: tuple[str, ...]) -> None:
        assert [word for word in words if word not in words_of(made(name))] == []

    def test_is_signed_by_the_creditor_alone_where_it_extends_alone(self) -> None:
        places = [block for block in made("extend").body if isinstance(block, Signatures)]

        assert [len(block.places) for block in places] == [1]

    @pytest.mark.parametrize("name", FORMS)
    def test_is_set_in_english_too(self, name: str) -> None:
        assert to_pdf(made(name, "en")).startswith(b"%PDF")

    def test_gives_marks_a_period(self) -> None:
        form = applications.establish(
            filings.pledge(Registry.TRADEMARK), how=HOW, extras=Extras(marks_together=True)
        )

        assert form.period_to == form.contract.debt_to
        assert len(form.commitments) == 5


class TestChangesTable:
    def test_writes_claims_and_scopes_in_words(self) -> None:
        changes = (
            Change(subject=ChangeSubject.CLAIM_KIND, before="loan", after="credit_line"),
            Change(subject=ChangeSubject.SCOPE, before="principal custody", after="principal"),
        )
        form = applications.change(filings.pledge(), NUMBER, changes, changed_on=ON, how=HOW)

        table = str(application_forms.changes_table(form, Speech("zh")))

        assert "授信额度项下的债权" in table
        assert "主债权本金、保管质押财产的费用" in table
        assert "credit_line" not in table
