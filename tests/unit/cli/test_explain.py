"""How `zhirong explain` shows a figure."""

import re
from pathlib import Path

import pytest

from tests import examples
from zhirong.adapters.snapshots.appraisal import snapshot_bytes
from zhirong.cli.main import main

PUMPS = "five-firms/4-pumps-valves"


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("result") / "result.json"
    path.write_bytes(snapshot_bytes(examples.appraisal(PUMPS)))
    return str(path)


class TestRun:
    @pytest.mark.parametrize("depth", ["0", "1", "2", "9"])
    def test_names_what_it_does_not_open(
        self, depth: str, result: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["explain", result, "relief_from_royalty.value", "--depth", depth]) == 0

        formulas = [line for line in capsys.readouterr().out.splitlines() if "  = " in line]
        assert formulas
        assert [line for line in formulas if re.search(r"[{}]|[a-z]_[a-z]", line)] == []
