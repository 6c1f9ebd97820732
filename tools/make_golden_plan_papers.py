"""Write papers of the plan's example as text: python -m tools.make_golden_plan_papers.

Read the diff before you commit it; the tool itself reviews nothing.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pypdfium2

from zhirong import bootstrap_plan_papers, bootstrap_plans
from zhirong.application.plans.payment_report import payment_report
from zhirong.application.plans.scenario_run import run_scenario, scenario_of
from zhirong.parameters.reader import Parameters

CHECKOUT = Path(__file__).resolve().parent.parent
FOLDER = CHECKOUT / "tests" / "golden" / "plan_papers"
PLAN = CHECKOUT / "examples" / "ningbo-plan" / "plan.yaml"


@dataclass(frozen=True, slots=True)
class Case:
    """A scenario's payment date, and the paper that is kept of it."""

    scenario: str
    on: date
    paper: str

    @property
    def name(self) -> str:
        """Name of the golden file."""
        return f"{self.scenario}.{self.paper.removesuffix('.pdf')}"


CASES = (
    Case("base", date(2025, 5, 27), "distribution-report.pdf"),
    Case("base", date(2025, 5, 27), "distribution-report.en.pdf"),
    Case("three_fail", date(2025, 8, 27), "servicer-report.pdf"),
    Case("three_fail", date(2025, 8, 27), "servicer-report.en.pdf"),
)


@cache
def _papers(scenario: str, on: date) -> dict[str, bytes]:
    inputs = bootstrap_plans.read_plan(PLAN)
    found = run_scenario(inputs, scenario_of(inputs, scenario))
    report = payment_report(inputs, found, on, Parameters())
    return dict(bootstrap_plan_papers.payment_papers(report, lang="zh"))


def paper_text(case: Case) -> str:
    """The text of every page, pages parted by a line."""
    document = pypdfium2.PdfDocument(_papers(case.scenario, case.on)[case.paper])
    pages = [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
    document.close()
    lines = "\n-- page --\n".join(pages).replace("\r\n", "\n").replace("\r", "\n").splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


def main() -> None:
    """Write every golden file."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        (FOLDER / f"{case.name}.txt").write_text(paper_text(case), encoding="utf-8")


if __name__ == "__main__":
    main()
