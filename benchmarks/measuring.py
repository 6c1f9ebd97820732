"""How a benchmark measures: the fastest of several runs, since other work only makes it slower."""

import os
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One line of a benchmark.

    Args:
        what: What was done.
        figure: The rate, time or ratio, as text.
        target: What is aimed at; empty where nothing is.
    """

    what: str
    figure: str
    target: str = ""


def fastest(run: Callable[[], object], *, runs: int = 5) -> float:
    """Seconds of the fastest run."""
    best = float("inf")
    for _ in range(runs):
        begun = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - begun)
    return best


def processor_seconds(run: Callable[[], object], *, runs: int = 3) -> float:
    """Seconds of processor time of the cheapest run, all threads together."""
    best = float("inf")
    for _ in range(runs):
        begun = time.process_time()
        run()
        best = min(best, time.process_time() - begun)
    return best


def seconds(value: float) -> str:
    """A time in s, or in ms where it is short."""
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.3g} ms"


def machine() -> str:
    """The machine in one line: processor, cores, Python, numpy."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{_processor()}, {cores} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, numpy {np.__version__}"
    )


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.is_file():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"
