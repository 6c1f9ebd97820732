"""Writes the folders of `examples/`, byte for byte the same on every run.

python -m tools.make_examples [FOLDER]
"""

import sys
from pathlib import Path

from tools.examples import (
    business,
    exports,
    judgments,
    model,
    papers,
    plan_invoices,
    plan_tape,
    replies,
    rights,
)
from tools.examples.workbook import write

FIRMS = ("firm1", "firm2", "firm3", "firm4", "firm5", "purifier", "hospital", "association")
_KEPT = {"README.md"}


def write_all(target: Path) -> None:
    """All folders of all examples."""
    for name in FIRMS:
        firm = rights.firm(model.load(name))
        folder = target / str(firm.spec["folder"])
        write_folder(firm, folder)
        print(f"{folder}: {len(firm.rights)} rights, {len(firm.refused)} to be refused")
    print(plan_tape.write_tape(target / plan_tape.FOLDER))
    print(plan_invoices.write_invoices(target / plan_tape.FOLDER))


def write_folder(firm: model.Firm, folder: Path) -> None:
    """One folder: the export of the patents, the firm's own workbook, its papers."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.is_file() and old.name not in _KEPT:
            old.unlink()
    exports.write_patents(firm, folder)
    sheets = [*business.sheets(firm), *judgments.sheets(firm), replies.sheet(firm)]
    write(folder / "资料表.xlsx", sheets)
    papers.write(folder / "附件", firm.name, replies.papers(firm))


if __name__ == "__main__":
    write_all(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "examples")
