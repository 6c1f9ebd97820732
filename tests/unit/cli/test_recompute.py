"""`zhirong recompute`: which tree of published values is another one than the result's."""

import json
from pathlib import Path

import pytest

from tests.case_factory import BASE, appraised, case
from zhirong.adapters.snapshots.appraisal import snapshot_bytes
from zhirong.cli.main import main


@pytest.fixture
def result(tmp_path: Path) -> Path:
    path = tmp_path / "result.json"
    path.write_bytes(snapshot_bytes(appraised(case(BASE))))
    return path


class TestRun:
    def test_is_silent_about_the_same_parameters(
        self, result: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["recompute", str(result)]) == 0
        assert "参数" not in capsys.readouterr().out

    def test_says_that_a_house_is_given_that_the_result_did_not_read(
        self, result: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "house" / "pledge").mkdir(parents=True)
        (tmp_path / "house" / "pledge" / "own.yaml").write_text("a: b", encoding="utf-8")

        code = main(["recompute", str(result), "--house", str(tmp_path / "house")])

        assert code == 0
        assert "没有使用本机构参数" in capsys.readouterr().out

    def test_gives_both_states_as_json(
        self, result: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["recompute", str(result), "--json"]) == 0

        told = json.loads(capsys.readouterr().out)
        assert told["parameters"] == {"shipped": "same", "house": "none"}
