"""Where plans meet their adapters: the plan folder read, documents and workbooks written."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from zhirong.adapters.documents.plans.page_charts import page_charts
from zhirong.adapters.documents.plans.plan_words import PlanWords
from zhirong.adapters.documents.plans.run_workbook import run_workbook
from zhirong.adapters.documents.reports.page_charts import PageChart
from zhirong.adapters.intake.plans.folder import read_plan_folder
from zhirong.adapters.intake.plans.pool_file import SUFFIX, pool_bytes, read_pool_file
from zhirong.adapters.intake.plans.tape import TapeIntake, read_pool, read_tape
from zhirong.adapters.intake.template import write_tape_template
from zhirong.adapters.intake.workbook_report import table_label, write_sheets
from zhirong.application.plans.cover import Cover
from zhirong.application.plans.records import PlanInputs
from zhirong.application.plans.run_document import run_document
from zhirong.application.plans.scenario_run import ScenarioRun
from zhirong.application.plans.structure import Structure
from zhirong.application.plans.structure_document import structure_document
from zhirong.core.messages import Language
from zhirong.parameters.reader import catalog
from zhirong.securitization.pool.records import Pool

__all__ = [
    "TapeIntake",
    "charts_of_plan",
    "import_tape",
    "names_of_plan",
    "read_plan",
    "table_label",
    "write_run",
    "write_structure",
    "write_tape_template",
]


def read_plan(path: Path) -> PlanInputs:
    """A plan file with its sections and the tape that it names."""
    return read_plan_folder(path, _read_pool)


def _read_pool(path: Path, cut_off: date) -> tuple[Pool, Mapping[str, str]]:
    """The pool of a tape: a workbook or list of another house, or our own JSON."""
    return (read_pool_file if path.suffix == SUFFIX else read_pool)(path, cut_off)


def import_tape(path: Path, cut_off: date, *, out: Path, lang: Language) -> TapeIntake:
    """A tape read on the cut-off day; `pool.json` and `import.xlsx` written.

    Raises:
        FileRefusedError: The tape is not read at all; its reason says why.
    """
    found = read_tape(path, cut_off)
    _bytes(out / "pool.json", pool_bytes(found.pool))
    write_sheets(out / "import.xlsx", found.sheets, lang)
    return found


def write_run(
    inputs: PlanInputs,
    found: ScenarioRun,
    cover: Sequence[Cover],
    *,
    out: Path,
    lang: Language,
) -> tuple[Path, ...]:
    """`run.json` and `run.xlsx` of one scenario."""
    workbook = run_workbook(inputs, found, cover, words=catalog(), lang=lang)
    return (
        _document(out / "run.json", run_document(inputs, found, cover)),
        _bytes(out / "run.xlsx", workbook),
    )


def write_structure(found: Structure, *, out: Path, lang: Language) -> tuple[Path, ...]:
    """`structure.json`, and the base case as `run.json` and `run.xlsx`."""
    base = found.scenarios[0]
    return (
        _document(out / "structure.json", structure_document(found, catalog(), lang)),
        *write_run(found.inputs, base.found, base.cover, out=out, lang=lang),
    )


def _document(path: Path, document: Mapping[str, Any]) -> Path:
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    return _bytes(path, (text + "\n").encode())


def _bytes(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def charts_of_plan(found: Structure, *, lang: Language) -> tuple[PageChart, ...]:
    """The charts of a structured plan for a page, in one language."""
    return page_charts(found, words=catalog(), lang=lang)


def names_of_plan(inputs: PlanInputs, *, lang: Language) -> dict[str, str]:
    """What people call tranches, supports and obligors of a plan, by their keys."""
    plan = inputs.plan
    names = PlanWords(plan, catalog(), lang)
    keys = [each.key for each in plan.tranches] + [each.key for each in plan.supports]
    return {
        **{key: names.label(key) for key in keys},
        **{each.obligor_id: each.name for each in inputs.pool.obligors},
    }
