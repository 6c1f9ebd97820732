"""`zhirong verify`: who signed a file, when, and whether a byte of it was changed.

Exit codes: 0 valid, 1 not valid, 2 the file or a root cannot be read.
"""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from zhirong import bootstrap_signing
from zhirong.cli.verify_text import document, lines
from zhirong.core.errors import InputError

EXIT_NOT_VALID = 1


class VerifyFileError(InputError):
    """The file to verify cannot be read."""

    code = "error.verify_file"

    def __init__(self, file: str) -> None:
        super().__init__(f"{file} cannot be read.", file=file)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options; help texts are codes of the catalog."""
    parser.add_argument("file", type=Path, metavar="FILE", help="cli.verify.option.file")
    parser.add_argument(
        "--trust",
        type=Path,
        metavar="ROOT.pem",
        action="append",
        default=[],
        help="cli.verify.option.trust",
    )


def run(options: argparse.Namespace) -> int:
    """Say what was found; 1 where the file is not valid.

    Raises:
        VerifyFileError: There is no such file, or it cannot be read.
    """
    try:
        found = bootstrap_signing.verify(options.file, trust=options.trust, at=datetime.now(UTC))
    except OSError as wrong:
        raise VerifyFileError(str(options.file)) from wrong
    if options.json:
        print(json.dumps(document(found, options.lang), ensure_ascii=False, indent=1))
    else:
        print("\n".join(lines(found, options.lang)))
    return 0 if found.is_valid else EXIT_NOT_VALID
