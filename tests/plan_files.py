"""The example plan's files as tests give them: as they are, or without what takes long."""

import re
from pathlib import Path

from zhirong.platform.documents.services import NewFile

FOLDER = Path(__file__).parents[1] / "examples" / "ningbo-plan"
# Sections in which losses are simulated; without `behavior` nothing is.
SIMULATED = ("behavior", "stress", "simulation", "targets")


def plan_text(*, is_simulated: bool = False) -> str:
    """The plan file; without its assumptions, unless simulated with few paths."""
    text = (FOLDER / "plan.yaml").read_text(encoding="utf-8")
    if is_simulated:
        text = re.sub(r"paths: [\d_]+", "paths: 2_000", text)
        return _without(text, ("stress", "targets"))
    return _without(text, SIMULATED)


def _without(text: str, sections: tuple[str, ...]) -> str:
    for name in sections:
        text = re.sub(rf"^{name}:.*\n(?:[ #].*\n|\n)*", "", text, flags=re.MULTILINE)
    return text


def plan_files(*, is_simulated: bool = False, text: str = "") -> tuple[NewFile, ...]:
    """Plan file and tape, as an arranger chooses them."""
    content = text or plan_text(is_simulated=is_simulated)
    tape = (FOLDER / "tape.xlsx").read_bytes()
    return (
        NewFile(name="plan.yaml", content=content.encode(), media_type="application/yaml"),
        NewFile(name="tape.xlsx", content=tape, media_type="application/zip"),
    )
