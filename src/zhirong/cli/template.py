"""`zhirong template`: an empty intake workbook with help texts.

Exit codes: 0 written, 2 the file exists already or cannot be written.
"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from zhirong import bootstrap
from zhirong.cli.ground_words import words
from zhirong.core.errors import InputError
from zhirong.core.messages import Language


class TemplateFileError(InputError):
    """The workbook cannot be written there."""

    code = "cli.template.not_written"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options; help texts are codes of the catalog."""
    parser.add_argument("--out", type=Path, metavar="FILE", help="cli.template.option.out")
    parser.add_argument("--force", action="store_true", help="cli.template.option.force")


def run(options: argparse.Namespace) -> int:
    """Write the workbook and say where it is.

    Raises:
        TemplateFileError: The file exists and `--force` was not given, or it cannot be written.
    """
    path: Path = options.out or Path(words("cli.template.file_name", options.lang))
    written_as(path, bootstrap.write_template, options)
    if options.json:
        print(json.dumps({"file": str(path)}, ensure_ascii=False))
    else:
        print(words("cli.template.written", options.lang, file=str(path)))
    return 0


def written_as(
    path: Path, write: Callable[[Path, Language], None], options: argparse.Namespace
) -> None:
    """Write an empty workbook under a name that is free.

    Raises:
        TemplateFileError: The file exists and `--force` was not given, or it cannot be written.
    """
    if path.suffix.lower() != ".xlsx":
        raise _error(path, "extension")
    if path.exists() and not options.force:
        raise _error(path, "exists")
    if not path.parent.is_dir():
        raise _error(path, "no_folder")
    try:
        write(path, options.lang)
    except OSError:
        raise _error(path, "no_right") from None


def _error(path: Path, reason: str) -> TemplateFileError:
    text = f"{path} was not written: {reason}."
    return TemplateFileError(text, file=str(path), reason=f"cli.template.{reason}")
