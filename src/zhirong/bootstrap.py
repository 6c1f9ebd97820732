"""The only place where ports meet adapters."""

from pathlib import Path

from zhirong.adapters.intake import template
from zhirong.core.messages import Language


def write_template(path: Path, lang: Language) -> None:
    """Writes the empty intake workbook."""
    template.write_template(path, lang)
