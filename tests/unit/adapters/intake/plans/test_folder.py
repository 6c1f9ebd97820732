"""The sections beside the securities: what they give, and what is said of each mistake, by line."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from tests.plan_kit.eleven_loans import eleven_loans
from zhirong.adapters.intake.plans.folder import NoPlanFileError, read_plan_folder
from zhirong.adapters.intake.plans.reader import PlanFileError
from zhirong.application.plans.assumed import Speed
from zhirong.application.plans.records import PlanInputs, StepState
from zhirong.parameters.reader import catalog
from zhirong.securitization.pool.records import Pool


def tape(_: Path, __: date) -> tuple[Pool, Mapping[str, str]]:
    return eleven_loans(), {"L01": "row 2"}


@pytest.fixture
def text(checkout: Path) -> str:
    return (checkout / "examples" / "ningbo-plan" / "plan.yaml").read_text(encoding="utf-8")


def read(folder: Path, text: str, *changes: tuple[str, str]) -> PlanInputs:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "tape.xlsx").write_bytes(b"")
    (folder / "plan.yaml").write_text(text, encoding="utf-8")
    return read_plan_folder(folder / "plan.yaml", tape)


class TestReadPlanFolder:
    def test_gives_every_section_of_the_example(self, tmp_path: Path, text: str) -> None:
        found = read(tmp_path, text)

        assert found.collected_on[0] == date(2025, 2, 20)
        assert found.behavior is not None
        assert found.behavior.correlation == 0.2
        assert found.behavior.supporters[0].failure_event == "shortfall_payer_downgraded"
        assert [each.key for each in found.scenarios][:2] == ["base", "largest_fails"]
        assert found.stress is not None
        assert found.stress.recoveries == (None, 0.2, 0.0)
        assert found.targets[0].expected_loss == pytest.approx(0.00004)
        assert found.costs is not None
        assert found.costs.interest_share == 0.5
        assert [each.key for each in found.steps][-1] == "listing"
        assert {each.state for each in found.steps} == {StepState.DONE}
        assert found.rows == {"L01": "row 2"}

    def test_reads_other_words_of_behavior(self, tmp_path: Path, text: str) -> None:
        found = read(
            tmp_path,
            text,
            ("copula: gaussian", "copula: student_t\n  degrees: 4\n  industry_correlation: 10%"),
            ("recovery: collateral  ", "recovery: {flat: 15%, lag_months: 6}  "),
            ("  supporters:  ", "  prepayment: {cpr: 6%}\n  supporters:  "),
            (
                "default_probability: {all: 2%}",
                "migration: {grades: [A, D], matrix: [[98%, 2%], [0, 1]]}",
            ),
        )

        assert found.behavior is not None
        assert found.behavior.degrees == 4.0
        assert found.behavior.recovery.flat == 0.15
        assert found.behavior.prepayment is not None
        assert found.behavior.prepayment.speed is Speed.CPR
        assert found.behavior.defaults.migration is not None

    def test_has_a_base_case_where_the_file_names_none(self, tmp_path: Path, text: str) -> None:
        found = read(tmp_path, text, ("  base: {label: 基准（按合同）}\n", ""))

        assert found.scenarios[0].key == "base"

    @pytest.mark.parametrize(
        ("old", "new", "code"),
        [
            ("correlation: 20%    ", "correlation: 120%   ", "plan.problem.probability"),
            ("copula: gaussian", "copula: gausian", "plan.problem.word_near"),
            ("copula: gaussian", "copula: student_t", "plan.problem.missing"),
            ("defaults: {F01:", "defaults: {F99:", "plan.problem.unknown_name"),
            ("tape: tape.xlsx", "tape: missing.xlsx", "plan.problem.no_file"),
            ("last: 2025-11-20}", "last: 2026-11-20}", "plan.problem.collected"),
            ("{first: 2025-02-20, every", "{first: 2024-11-20, every", "plan.problem.collected"),
            ("on: 2024-10-12", "on: 2024-08-12", "plan.problem.step_order"),
            ("paths: 100_000", "paths: 100_000_000", "plan.problem.paths"),
            (
                "  senior: {expected_loss",
                "  mezzanine: {expected_loss",
                "plan.problem.unknown_name",
            ),
            (
                "    guarantor: {default_pro",
                "    guarantors: {default_pro",
                "plan.problem.unknown_name",
            ),
            ("interest: 50%", "interest: 150%", "plan.problem.part"),
            ("lag_months: 6}", "lag_months: -6}", "plan.problem.whole"),
            ("{all: 2%}", "{all: 2%, by_obligor: {F77: 1%}}", "plan.problem.unknown_name"),
            ("sponsor: ", "sponsors: ", "plan.problem.word_near"),
            ("simulation: {", "simulations: {", "plan.problem.word_near"),
            ("{F01: 2025-05-20}", "{F01: 2029-05-20}", "plan.problem.outside_life"),
            ("{F01: 2025-05-20}", "{F01: 2024-05-20}", "plan.problem.outside_life"),
            ("vat: 3%,", "vat: 3,", "plan.problem.part"),
            ("surcharges: 12%", "surcharges: 12", "plan.problem.part"),
            ("on: 2025-02-27}", "on: 2026-02-27}", "plan.problem.after_end"),
            ("bullet, start: 2025-11-27", "bullet, start: 2026-11-27", "plan.problem.after_end"),
            ("balance: 131_000_000", "balance: 151_000_000", "plan.problem.issue_above_pool"),
        ],
    )
    def test_names_line_and_rule_of_a_mistake(
        self, tmp_path: Path, text: str, old: str, new: str, code: str
    ) -> None:
        with pytest.raises(PlanFileError) as wrong:
            read(tmp_path, text, (old, new))

        (problem,) = wrong.value.problems
        assert problem.code == code
        before = text.split(old, 1)[0].count("\n") + 1
        # A thing that is missing or out of order is told at the section that it is missing in.
        assert before - 12 <= int(str(problem.facts["line"])) <= before + 1
        for lang in ("zh", "en"):
            assert catalog().text(problem, lang)

    def test_tells_all_mistakes_at_once(self, tmp_path: Path, text: str) -> None:
        with pytest.raises(PlanFileError) as wrong:
            read(tmp_path, text, ("seed: 20241127", "seed: x"), ("line: 2%", "line: many"))

        assert len(wrong.value.problems) == 2

    def test_says_that_a_file_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(NoPlanFileError):
            read_plan_folder(tmp_path / "plan.yaml", tape)
