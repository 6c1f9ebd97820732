"""Write two examples' reports as text: python -m tools.make_golden_reports.

Read the diff before you commit it; the tool itself reviews nothing.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from tests import examples
from zhirong.adapters.documents.document import to_pdf
from zhirong.adapters.documents.reports.diligence import diligence_report
from zhirong.adapters.documents.reports.valuation import valuation_report
from zhirong.core.messages import Language
from zhirong.parameters.reader import catalog

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "golden" / "reports"
REPORTS = {"due-diligence": diligence_report, "valuation": valuation_report}
LANGUAGES: tuple[Language, ...] = ("zh", "en")
# Hashes and what is made from them change with every byte; they say nothing to a reader.
HASHES = re.compile(
    r"\b[0-9a-f]{16,64}\b|\b[0-9A-F]{4}(-[0-9A-F]{4}){3}\b|(?<=ZR-\d{8}-)[0-9A-F]{6}\b"
)
# Its digits' widths decide whether a hash at the end of a sentence still fits on the line.
WRAPPED = re.compile(r"\n#(?=[.\u3002]\n)")


@dataclass(frozen=True, slots=True)
class Case:
    """A report of an example in a language."""

    example: str
    report: str
    lang: Language

    @property
    def name(self) -> str:
        """Name of the golden file."""
        return f"{self.example.rsplit('/', 1)[-1]}.{self.report}.{self.lang}"


CASES = tuple(
    Case(example, report, lang)
    for example in ("five-firms/4-pumps-valves", examples.PURIFIER)
    for report in REPORTS
    for lang in LANGUAGES
)


def report_text(case: Case) -> str:
    """The text of every page, pages parted by a line."""
    appraisal = examples.appraisal(case.example)
    pdf = to_pdf(REPORTS[case.report](appraisal, words=catalog(), lang=case.lang))
    document = pypdfium2.PdfDocument(pdf)
    pages = [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
    document.close()
    lines = "\n-- page --\n".join(pages).replace("\r\n", "\n").replace("\r", "\n").splitlines()
    text = HASHES.sub("#", "\n".join(line.rstrip() for line in lines))
    return WRAPPED.sub(" #", text) + "\n"


def make() -> None:
    """Write every golden text anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        (FOLDER / f"{case.name}.txt").write_text(report_text(case), encoding="utf-8")


if __name__ == "__main__":
    make()
