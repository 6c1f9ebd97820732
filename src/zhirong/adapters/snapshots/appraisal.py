"""`result.json`: the snapshot of an appraisal.

Envelope: kind, schema_version, engine_version, parameters_hash, content_hash, body. A snapshot is
never migrated in place, since others rely on its hash; an older one is read through a chain of pure
functions, one for each step of the schema.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhirong.application.result import Appraisal
from zhirong.core.codec import canonical, encode
from zhirong.core.errors import InputError
from zhirong.core.hashes import sha256

KIND = "zhirong.appraisal"
SCHEMA_VERSION = 1
# schema version → function to the next one; empty while there is only one.
UPCASTS: Mapping[int, Callable[[Any], Any]] = {}


class SnapshotError(InputError):
    """A file that is no snapshot of an appraisal, or of a version that this program cannot read."""

    code = "error.snapshot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A snapshot as read: its plain body and whether it is as it was written."""

    body: Any
    schema_version: int
    engine_version: str
    is_intact: bool


def snapshot_bytes(appraisal: Appraisal) -> bytes:
    """The snapshot; the same appraisal gives the same bytes."""
    body = encode(appraisal)
    return canonical(
        {
            "kind": KIND,
            "schema_version": SCHEMA_VERSION,
            "engine_version": appraisal.head.engine_version,
            "parameters_hash": appraisal.head.parameters_hash,
            "content_hash": sha256(canonical(body)),
            "body": body,
        }
    )


def read_snapshot(path: Path) -> Snapshot:
    """The snapshot in a file.

    Raises:
        SnapshotError: The file is missing, is no JSON, or no snapshot of an appraisal.
    """
    try:
        content = path.read_bytes()
    except OSError as wrong:
        raise SnapshotError(f"{path} cannot be read: {wrong}", file=str(path)) from wrong
    return parse_snapshot(content, name=str(path))


def parse_snapshot(content: bytes, *, name: str) -> Snapshot:
    """The snapshot in the bytes of a file; `name` is said in errors.

    Raises:
        SnapshotError: No JSON, or no snapshot of an appraisal.
    """
    try:
        document = json.loads(content)
    except ValueError as wrong:
        raise SnapshotError(f"{name} cannot be read: {wrong}", file=name) from wrong
    if not isinstance(document, dict) or document.get("kind") != KIND:
        raise SnapshotError(f"{name} is no result of an appraisal.", file=name)
    version = document["schema_version"]
    body = document["body"]
    is_intact = document["content_hash"] == sha256(canonical(body))
    while version < SCHEMA_VERSION:
        body = UPCASTS[version](body)
        version += 1
    if version != SCHEMA_VERSION:
        raise SnapshotError(f"{name} has schema {version}, which is newer.", file=name)
    return Snapshot(
        body=body,
        schema_version=int(document["schema_version"]),
        engine_version=str(document["engine_version"]),
        is_intact=is_intact,
    )
