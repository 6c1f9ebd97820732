"""Where plans meet their adapters: the plan folder read, documents and workbooks written."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from zhirong.adapters.documents.plans.run_workbook import run_workbook
from zhirong.adapters.intake.plans.folder import read_plan_folder
from zhirong.adapters.intake.plans.pool_file import read_pool_file
from zhirong.application.plans.cover import Cover
from zhirong.application.plans.records import PlanInputs
from zhirong.application.plans.run_document import run_document
from zhirong.application.plans.scenario_run import ScenarioRun
from zhirong.application.plans.structure import Structure
from zhirong.application.plans.structure_document import structure_document
from zhirong.core.messages import Language
from zhirong.parameters.reader import catalog

__all__ = ["read_plan", "write_run", "write_structure"]


def read_plan(path: Path) -> PlanInputs:
    """A plan file with its sections and the tape that it names."""
    return read_plan_folder(path, read_pool_file)


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
