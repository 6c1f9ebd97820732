"""Blocks of a simulation on a Spark cluster: one task a block, results in the order of blocks.

The house brings its own context, made as its cluster wants it; this package does not load Spark.
Its workers need this package, at the same version, and the same numpy: then each block leaves the
same bytes as on one machine, since a block has its own seed and knows nothing of the others.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from zhirong.application.plans.engine import Item, Result


class SparkContext(Protocol):
    """As much of `pyspark.SparkContext` as is used."""

    def parallelize(self, c: Any, numSlices: int | None = None) -> Any:  # noqa: ANN401 - Spark's own
        """A distributed collection of the items in so many parts."""
        ...


@dataclass(frozen=True, slots=True)
class SparkEngine:
    """A cluster behind a context of Spark; `application.plans.engine.Engine`."""

    context: SparkContext

    def in_order(self, work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
        """The result of each item, one task each, collected in the order of the items."""
        if not items:
            return []
        return list(self.context.parallelize(list(items), len(items)).map(work).collect())
