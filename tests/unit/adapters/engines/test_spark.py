"""Blocks on a local cluster of two workers give the bytes of one machine.

Spark and a Java machine are an extra (`make cluster` brings both); without them the check says so.
"""

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.plan_kit import eleven_loans
from zhirong.adapters.engines.spark import SparkEngine
from zhirong.application.plans.prepared import prepared
from zhirong.application.plans.simulation import Simulated, simulate
from zhirong.securitization.behavior.obligor_paths import BLOCK

PATHS = 2 * BLOCK + 777


def in_bytes(found: Simulated) -> list[bytes]:
    views = [
        each.to_bytes()
        for view in found.views
        for part in (view.at_end, view.later)
        for each in part.values()
    ]
    return [
        found.pool.to_bytes(),
        *(each.to_bytes() for each in found.by_attachment.values()),
        *views,
    ]


class TestSparkEngine:
    def test_gives_the_bytes_of_one_machine_block_by_block(
        self, checkout: Path, spark_context: Any
    ) -> None:
        ready = prepared(eleven_loans.inputs(checkout))

        here = simulate(ready, paths=PATHS, seed=3)
        there = simulate(ready, paths=PATHS, seed=3, engine=SparkEngine(spark_context))

        assert in_bytes(there) == in_bytes(here)
        assert there.defaults == here.defaults

    def test_works_on_two_workers(self, spark_context: Any) -> None:
        def process(place: int) -> tuple[int, int]:
            time.sleep(0.2)  # so that no worker takes all
            return place, os.getppid()

        seen = SparkEngine(spark_context).in_order(process, range(8))

        assert [place for place, _ in seen] == list(range(8))
        assert len({worker for _, worker in seen}) == 2


class Backwards:
    """A stand-in for a context whose tasks end in any order."""

    def __init__(self) -> None:
        self.parts = 0

    def parallelize(self, c: Any, numSlices: int | None = None) -> "Backwards":
        self.items, self.parts = c, numSlices or 0
        return self

    def map(self, work: Callable[[Any], Any]) -> "Backwards":
        done = {place: work(item) for place, item in reversed(list(enumerate(self.items)))}
        self.items = [done[place] for place in range(len(self.items))]
        return self

    def collect(self) -> Sequence[Any]:
        return self.items


class TestInOrder:
    def test_asks_for_one_task_a_block(self, checkout: Path) -> None:
        context = Backwards()
        ready = prepared(eleven_loans.inputs(checkout))

        there = simulate(ready, paths=PATHS, seed=3, engine=SparkEngine(context))

        assert context.parts == 3
        assert in_bytes(there) == in_bytes(simulate(ready, paths=PATHS, seed=3))

    def test_asks_nobody_for_nothing(self) -> None:
        assert SparkEngine(Backwards()).in_order(str, []) == []
