from dataclasses import replace
from datetime import date

import pytest

from tests import filings
from tests.deed_words import words_of
from zhirong.adapters.documents.filing import deed, pledge_contract
from zhirong.adapters.documents.filing.deed import Speech
from zhirong.core.messages import Language
from zhirong.filing.contracts import PledgeContract
from zhirong.filing.forms import ContractKind
from zhirong.filing.office import Registry

ON = date(2026, 6, 29)
MAXIMUM = replace(filings.contract(), kind=ContractKind.MAXIMUM_AMOUNT)


def said(contract: PledgeContract, lang: Language = "zh") -> str:
    return words_of(pledge_contract.pledge_contract(contract, Speech(lang), dated_on=ON))


class TestPledgeContract:
    @pytest.mark.parametrize(
        "item",
        [
            filings.PLEDGOR.name,
            filings.PLEDGOR.address,
            filings.PLEDGEE.name,
            "借款合同项下的贷款债权",
            "人民币伍佰万元整（¥5,000,000.00）",
            "2026年6月30日",
            "2027年6月29日",
            "附件一所列1件专利权",
            "202111434680.4",
            "一种注塑模具",
            "2021-11-29",
            "2022-05-10",
            "实现质权和债权的费用",
        ],
    )
    def test_says_every_item_that_the_office_asks_for(self, item: str) -> None:
        assert item in said(filings.pledge())

    @pytest.mark.parametrize(
        "clause",
        [
            "届满30日前缴纳年费",
            "不得转让或者许可他人使用质押权利",
            "提前清偿债务或者提存",
            "请求宣告无效",
            "同日申请",
            "只能依法就质押权利优先受偿",
            "新合同登记完成前，不注销原登记",
            "自债务清偿之日起10个工作日内",
        ],
    )
    def test_agrees_what_the_law_leaves_to_the_parties(self, clause: str) -> None:
        assert clause in said(filings.pledge())

    def test_of_a_maximum_amount_covers_everything(self) -> None:
        text = said(filings.pledge(items=MAXIMUM))

        assert "最高额专利权质押合同" in text
        assert "而非仅为本金上限" in text
        assert "债权确定" in text
        assert "最高额" not in said(filings.pledge())

    def test_names_the_utility_models_with_a_same_day_invention(self) -> None:
        base = filings.pledge()
        named = replace(base, terms=replace(base.terms, same_day_rights=("202111434680.4",)))

        assert "坚持办理质押登记" in said(named)
        assert "坚持办理质押登记" not in said(base)

    def test_of_data_asserts_no_priority_in_rem(self) -> None:
        text = said(filings.pledge(Registry.DATA))

        assert "不产生物权效力" in text
        assert "优先受偿；折价" not in text

    def test_of_marks_takes_the_family_and_the_period(self) -> None:
        text = said(filings.pledge(Registry.TRADEMARK))

        assert "相同、近似商标" in text
        assert "质权登记期限不短于债务履行期限" in text
        assert "续展" in text

    @pytest.mark.parametrize("registry", Registry)
    @pytest.mark.parametrize("kind", ContractKind)
    def test_is_complete_in_english(self, registry: Registry, kind: ContractKind) -> None:
        base = filings.pledge(registry)
        contract = replace(base, items=replace(base.items, kind=kind))

        zh = pledge_contract.pledge_contract(contract, Speech("zh"), dated_on=ON)
        en = pledge_contract.pledge_contract(contract, Speech("en"), dated_on=ON)

        assert len(en.body) == len(zh.body)
        assert "Article 1" in words_of(en)

    def test_leaves_the_day_open_until_it_is_signed(self) -> None:
        unsigned = filings.pledge(items=filings.contract(signed_on=None))

        assert "____年__月__日" in said(unsigned)


class TestToPdf:
    def test_gives_the_same_bytes_again(self) -> None:
        made = pledge_contract.pledge_contract(filings.pledge(), Speech("zh"), dated_on=ON)

        assert deed.to_pdf(made) == deed.to_pdf(made)
        assert deed.to_pdf(made).startswith(b"%PDF")
