"""Reading a loan tape: what becomes a pool, and why the rest does not."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from tools.examples.workbook import SheetText, Value, write
from zhirong.adapters.intake.plans.tape import TapeError, TapeIntake, read_pool, read_tape
from zhirong.parameters.reader import catalog
from zhirong.securitization.pool.records import ClaimKind, Due

CUT_OFF = date(2024, 11, 20)
OBLIGORS: list[list[Value]] = [
    ["企业编号", "借款人名称", "所属行业", "地区", "违约概率"],
    ["F1", "甲（虚构）公司", "C39", "一区", "2%"],
    ["F2", "乙（虚构）公司", "C36", "二区", 0.03],
]
CLAIM_HEADS: list[Value] = [
    "借款合同编号",
    "企业编号",
    "资产类型",
    "基准日余额（万元）",
    "年利率",
    "放款日",
    "到期日",
    "还款方式",
    "付息频率",
    "计息基准",
    "是否有权利负担",
    "是否关联方",
]
FIRST: list[Value] = [
    "L1", "F1", "质押贷款", 100, "3.6%", "2024-11-20", "2025-11-20",
    "先息后本", "按季", "实际/360", "否", "否",
]  # fmt: skip
COLLATERAL: list[list[Value]] = [
    ["企业编号", "违约处置所得均值", "变异系数", "流拍概率", "费用率", "回收时滞（月）", "载荷"],
    ["F1", 300000, 0.6, "40%", "15%", 18, 0.4],
]
RIGHTS: list[list[Value]] = [
    ["企业编号", "专利号", "专利类型", "保护期届满日", "是否有权利负担"],
    ["F1", "201710601862.3", "发明", "2037-07-20", "否"],
]


def claim(**changes: Value) -> list[Value]:
    """The first claim with other cells, by heading."""
    cells = dict(zip(map(str, CLAIM_HEADS), FIRST, strict=True))
    return list((cells | changes).values())


def tape(folder: Path, **sheets: Sequence[Sequence[Value]]) -> TapeIntake:
    path = folder / "tape.xlsx"
    known: Mapping[str, Sequence[Sequence[Value]]] = {
        "债务人": OBLIGORS,
        "资产清单": [CLAIM_HEADS, FIRST],
        "质押组合": COLLATERAL,
        "质押专利": RIGHTS,
    }
    found = {**known, **sheets}
    write(path, [SheetText(name, [list(r) for r in rows]) for name, rows in found.items() if rows])
    return read_tape(path, CUT_OFF)


def said(found: TapeIntake) -> list[str]:
    return [catalog().text(each, "zh") for each in found.problems]


class TestReadTape:
    def test_reads_obligors_claims_rights_and_proceeds(self, tmp_path: Path) -> None:
        found = tape(tmp_path)

        assert found.problems == ()
        (one,) = found.pool.claims
        assert (one.claim_id, one.obligor_id, one.kind) == ("L1", "F1", ClaimKind.PLEDGE_LOAN)
        assert (one.balance_fen, one.rate, one.collateral_id) == (100_000_000, 0.036, "F1")
        (held,) = found.pool.collateral
        assert [right.number for right in held.rights] == ["2017106018623"]
        assert held.proceeds.mean == pytest.approx(300_000)
        assert found.rows["L1"] == "tape.xlsx | 资产清单 | 2"

    def test_works_out_what_is_due_from_the_terms(self, tmp_path: Path) -> None:
        """3.6 % on 1,000,000 for 92, 89, 92 and 92 days of a year of 360."""
        (one,) = tape(tmp_path).pool.claims

        assert one.dues == (
            Due(on=date(2025, 2, 20), principal_fen=0, interest_fen=920_000),
            Due(on=date(2025, 5, 20), principal_fen=0, interest_fen=890_000),
            Due(on=date(2025, 8, 20), principal_fen=0, interest_fen=920_000),
            Due(on=date(2025, 11, 20), principal_fen=100_000_000, interest_fen=920_000),
        )

    def test_begins_a_seasoned_loan_at_its_last_payment_day(self, tmp_path: Path) -> None:
        row = claim(放款日="2024-06-20", 到期日="2025-06-20")
        (one,) = tape(tmp_path, 资产清单=[CLAIM_HEADS, row]).pool.claims

        assert [due.on for due in one.dues] == [
            date(2024, 12, 20),
            date(2025, 3, 20),
            date(2025, 6, 20),
        ]
        assert one.dues[0].interest_fen == 910_000  # 91 days since 2024-09-20

    def test_takes_listed_amounts_in_place_of_terms(self, tmp_path: Path) -> None:
        dues: list[list[Value]] = [
            ["合同编号", "应付日", "应付本金", "应付利息"],
            ["L1", "2025-06-30", 400000, 20000],
            ["L1", "2025-12-31", 600000, 10000.5],
        ]
        (one,) = tape(tmp_path, 还款计划=dues).pool.claims

        assert [due.principal_fen for due in one.dues] == [40_000_000, 60_000_000]
        assert one.dues[1].interest_fen == 1_000_050

    def test_takes_one_sheet_that_says_all(self, tmp_path: Path) -> None:
        heads = [*CLAIM_HEADS, "企业名称", "所属行业", "地区", "违约概率"]
        row = [*claim(企业编号=None), "丙（虚构）公司", "C34", "三区", "1.5%"]
        found = tape(tmp_path, 债务人=[], 质押组合=[], 质押专利=[], 资产清单=[heads, row])

        assert found.problems == ()
        (who,) = found.pool.obligors
        assert (who.name, who.pd_one_year) == ("丙（虚构）公司", 0.015)
        assert found.pool.claims[0].collateral_id is None

    def test_leaves_out_obligors_that_owe_nothing(self, tmp_path: Path) -> None:
        assert [each.obligor_id for each in tape(tmp_path).pool.obligors] == ["F1"]

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"企业编号": "F9"}, "找不到企业“F9”"),
            ({"到期日": "2024-10-31"}, "先后不对"),
            ({"还款方式": None}, "缺少还款方式"),
            ({"基准日余额（万元）": -1}, "不是精确到分的非负金额"),
            ({"资产类型": "股权"}, "不在可选项内"),
        ],
    )
    def test_refuses_a_claim_with_the_reason(
        self, tmp_path: Path, changes: dict[str, Value], words: str
    ) -> None:
        found = tape(tmp_path, 资产清单=[CLAIM_HEADS, FIRST, claim(借款合同编号="L2", **changes)])

        assert [each.claim_id for each in found.pool.claims] == ["L1"]
        (problem,) = said(found)
        assert words in problem
        assert problem.startswith("tape.xlsx | 资产清单 | ")
        assert "3：" in problem
        (sheet,) = [each for each in found.sheets if each.table == "tape_claims"]
        assert (sheet.rows_read, sheet.rows_accepted, sheet.rows_refused) == (2, 1, 1)

    def test_refuses_a_number_that_stands_twice(self, tmp_path: Path) -> None:
        found = tape(tmp_path, 资产清单=[CLAIM_HEADS, FIRST, FIRST])

        assert len(found.pool.claims) == 1
        assert "L1 已在 tape.xlsx | 资产清单 | 2 出现" in said(found)[0]

    def test_refuses_listed_amounts_that_do_not_sum_to_the_balance(self, tmp_path: Path) -> None:
        dues: list[list[Value]] = [
            ["合同编号", "应付日", "应付本金", "应付利息"],
            ["L1", "2025-06-30", 999999.99, 0],
        ]
        found = tape(tmp_path, 还款计划=dues)

        assert found.pool.claims == ()
        assert "与余额" in said(found)[0]

    def test_refuses_what_was_due_before_the_cut_off(self, tmp_path: Path) -> None:
        dues: list[list[Value]] = [
            ["合同编号", "应付日", "应付本金", "应付利息"],
            ["L1", "2024-11-20", 0, 1],
            ["L1", "2025-06-30", 1000000, 0],
        ]
        assert "不在基准日" in said(tape(tmp_path, 还款计划=dues))[0]

    @pytest.mark.parametrize(
        ("heads", "cells", "words"),
        [
            (["违约处置所得均值", "P50"], [1, 2], "写了不止一种"),
            (["P10", "P50", "P90"], [3, 2, 1], "没有从小到大"),
            (["评估结果"], ["../elsewhere.json"], "不是本文件夹内的评估结果"),
            (["违约处置所得均值", "流拍概率"], [1, "100%"], "无法变现概率与处置所得矛盾"),
        ],
    )
    def test_refuses_proceeds_that_say_nothing_sound(
        self, tmp_path: Path, heads: list[Value], cells: list[Value], words: str
    ) -> None:
        table = [
            ["企业编号", *heads, "费用率", "回收时滞（月）", "载荷"],
            ["F1", *cells, "15%", 18, 0.4],
        ]
        found = tape(tmp_path, 质押组合=table, 质押专利=[])

        assert found.pool.collateral == ()
        assert words in said(found)[0]

    def test_refuses_rights_of_a_set_that_is_not_there(self, tmp_path: Path) -> None:
        found = tape(tmp_path, 质押组合=[])

        assert "质押组合表中没有 F1" in said(found)[0]

    def test_says_so_where_there_is_no_claim_at_all(self, tmp_path: Path) -> None:
        found = tape(tmp_path, 资产清单=[], 债务人=[], 质押组合=[], 质押专利=[["甲", "乙"], [1, 2]])

        assert said(found) == [
            "tape.xlsx 中没有入池资产：请核对表头，或用 zhirong plan template 生成的空表"
        ]

    def test_refuses_a_credit_code_that_fails_its_check(self, tmp_path: Path) -> None:
        heads, *rows = OBLIGORS
        obligors = [[*heads, "统一社会信用代码"], *([*row, "91990000MAXXXX2188"] for row in rows)]
        found = tape(tmp_path, 债务人=obligors)

        assert found.pool.obligors == ()
        assert "91990000MAXXXX2188 的校验码不对" in said(found)[0]

    def test_refuses_a_balance_above_what_was_lent(self, tmp_path: Path) -> None:
        heads, first = [*CLAIM_HEADS, "合同金额"], [*FIRST, "90万元"]
        found = tape(tmp_path, 资产清单=[heads, first])

        assert found.pool.claims == ()
        assert "基准日余额超过合同金额 900,000.00 元" in said(found)[0]


class TestReadPool:
    def test_leaves_no_refused_row_out_silently(self, tmp_path: Path) -> None:
        tape(tmp_path, 资产清单=[CLAIM_HEADS, FIRST, claim(借款合同编号="L2", 企业编号="F9")])

        with pytest.raises(TapeError) as caught:
            read_pool(tmp_path / "tape.xlsx", CUT_OFF)
        assert len(caught.value.problems) == 1

    def test_gives_the_example_with_all_its_firms(self) -> None:
        pool, rows = read_pool(Path("examples/ningbo-plan/tape.xlsx"), CUT_OFF)

        assert (len(pool.obligors), len(pool.claims)) == (11, 11)
        assert sum(len(each.rights) for each in pool.collateral) == 60
        assert pool.balance_fen == 13_800_000_000
        assert set(rows) >= {claim.claim_id for claim in pool.claims}
