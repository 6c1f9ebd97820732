"""Papers of the plan's example as they were last made: a change of text shows as a diff.

Made anew by `python -m tools.make_golden_plan_papers`; read the diff before you commit it. All four
were read through, against the example's figures, on 2026-11-24.
"""

import pytest

from tools.make_golden_plan_papers import CASES, FOLDER, Case, paper_text


class TestPlanPapers:
    @pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
    def test_say_what_they_said_before(self, case: Case) -> None:
        kept = (FOLDER / f"{case.name}.txt").read_text(encoding="utf-8")

        assert paper_text(case) == kept

    def test_keep_nothing_that_is_not_made(self) -> None:
        assert {path.stem for path in FOLDER.glob("*.txt")} == {case.name for case in CASES}
