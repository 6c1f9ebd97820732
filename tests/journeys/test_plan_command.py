"""An arranger's afternoon: the plan of 138 million structured and run from the command line."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from zhirong.cli.main import main

LINE = "plan.yaml"


@pytest.fixture(scope="module")
def structured(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The structure of the example as written."""
    out = tmp_path_factory.mktemp("structured")
    plan = checkout / "examples" / "ningbo-plan" / LINE
    assert main(["plan", "structure", str(plan), "--out", str(out), "--paths", "30000"]) == 0
    document: dict[str, Any] = json.loads((out / "structure.json").read_bytes())
    return document


@pytest.fixture
def folder(checkout: Path, tmp_path: Path) -> Path:
    """A copy of the example to spoil."""
    copy = tmp_path / "plan"
    shutil.copytree(checkout / "examples" / "ningbo-plan", copy)
    return copy


def spoiled(folder: Path, *changes: tuple[str, str]) -> Path:
    text = (folder / LINE).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / LINE).write_text(text, encoding="utf-8")
    return folder / LINE


def line_of(path: Path, words: str) -> int:
    return path.read_text(encoding="utf-8").split(words, 1)[0].count("\n") + 1


def by_key(rows: list[dict[str, Any]], key: str = "key") -> dict[str, dict[str, Any]]:
    return {str(each[key]): each for each in rows}


class TestStructure:
    def test_holds_the_pool_of_the_source(self, structured: dict[str, Any]) -> None:
        pool = structured["pool"]

        assert (pool["obligors"], pool["rights"]) == (11, 60)
        assert pool["balance"] == 138_000_000_00
        obligors = pool["cuts"]["obligor"]
        assert obligors[0]["share"] == pytest.approx(0.1442, abs=0.00005)
        assert pool["top_five"] == pytest.approx(0.604, abs=0.0005)
        assert {each["standing"] for each in pool["findings"]} == {"met"}
        assert len(pool["without_one"]) == 11

    def test_meets_the_printed_figures_of_the_base_case(self, structured: dict[str, Any]) -> None:
        base = structured["scenarios"][0]
        senior, junior = base["tranches"]

        assert base["collected"] - 138_000_000_00 == pytest.approx(4_757_000_00, abs=500_00)
        assert senior["interest_fen"] == pytest.approx(2_948_000_00, abs=1_000_00)
        assert junior["residual_fen"] == pytest.approx(473_000_00, abs=1_000_00)
        assert base["cover"][-1]["interest"] == pytest.approx(1.114, abs=0.0005)
        assert base["supports_paid"] == {"shortfall_payer": 0, "guarantor": 0}

    def test_costs_no_firm_more_than_two_percent_after_the_subsidy_that_stands_apart(
        self, structured: dict[str, Any]
    ) -> None:
        costs = structured["costs"]

        assert len(costs["firms"]) == 11
        for firm in costs["firms"]:
            assert firm["cost"]["before_subsidy"] == pytest.approx(0.0402, abs=0.0001)
            assert firm["cost"]["after_subsidy"] == pytest.approx(0.0187, abs=0.0001)
            assert firm["cost"]["subsidy"] > 0
            assert firm["is_within"]
        assert costs["firms"][0]["balance_fen"] == 19_900_000_00

    def test_shows_where_the_line_of_two_percent_breaks(self, structured: dict[str, Any]) -> None:
        cells = {
            (each["loan_rate"], each["guarantee_fee_rate"], each["interest_subsidy_share"]): each
            for each in structured["costs"]["table"]
        }

        assert cells[0.034, 0.005, 0.5]["after_subsidy"] == pytest.approx(0.0187, abs=0.0001)
        assert cells[0.034, 0.005, 0.4]["after_subsidy"] == pytest.approx(0.0222, abs=0.0001)
        assert not cells[0.034, 0.005, 0.4]["is_within"]

    def test_says_what_the_guarantor_is_worth(self, structured: dict[str, Any]) -> None:
        views = by_key(structured["losses"]["views"])
        bare = by_key(views["unsupported"]["tranches"])["senior"]
        backed = by_key(views["supported"]["tranches"])["senior"]

        assert bare["at_end"]["expected_loss"]["value"] > 0.005
        assert backed["at_end"]["expected_loss"]["value"] < 0.0001
        assert int(backed["grade"]["grade"]) < int(bare["grade"]["grade"])
        attached = structured["losses"]["by_attachment"]["senior"]["probability_of_loss"]
        # 14.8 % where every default brings 15 % back; here each set is drawn, a little worse.
        assert 0.14 < attached["value"] < 0.165

    def test_keeps_the_steps_to_the_market_with_their_documents(
        self, structured: dict[str, Any]
    ) -> None:
        steps = by_key(structured["issue"])

        assert set(steps) >= {"bookbuilding", "no_objection", "filing", "listing", "closing"}
        assert all(each["documents"] and each["state"] == "done" for each in steps.values())
        assert [each["on"] for each in structured["issue"]] == sorted(
            each["on"] for each in structured["issue"]
        )


