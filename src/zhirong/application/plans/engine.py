"""Where blocks of paths are worked out: a port, so that they run here or on a cluster alike."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Engine(Protocol):
    """Works items out somewhere, and gives the results in the order of the items."""

    def in_order(self, work: Callable[[Item], Result], items: Sequence[Item]) -> Iterable[Result]:
        """The result of each item, in their order, whoever worked it out."""
        ...
