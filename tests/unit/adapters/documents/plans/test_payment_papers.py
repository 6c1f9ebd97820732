"""The papers of a payment date: what stands on their pages, in both languages."""

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests.plan_kit.eleven_loans import inputs
from zhirong import bootstrap_plan_papers
from zhirong.application.plans.payment_report import PaymentReport, payment_report
from zhirong.application.plans.records import Scenario
from zhirong.application.plans.scenario_run import run_scenario
from zhirong.parameters.reader import Parameters

CHECKOUT = Path(__file__).parents[5]
FAILING = Scenario(key="two_fail", label="两户违约", defaults=(("F01", date(2025, 5, 20)),))


def report(scenario: Scenario | None = None) -> PaymentReport:
    given = inputs(CHECKOUT)
    found = run_scenario(given, scenario or given.scenarios[0])
    return payment_report(given, found, date(2025, 5, 27), Parameters())


def texts(scenario: Scenario | None = None) -> dict[str, str]:
    found = {}
    for name, content in bootstrap_plan_papers.payment_papers(report(scenario), lang="zh"):
        if name.endswith(".pdf"):
            pdf = pypdfium2.PdfDocument(content)
            found[name] = "\n".join(
                pdf[page].get_textpage().get_text_bounded() for page in range(len(pdf))
            )
            pdf.close()
    return found


@pytest.fixture(scope="module")
def calm() -> dict[str, str]:
    return texts()


@pytest.fixture(scope="module")
def failing() -> dict[str, str]:
    return texts(FAILING)


class TestPaymentPapers:
    def test_are_written_in_both_languages(self, calm: dict[str, str]) -> None:
        assert set(calm) == {
            "distribution-report.pdf",
            "distribution-report.en.pdf",
            "servicer-report.pdf",
            "servicer-report.en.pdf",
        }

    @pytest.mark.parametrize("name", ["distribution-report.pdf", "distribution-report.en.pdf"])
    def test_show_interest_to_the_fen(self, name: str, calm: dict[str, str]) -> None:
        # 131 million at 2.25 % for 89 days of 365
        assert "718,705.48" in calm[name]
        assert "1,159,966.67" in calm[name]

    def test_test_retention_and_show_what_a_security_gets(self, calm: dict[str, str]) -> None:
        text = calm["distribution-report.pdf"]

        assert "自留测试：末档证券余额占全部证券余额 5.1 %，下限 5.0 %，满足" in text.replace(
            "\n", ""
        )
        # 718,705.48 over 1,310,000 securities
        assert "0.5486" in text

    def test_say_that_the_basis_is_assumed(self, calm: dict[str, str]) -> None:
        assert "〔假设〕" in calm["distribution-report.pdf"]
        assert "[assumption]" in calm["distribution-report.en.pdf"]

    def test_name_who_failed_and_what_follows(self, failing: dict[str, str]) -> None:
        assert "加速清偿" in failing["distribution-report.pdf"]
        assert "Accelerated" in failing["distribution-report.en.pdf"]
        assert "19,900,000.00" in failing["servicer-report.en.pdf"]

    def test_are_chinese_in_chinese_and_english_in_english(self, failing: dict[str, str]) -> None:
        english = failing["servicer-report.en.pdf"].replace(report().inputs.plan.name, "")

        assert "债务人" not in english
        assert "Collections by obligor" in english
        assert "None" not in failing["servicer-report.pdf"]
