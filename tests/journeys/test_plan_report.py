"""A servicer's payment date: the reports and the workbook, from the command line."""

from pathlib import Path

import pytest

from zhirong.cli.main import main

NAMES = {
    f"{name}{mark}.{kind}"
    for name, kind in (
        ("distribution-report", "pdf"),
        ("servicer-report", "pdf"),
        ("waterfall", "xlsx"),
    )
    for mark in ("", ".en")
}


@pytest.fixture
def plan(checkout: Path) -> str:
    return str(checkout / "examples" / "ningbo-plan" / "plan.yaml")


class TestReport:
    def test_writes_every_paper_in_both_languages(self, plan: str, tmp_path: Path) -> None:
        out = str(tmp_path / "out")

        assert main(["plan", "report", plan, "--date", "2025-05-27", "--out", out]) == 0

        assert {path.name for path in Path(out).iterdir()} == NAMES

    def test_reports_a_scenario(self, plan: str, tmp_path: Path) -> None:
        call = ["plan", "report", plan, "--date", "2025-11-27", "--scenario", "largest_fails"]

        assert main([*call, "--out", str(tmp_path)]) == 0

    @pytest.mark.parametrize(
        ("call", "words"),
        [
            (["--date", "2025-05-28"], "2025-05-27"),
            (["--date", "2025-05-27", "--scenario", "nobody"], "nobody"),
        ],
    )
    def test_says_what_is_wrong_with_a_call(
        self,
        call: list[str],
        words: str,
        plan: str,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        out = tmp_path / "out"

        assert main(["plan", "report", plan, *call, "--out", str(out)]) == 2

        assert words in capsys.readouterr().err
        assert not out.exists()
