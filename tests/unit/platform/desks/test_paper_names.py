"""What papers are called on a page."""

import pytest

from zhirong.platform.desks.paper_names import paper_name


class TestPaperName:
    @pytest.mark.parametrize(
        ("name", "use", "said"),
        [
            ("due-diligence.pdf", "appraisal", "尽职调查报告"),
            ("valuation.en.pdf", "appraisal", "价值评估报告（英文）"),
            ("ZR202600001.pdf", "deed", "主合同"),
            ("ZR202600001-P1-establish-pledge-contract.pdf", "deed", "质押合同"),
            ("ZR202600001-P1-establish-commitment-2.pdf", "deed", "承诺书"),
            ("ZR202600001-P1-establish-1-manifest.json", "filing", "报送清单"),
            ("electronic-list.xlsx", "filing", "电子清单"),
            ("202600000001.txt", "notice", "登记机关通知"),
            ("odd-name.bin", "filing", "odd-name.bin"),
        ],
    )
    def test_says_what_it_is(self, name: str, use: str, said: str) -> None:
        assert paper_name(name, use) == said