class TestRun:
    def test_writes_the_cash_of_everybody_by_date(
        self, checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        plan = checkout / "examples" / "ningbo-plan" / LINE
        call = ["plan", "run", str(plan), "--scenario", "largest_fails", "--out", str(tmp_path)]

        assert main([*call, "--lang", "en"]) == 0

        assert "CNY 12,923,287.85" in capsys.readouterr().out
        document = json.loads((tmp_path / "run.json").read_bytes())
        failed = by_key(document["obligors"], "obligor_id")["F01"]
        assert failed["defaulted"] == [0, 19_900_000_00, 0, 0]
        assert document["stage"][0] == "normal"
        assert "accelerated" in document["stage"]
        assert len(load_workbook(tmp_path / "run.xlsx").sheetnames) == 7

    def test_ends_with_1_where_the_senior_loses(
        self, checkout: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        plan = checkout / "examples" / "ningbo-plan" / LINE

        assert main(["plan", "run", str(plan), "--scenario", "three_fail_bare", "--json"]) == 1

        document = json.loads(capsys.readouterr().out)
        assert sum(document["tranches"]["senior"]["loss"]) > 0

    def test_names_the_scenarios_where_one_is_unknown(
        self, checkout: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        plan = checkout / "examples" / "ningbo-plan" / LINE

        assert main(["plan", "run", str(plan), "--scenario", "boom", "--lang", "en"]) == 2
        assert "largest_fails" in capsys.readouterr().err


CIRCLE = """\
    - transfer: collection
      into: spare
    - transfer: spare
      into: collection
"""
MISTAKES = {
    "an account never funded": (
        ("账户}\n", "账户}\n  spare: {label: 备付}\n"),
        ("  spare:", "No cash ever comes into"),
    ),
    "a tranche never paid": (
        ("tranches:\n", "tranches:\n  mezzanine: {balance: 1_000, principal: pass_through}\n"),
        ("  mezzanine:", "The principal of “mezzanine” is never paid"),
    ),
    "cash in a circle": (
        ("  normal:\n", f"  normal:\n{CIRCLE}"),
        ("- transfer: spare", "A circle"),
    ),
    "payments that begin at the closing": (
        ("payments: {first: 2025-02-27", "payments: {first: 2024-11-27"),
        ("  payments:", "is not after the closing"),
    ),
    "a closing before the cut-off": (
        ("closing: 2024-11-27", "closing: 2024-11-01"),
        ("  closing:", "before the cut-off"),
    ),
    "a word that is none": (
        ("day_count: act/365", "day_count: act/364"),
        ("  day_count:", "is no word of this place"),
    ),
}


class TestBadInput:
    """Each mistake is named with its line and its rule, and nothing is written."""

    @pytest.mark.parametrize("name", MISTAKES)
    @pytest.mark.parametrize("command", ["run", "structure"])
    def test_is_told_by_line(
        self, folder: Path, capsys: pytest.CaptureFixture[str], name: str, command: str
    ) -> None:
        change, (at, says) = MISTAKES[name]
        more = [MISTAKES["an account never funded"][0]] if "circle" in name else []
        plan = spoiled(folder, change, *more)

        code = main(["plan", command, str(plan), "--lang", "en", "--out", str(folder / "out")])

        said = capsys.readouterr().err
        assert code == 2
        assert says in said
        assert f"Line {line_of(plan, at)} " in said
        assert not (folder / "out").exists()

    @pytest.mark.parametrize("command", ["run", "structure"])
    def test_names_rule_and_row_of_a_pool_that_breaks_one(
        self, folder: Path, capsys: pytest.CaptureFixture[str], command: str
    ) -> None:
        book = load_workbook(folder / "tape.xlsx")
        sheet = book["入池资产"]
        column = [cell.value for cell in sheet[1]].index("是否有权利负担") + 1
        sheet.cell(row=4, column=column).value = "是"
        book.save(folder / "tape.xlsx")
        call = ["plan", command, str(folder / LINE), "--lang", "en", "--out", str(folder / "out")]

        assert main(call) == 2

        said = capsys.readouterr().err
        assert "[unencumbered]" in said
        assert "L03" in said
        assert "4" in said.split("[unencumbered]")[0].splitlines()[-1]
        waived = "tape: tape.xlsx\n  waived: {unencumbered: 2024-11-26已解除}"
        spoiled(folder, ("tape: tape.xlsx", waived))
        assert main(["plan", "run", str(folder / LINE)]) == 0

    @pytest.mark.parametrize(
        ("command", "more", "says"),
        [
            ("run", ["--out", "plan.yaml"], "cannot be the folder of results"),
            ("structure", ["--out", "plan.yaml/inside"], "cannot be the folder of results"),
            ("structure", ["--out", "out", "--paths", "0"], "must be 1 or more"),
        ],
    )
    def test_refuses_a_call_that_cannot_be_obeyed(
        self,
        folder: Path,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        command: str,
        more: list[str],
        says: str,
    ) -> None:
        monkeypatch.chdir(folder)

        assert main(["plan", command, LINE, *more, "--lang", "en"]) == 2
        assert says in capsys.readouterr().err

    def test_refuses_to_structure_more_than_the_pool_holds(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        plan = spoiled(folder, ("balance: 131_000_000", "balance: 151_000_000"))

        assert main(["plan", "structure", str(plan), "--out", str(folder / "out")]) == 2
        assert "158,000,000.00" in capsys.readouterr().err

    @pytest.mark.parametrize("command", ["structure", "run", "report", "import"])
    def test_says_where_nothing_can_be_written(
        self,
        folder: Path,
        capsys: pytest.CaptureFixture[str],
        command: str,
    ) -> None:
        out, taken = folder / "out", ("pool.json", "run.json", "structure.json")
        for name in (*taken, "distribution-report.pdf"):
            (out / name).mkdir(parents=True)  # a folder stands where the file should be
        more = {
            "structure": ["--paths", "64"],
            "report": ["--date", "2025-02-27"],
            "import": ["--cut-off", "2024-11-20"],
        }.get(command, [])
        read = str(folder / ("tape.xlsx" if command == "import" else "plan.yaml"))

        code = main(["plan", command, read, *more, "--out", str(out), "--lang", "en"])

        assert code == 2
        assert "cannot be written" in capsys.readouterr().err
