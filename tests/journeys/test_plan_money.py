"""`zhirong plan money` as an arranger runs it."""

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from zhirong.cli.main import main

EXAMPLE = Path(__file__).resolve().parents[2] / "examples/ningbo-plan"


def test_writes_the_penetration_of_the_example(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["plan", "money", str(EXAMPLE / "plan.yaml"), "--out", str(tmp_path)])

    assert code == 0
    assert "核对到分，全部相符" in capsys.readouterr().out
    document = json.loads((tmp_path / "money.json").read_text(encoding="utf-8"))
    book = load_workbook(tmp_path / "penetration.xlsx")
    assert book.sheetnames == [
        "资金穿透",
        "资金流转",
        "拒付用款",
        "质押随转",
        "资产置换",
        "账户与钱包核对",
    ]
    assert book["资金流转"].max_row == 4 + len(document["hops"])
    assert book["资金流转"]["O5"].value == document["hops"][0]["sha256"]
    total = [cell.value for cell in book["资金穿透"][4 + 12]]
    assert total[2] == 138_000_000


def test_exits_1_where_a_fen_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "plan")
    path = tmp_path / "plan/plan.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  kept: 0 ", "  kept: 0.01 "), encoding="utf-8")

    code = main(["plan", "money", str(path), "--out", str(tmp_path / "out"), "--lang", "en"])

    assert code == 1
    out = capsys.readouterr().out
    assert "138,000,000.01" in out
    assert "Does not reconcile" in out
