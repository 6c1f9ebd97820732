"""PostgreSQL's own tools, with the address and password of the settings."""

import os
import subprocess
from pathlib import Path

from django.conf import settings

from zhirong.core.errors import RegisterError


class ToolError(RegisterError):
    """A tool of PostgreSQL is not installed, or failed."""

    code = "error.postgresql_tool"


def dump(target: Path) -> None:
    """Write the whole database to a file, as of one moment.

    Raises:
        ToolError: pg_dump is not there, or failed.
    """
    _run("pg_dump", "--format=custom", "--no-owner", f"--file={target}", "--dbname=" + _name())


def load(source: Path) -> None:
    """Fill the empty database from a file, whole or not at all.

    Raises:
        ToolError: pg_restore is not there, or failed.
    """
    _run(
        "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction",
        "--dbname=" + _name(), str(source),
    )  # fmt: skip


def _name() -> str:
    return str(settings.DATABASES["default"]["NAME"])


def _run(tool: str, *words: str) -> None:
    known = settings.DATABASES["default"]
    environment = {
        **os.environ,
        "PGHOST": str(known["HOST"]),
        "PGPORT": str(known["PORT"] or 5432),
        "PGUSER": str(known["USER"]),
        "PGPASSWORD": str(known["PASSWORD"]),
    }
    try:
        subprocess.run([tool, *words], env=environment, check=True, capture_output=True)
    except FileNotFoundError as missing:
        raise ToolError(f"{tool} is not installed.", tool=tool, said="") from missing
    except subprocess.CalledProcessError as failed:
        said = failed.stderr.decode(errors="replace")[-500:]
        raise ToolError(f"{tool}: {said}", tool=tool, said=said) from failed
