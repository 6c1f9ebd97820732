"""The import graph: no cycle among modules, and the contracts of the layers hold."""

from collections.abc import Mapping

import grimp
import pytest


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("zhirong", cache_dir=None)


def knot(imports: Mapping[str, set[str]]) -> set[str]:
    """The modules that stand on a cycle, or between two: what is left when ends are taken off."""
    left = {name: set(targets) for name, targets in imports.items()}
    while True:
        ends = {name for name, targets in left.items() if not targets & left.keys()}
        if not ends:
            break
        left = {name: targets for name, targets in left.items() if name not in ends}
    while True:
        starts = left.keys() - {target for targets in left.values() for target in targets}
        if not starts:
            return set(left)
        left = {name: targets for name, targets in left.items() if name not in starts}


class TestKnot:
    def test_finds_a_cycle_and_leaves_what_hangs_on_it(self) -> None:
        imports = {"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set()}

        assert knot(imports) == {"b", "c"}


class TestModules:
    def test_import_each_other_in_no_circle(self, graph: grimp.ImportGraph) -> None:
        imports = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}

        assert len(imports) > 100
        assert knot(imports) == set()

    def test_of_a_package_never_go_through_its_own_front_door(
        self, graph: grimp.ImportGraph
    ) -> None:
        """Only the version is taken from the top; a name from there would close a circle."""
        by = graph.find_modules_that_directly_import("zhirong")
        lines = [
            line["line_contents"]
            for name in by
            for line in graph.get_import_details(importer=name, imported="zhirong")
        ]

        assert set(lines) <= {"from zhirong import __version__", "from zhirong import bootstrap"}
