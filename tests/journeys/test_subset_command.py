"""What some of the water purifier's 102 rights are worth, from the command line."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests import examples
from zhirong import api
from zhirong.application.appraise import appraise
from zhirong.application.case.options import AppraisalOptions
from zhirong.application.result import Appraisal
from zhirong.cli.main import main

DAY = date(2026, 6, 30)


@pytest.fixture(scope="module")
def appraisal() -> Appraisal:
    folder = examples.EXAMPLES / "water-purifier"
    options = AppraisalOptions(
        purpose="pledge", valuation_date=DAY, report_date=DAY, debt_term_end=date(2027, 6, 30)
    )
    case = api.read_folder(folder, valuation_date=DAY).case_file
    return appraise(case, options, law=api.shipped_law())


@pytest.fixture(scope="module")
def result(appraisal: Appraisal, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return api.write_result(appraisal, tmp_path_factory.mktemp("kept") / "result.json")


def _numbers(appraisal: Appraisal) -> list[str]:
    return [patent.app_no for patent in appraisal.case.patents]


def _asked(capsys: pytest.CaptureFixture[str], *call: str) -> dict[str, Any]:
    assert main(["subset", *call, "--json"]) == 0
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


class TestSubset:
    def test_of_all_rights_gives_the_results_figures(
        self, appraisal: Appraisal, result: Path, capsys: pytest.CaptureFixture[str]
    ):
        listed = result.with_name("all.txt")
        listed.write_text("\n".join(_numbers(appraisal)), encoding="utf-8")

        found = _asked(capsys, str(result), "--file", str(listed))

        kept = json.loads(result.read_bytes())["body"]["valuation"]
        assert found["value"] == kept["total"]
        assert found["pledge"] == kept["pledge"]
        assert found["is_intact"] is True

    def test_falls_as_rights_are_released(
        self, appraisal: Appraisal, result: Path, capsys: pytest.CaptureFixture[str]
    ):
        numbers = _numbers(appraisal)
        values = [
            _asked(capsys, str(result), "--rights", ",".join(numbers[:count]))["value"]["value"]
            for count in (102, 60, 20)
        ]

        assert values[0] >= values[1] >= values[2]
        assert values[0] > values[2] > 0

    @pytest.mark.parametrize(
        ("lang", "said"), [("zh", "重放 40,000 次联合抽样"), ("en", "40,000 joint draws")]
    )
    def test_prints_the_set_and_says_that_it_was_drawn_again(
        self,
        lang: str,
        said: str,
        appraisal: Appraisal,
        result: Path,
        capsys: pytest.CaptureFixture[str],
    ):
        three = ",".join(_numbers(appraisal)[:3])

        assert main(["subset", str(result), "--rights", three, "--lang", lang]) == 0

        printed = capsys.readouterr().out
        assert said in printed
        assert "20260630" in printed

    def test_refuses_a_right_that_is_not_there(
        self, result: Path, capsys: pytest.CaptureFixture[str]
    ):
        code = main(["subset", str(result), "--rights", "2017106018623", "--lang", "en"])

        assert code == 2
        assert "2017106018623" in capsys.readouterr().err

    @pytest.mark.parametrize("call", [[], ["--file", "nowhere.txt"]])
    def test_wants_rights(self, call: list[str], result: Path, capsys: pytest.CaptureFixture[str]):
        assert main(["subset", str(result), *call, "--lang", "en"]) == 2
        assert "list" in capsys.readouterr().err

    def test_says_that_a_file_was_changed(
        self, appraisal: Appraisal, result: Path, capsys: pytest.CaptureFixture[str]
    ):
        document = json.loads(result.read_bytes())
        document["body"]["case"]["firm"]["name"] += "!"
        changed = result.with_name("changed.json")
        changed.write_text(json.dumps(document), encoding="utf-8")

        found = _asked(capsys, str(changed), "--rights", _numbers(appraisal)[0])

        assert found["is_intact"] is False
