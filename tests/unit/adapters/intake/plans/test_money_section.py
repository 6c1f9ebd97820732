"""The section `money`: what it gives, and what is said of each mistake, by line."""

import shutil
from pathlib import Path

import pytest

from zhirong import bootstrap_plans
from zhirong.adapters.intake.plans.money_section import (
    NoMoneySectionError,
    has_money,
    read_money,
)
from zhirong.adapters.intake.plans.reader import PlanFileError
from zhirong.adapters.intake.plans.tape import TapeError, read_pool
from zhirong.application.plans.money_terms import MoneyTerms
from zhirong.parameters.reader import catalog
from zhirong.securitization.money.hops import MoneyRail


@pytest.fixture
def folder(checkout: Path, tmp_path: Path) -> Path:
    shutil.copytree(checkout / "examples" / "ningbo-plan", tmp_path / "plan")
    return tmp_path / "plan"


def read(folder: Path, *changes: tuple[str, str]) -> MoneyTerms:
    path = folder / "plan.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return read_money(path, bootstrap_plans.read_plan(path), read_pool)


class TestReadMoney:
    def test_gives_every_part_of_the_example(self, folder: Path) -> None:
        found = read(folder)

        assert found.subscribed_over is MoneyRail.SETTLEMENT
        assert found.goods == ("原材料", "生产设备", "研发检测")
        assert sum(each.amount_fen for each in found.invoices) == 138_000_000_00
        assert len(found.uses) == len(found.invoices) + 4
        assert len(found.pledges) == 60
        assert sorted({len(each.events) for each in found.pledges}) == [3, 5]
        assert len(found.holders.firms) == 11

    def test_names_the_line_of_every_mistake(self, folder: Path) -> None:
        lines = (folder / "plan.yaml").read_text(encoding="utf-8").splitlines()
        rails = next(n for n, text in enumerate(lines, 1) if text.startswith("  rails:"))

        with pytest.raises(PlanFileError) as caught:
            read(
                folder,
                ("price: bank, loan", "price: ecny, loan"),
                ("invoices: invoices.xlsx", "invoices: none.xlsx"),
                ('    F02: "0031000000000202"', '    F02: "0031000000000201"'),
            )

        found = {each.code: each.facts["line"] for each in caught.value.problems}
        assert found["plan.problem.word"] == rails
        assert found["plan.problem.no_file"] == rails - 1
        assert found["plan.problem.wallet_twice"] > rails  # type: ignore[operator]
        for each in caught.value.problems:
            assert catalog().text(each, "zh") != catalog().text(each, "en")

    def test_holds_the_order_of_pledge_events(self, folder: Path) -> None:
        with pytest.raises(PlanFileError) as caught:
            read(folder, ("    notified: {on: 2024-11-26", "    notified: {on: 2024-11-20"))

        assert [each.code for each in caught.value.problems] == ["plan.problem.pledge_event"]

    def test_refuses_a_swap_of_an_unknown_claim(self, folder: Path) -> None:
        swap = "  swaps: {L99: {reason: repaid, note: x, by: y, on: 2024-11-22}}\n  pledges:"
        with pytest.raises(PlanFileError) as caught:
            read(folder, ("  pledges:", swap))

        assert [each.code for each in caught.value.problems] == ["plan.problem.unknown_name"]

    def test_refuses_invoices_of_no_claim(self, folder: Path) -> None:
        rows = "发票号码,合同编号,供应商,收款钱包,价税合计\n1,L99,甲,W1,100\n2,L01,乙,W2,1.005\n"
        (folder / "list.csv").write_text(rows, encoding="utf-8")

        with pytest.raises(TapeError) as caught:
            read(folder, ("invoices.xlsx", "list.csv"))

        told = [catalog().text(each, "zh") for each in caught.value.problems]
        assert len(told) == 2
        assert "L99" in told[0]
        assert "1.005" in told[1]

    def test_needs_the_section(self, folder: Path) -> None:
        text = (folder / "plan.yaml").read_text(encoding="utf-8")
        before, _, rest = text.partition("money:")
        (folder / "plan.yaml").write_text(
            before + "issue:" + rest.partition("\nissue:")[2], encoding="utf-8"
        )

        assert not has_money(folder / "plan.yaml")
        with pytest.raises(NoMoneySectionError):
            read(folder)
