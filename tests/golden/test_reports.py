"""The reports of two examples as they were last made: a change of text shows as a diff.

All eight were read through from first to last line, against the examples' inputs and against each
other, and approved on 2026-11-23. Made anew by `python -m tools.make_golden_reports`; read the
diff before you commit it, and say here when they were last read through.
"""

from pathlib import Path

import pytest

from tools.make_golden_reports import CASES, FOLDER, report_text


@pytest.mark.slow
class TestReports:
    @pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
    def test_say_what_they_said_before(self, case) -> None:  # noqa: ANN001 - a case of the tool
        kept = (FOLDER / f"{case.name}.txt").read_text(encoding="utf-8")

        assert report_text(case) == kept

    def test_keep_nothing_that_is_not_made(self) -> None:
        names = {f"{case.name}.txt" for case in CASES}

        assert {path.name for path in Path(FOLDER).glob("*.txt")} == names
