"""The example folders from their files to all reports, as a user calls it: a process of its own."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from benchmarks.measuring import Measure, fastest, seconds
from zhirong.adapters.intake.folder import IntakeSettings, read_folder
from zhirong.application.appraise import appraise
from zhirong.application.case.options import AppraisalOptions
from zhirong.application.subset import value_of_subset
from zhirong.parameters.calendars import china
from zhirong.parameters.reader import Parameters
from zhirong.rights.law import PatentLaw

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
FIVE, ONE = EXAMPLES / "five-firms", EXAMPLES / "water-purifier"
DAY, MATURITY = date(2026, 6, 30), date(2027, 6, 30)
OPTIONS = AppraisalOptions(
    purpose="pledge", valuation_date=DAY, report_date=DAY, debt_term_end=MATURITY
)


def _command(folder: Path, lang: str, out: str) -> Sequence[str]:
    dates = ("--valuation-date", str(DAY), "--debt-term-end", str(MATURITY))
    call = (sys.executable, "-m", "zhirong", "appraise", str(folder), "--purpose", "pledge")
    return (*call, *dates, "--lang", lang, "--out", out)


def _whole(folder: Path, lang: str) -> float:
    def work() -> None:
        with tempfile.TemporaryDirectory() as out:
            subprocess.run(_command(folder, lang, out), check=True, capture_output=True)

    return fastest(work, runs=3)


def run() -> Iterator[Measure]:
    """Five firms with 92 patents, then one with 102; reading and the engine apart."""
    for what, folder, lang, target in (
        ("five firms, 92 patents, all reports in one language", FIVE, "zh", "15 s"),
        ("five firms, 92 patents, all reports in both", FIVE, "both", "25 s"),
        ("water purifier, 102 patents, one language", ONE, "zh", ""),
    ):
        yield Measure(what=what, figure=seconds(_whole(folder, lang)), target=target)
    firms = sorted(item for item in FIVE.iterdir() if item.is_dir())
    settings = IntakeSettings(parameters=Parameters(), valuation_date=DAY, house=None, exclude=())
    cases = [read_folder(firm, settings=settings).case_file for firm in firms]

    def read() -> None:
        for firm in firms:
            read_folder(firm, settings=settings)

    def value() -> None:
        for case in cases:
            appraise(case, OPTIONS, law=PatentLaw(parameters=Parameters(), calendar=china()))

    yield Measure(what="five firms: reading", figure=seconds(fastest(read)))
    yield Measure(what="five firms: the engine", figure=seconds(fastest(value)), target="1 s")
    law = PatentLaw(parameters=Parameters(), calendar=china())
    result = appraise(read_folder(ONE, settings=settings).case_file, OPTIONS, law=law)
    some = [patent.app_no for patent in result.case.patents[::2]]
    spent = fastest(lambda: value_of_subset(result, some))
    yield Measure(
        what=f"water purifier: {len(some)} of its rights as a set, drawn again",
        figure=seconds(spent),
        target="1 s",
    )
