"""How soon a command answers: medians of whole processes, interpreter included."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence

from benchmarks.measuring import Measure, seconds

RUNS = 15
# Compiled modules are kept, as they are for whoever calls the command twice.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
COMMANDS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("--help",), "0.1 s"),
    (("number", "201710601862.3"), "0.3 s"),
    (
        ("fees", "--number", "201710601862.3", "--filed", "2017-07-21", "--on", "2026-06-30"),
        "0.3 s",
    ),
    (("appraise", "--help"), ""),
)


def _seconds(command: Sequence[str]) -> float:
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False, env=ENVIRONMENT)
    spent = time.perf_counter() - begun
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{command} failed: {done.stderr.decode(errors='replace')}")
    return spent


def run() -> Iterator[Measure]:
    """The bare interpreter first: what no command can fall below."""
    bare = [sys.executable, "-c", "pass"]
    floor = statistics.median(_seconds(bare) for _ in range(RUNS))
    yield Measure(what="python -c pass", figure=seconds(floor))
    for arguments, target in COMMANDS:
        command = [sys.executable, "-m", "zhirong", *arguments]
        _seconds(command)
        median = statistics.median(_seconds(command) for _ in range(RUNS))
        yield Measure(
            what=f"zhirong {' '.join(arguments[:2])}", figure=seconds(median), target=target
        )
