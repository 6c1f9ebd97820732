"""Write the golden result of the newest schema: what a release once signed must stay readable.

    .venv/bin/python -m tools.make_golden_result

Run it when the schema gets a new version, or when figures move before a release; then a fragment in
`changelog.d/` says which, and how far. The file of a released version is never written anew.
"""

import sys
from pathlib import Path

from tests.case_factory import full_case, options
from zhirong.adapters.snapshots.appraisal import SCHEMA_VERSION, snapshot_bytes
from zhirong.application.appraise import appraise
from zhirong.rights.law import shipped

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "golden" / "results"


def run() -> int:
    """Appraise the full case of the tests and keep its snapshot."""
    target = FOLDER / f"schema-{SCHEMA_VERSION}.json"
    target.write_bytes(snapshot_bytes(appraise(full_case(), options(), law=shipped())))
    print(f"{target}: {target.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(run())
