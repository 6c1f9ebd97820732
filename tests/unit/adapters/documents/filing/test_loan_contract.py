from dataclasses import replace
from datetime import date

import pytest

from tests import filings
from tests.deed_words import words_of
from zhirong.adapters.documents.filing import loan_contract
from zhirong.adapters.documents.filing.deed import Speech, to_pdf
from zhirong.core.messages import Language
from zhirong.filing.contracts import LoanContract, Repayment, Repricing

ON = date(2026, 6, 29)


def said(contract: LoanContract, lang: Language = "zh") -> str:
    return words_of(loan_contract.loan_contract(contract, Speech(lang), dated_on=ON))


class TestLoanContract:
    @pytest.mark.parametrize(
        "item",
        [
            "人民币伍佰万元整（¥5,000,000.00）",
            "3.45 %",
            "加45个基点",
            "年利率除以360",
            "加收50.0 %",
            "加收100.0 %",
            "实现债权的费用、复利、罚息、利息、本金",
            "超过10,000,000.00 元的，采用贷款人受托支付",
            "ZY-2026-001",
            "登记通知书",
        ],
    )
    def test_says_what_a_credit_department_looks_for(self, item: str) -> None:
        assert item in said(filings.loan())

    def test_of_a_line_lets_repaid_principal_be_drawn_again(self) -> None:
        assert "可以再次提取" in said(filings.loan(is_revolving=True))
        assert "不得再次提取" in said(filings.loan())

    def test_follows_the_prime_rate_where_agreed(self) -> None:
        floating = replace(filings.loan().rate, repricing=Repricing.YEARLY, spread_bp=-10)

        text = said(filings.loan(rate=floating))

        assert "每年按最近一次公布" in text
        assert "减10个基点" in text
        assert "固定不变" not in text

    def test_lists_further_conditions_of_the_approval(self) -> None:
        assert "保险批单" in said(filings.loan(conditions=("保险批单已批注。",)))

    @pytest.mark.parametrize("repayment", Repayment)
    def test_has_words_for_each_form_of_repayment(self, repayment: Repayment) -> None:
        contract = filings.loan(repayment=repayment)

        assert len(said(contract, "en")) > len(said(contract, "zh")) > 1000

    def test_is_set(self) -> None:
        made = loan_contract.loan_contract(filings.loan(), Speech("en"), dated_on=ON)

        assert to_pdf(made).startswith(b"%PDF")
