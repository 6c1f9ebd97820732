"""Vendors' scores and values in the report: beside ours, with scale, day and place."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.case_factory import BASE, RIGHTS, appraised, case
from tests.unit.adapters.documents.reports.sample_valuation import LANGUAGES, pdf, raw_texts
from zhirong.application.case.case_file import Exported, ThirdPartyValue
from zhirong.application.result import Appraisal
from zhirong.core.messages import Language
from zhirong.core.sources import Source


def exported(
    heading: str,
    written: str,
    scale: str | None = None,
    currency: str | None = None,
    **facts: Any,
) -> ThirdPartyValue:
    given: dict[str, Any] = {
        "provider": "incoPat",
        "kind": "vendor_score",
        "scope": RIGHTS[0],
        "valued_on": date(2026, 6, 28),
        "exported": Exported(
            heading=heading, written=written, scale=scale, currency=currency, dated_by="export"
        ),
        "source": Source(file="export.xlsx", sheet="Data", row=7, column="Q", sha256="ab" * 32),
    }
    return ThirdPartyValue(**(given | facts))


def result(*others: ThirdPartyValue) -> Appraisal:
    return appraised(case(BASE, third_party_values=others), purpose="pledge")


def flat(appraisal: Appraisal, lang: Language) -> str:
    return "".join("".join(raw_texts(appraisal, lang)).split())


class TestVendorBlocks:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_prints_scores_with_their_scales_beside_ours(self, lang: Language) -> None:
        shown = flat(
            result(
                exported("合享价值度", "9", score=Decimal(9), scale="1-10"),
                exported("DPI", "61.5", score=Decimal("61.5"), provider="", valued_on=None),
            ),
            lang,
        )

        words = {
            "zh": ("合享价值度9（1-10）", "DPI61.5（尺度未注明）", "提供方未知", "未注明日期"),
            "en": ("合享价值度9(1-10)", "DPI61.5(scalenotstated)", "unknownprovider", "notdated"),
        }
        assert all(word in shown for word in words[lang])
        assert "Q7" in shown

    def test_prints_foreign_money_as_it_stands(self) -> None:
        money = exported(
            "专利价值（美元）",
            "$12,000",
            kind="vendor_value",
            amount=Decimal(12_000),
            currency="USD",
        )
        shown = flat(result(money), "zh")

        assert "$12,000" in shown
        assert "USD计，不折算" in shown
        assert "1.20" not in shown.partition("$12,000")[2][:20]

    def test_prints_nothing_where_exports_hold_none(self) -> None:
        assert "数据商评分与估值" not in flat(result(), "zh")

    def test_sets_the_same_pages_each_time(self) -> None:
        one = result(exported("DPI", "61.5", score=Decimal("61.5")))

        assert pdf(one, "zh") == pdf(one, "zh")
