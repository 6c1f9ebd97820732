"""Where a plan's money meets its adapters: section read, rails of the sandbox, files written."""

import json
import tempfile
from pathlib import Path

from zhirong.adapters.documents.plans.money_workbook import money_workbook
from zhirong.adapters.intake.plans.money_section import has_money, read_money
from zhirong.adapters.intake.plans.tape import read_pool
from zhirong.adapters.rails.in_process import InProcessRails
from zhirong.application.plans.money_document import money_document
from zhirong.application.plans.money_run import MoneyRun, carry_out
from zhirong.application.plans.records import PlanInputs
from zhirong.core.messages import Language
from zhirong.parameters.reader import catalog

__all__ = ["document_of_money", "has_money", "run_money", "write_money"]

SEED = 1


def run_money(path: Path, inputs: PlanInputs) -> MoneyRun:
    """The money of a plan over the sandbox's bank and operator, in a file that is thrown away.

    Raises:
        NoMoneySectionError: The plan file says nothing of its money.
        PlanFileError: Its section has problems.
    """
    terms = read_money(path, inputs, read_pool)
    with tempfile.TemporaryDirectory() as folder:
        rails = InProcessRails(folder=Path(folder), seed=SEED)
        try:
            return carry_out(inputs, terms, rails)
        finally:
            rails.close()


def document_of_money(found: MoneyRun, lang: Language) -> dict[str, object]:
    """`money.json` as plain data."""
    return money_document(found, catalog(), lang)


def write_money(found: MoneyRun, *, out: Path, lang: Language) -> tuple[Path, ...]:
    """`money.json` and `penetration.xlsx` in a folder."""
    out.mkdir(parents=True, exist_ok=True)
    document = document_of_money(found, lang)
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    (out / "money.json").write_text(text + "\n", encoding="utf-8")
    (out / "penetration.xlsx").write_bytes(money_workbook(document, found, catalog(), lang))
    return out / "money.json", out / "penetration.xlsx"
