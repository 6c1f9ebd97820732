"""What the domain may touch: numbers and words, never a clock, a file, a network or a framework.

An allow-list, because a ban on names misses what a library pulls in.
"""

import ast
import re
import subprocess
import sys

import pytest

from tests.house.source_tree import CHECKOUT, SOURCE, Module, called, modules

PURE_ROOMS = (
    "core",
    "parameters",
    "rights",
    "firms",
    "diligence",
    "valuation",
    "credit",
    "lending",
    "filing",
    "insurance",
    "securitization",
    "insight",
    "ledger",
    "application",
)
# Of the standard library, what neither tells the time nor reaches outside the process.
STANDARD = {
    "bisect",
    "calendar",
    "collections",
    "concurrent.futures",  # blocks of draws on threads, summed in order
    "dataclasses",
    "datetime",
    "decimal",
    "enum",
    "fractions",
    "functools",
    "hashlib",
    "heapq",
    "itertools",
    "json",
    "math",
    "operator",
    "pathlib",  # names of folders; that nothing is opened is checked below
    "re",
    "statistics",
    "string",
    "types",
    "typing",
    "unicodedata",
}
# scipy.optimize: one root of one function (yields, spreads), nothing drawn and nothing fitted.
LIBRARIES = {"numpy", "numpy.typing", "scipy.optimize", "scipy.special"}
# The one room that reads packaged data.
OF_A_ROOM = {"parameters": {"yaml"}}
READERS = {"parameters/reader.py"}

CLOCK = re.compile(
    r"\b(date\.today|datetime\.(now|utcnow|today)|time\.(time|monotonic|perf_counter|localtime))\b"
)
GLOBAL_RANDOM = re.compile(
    r"\b(np|numpy)\.random\.(?!default_rng\b|Generator\b|SeedSequence\b|PCG64\b|Philox\b|SFC64\b)\w+"
)
FILES = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "unlink", "mkdir", "glob"}
SEEDED = {"default_rng", "SeedSequence", "PCG64", "SFC64", "Philox"}
HEAVY = "django pandas polars xlsxwriter typst lxml python_calamine rich pyarrow sklearn"


def pure_modules() -> list[Module]:
    return [module for module in modules() if module.room in PURE_ROOMS]


def imported(module: Module) -> list[str]:
    names: list[str] = []
    for node in module.nodes():
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
    return names


def is_allowed(name: str, room: str) -> bool:
    package = name.split(".", maxsplit=1)[0]
    known = LIBRARIES | OF_A_ROOM.get(room, set())
    return package == "zhirong" or name in known or bool({name, package} & STANDARD)


class TestRooms:
    def test_are_all_known_to_this_check(self) -> None:
        rooms = {p.name for p in SOURCE.iterdir() if p.is_dir() and (p / "__init__.py").is_file()}

        assert rooms - set(PURE_ROOMS) <= {"adapters", "cli", "platform"}

    def test_import_from_outside_only_what_is_allowed(self) -> None:
        strangers = [
            (module.name, name)
            for module in pure_modules()
            for name in imported(module)
            if not is_allowed(name, module.room)
        ]

        assert strangers == []

    def test_open_no_files(self) -> None:
        found = [
            (module.place(call), called(call))
            for module in pure_modules()
            if module.name not in READERS
            for call in module.calls()
            if called(call) in FILES
        ]

        assert found == []

    def test_read_no_clock(self) -> None:
        assert [m.name for m in pure_modules() if CLOCK.search(m.text)] == []

    def test_print_nothing(self) -> None:
        printing = [m.place(c) for m in pure_modules() for c in m.calls() if called(c) == "print"]

        assert printing == []


class TestDocuments:
    def test_read_no_clock_either(self) -> None:
        outside = [m for m in modules() if m.room in ("adapters", "bootstrap")]

        assert [m.name for m in outside if CLOCK.search(m.text)] == []


class TestRandomness:
    def test_comes_from_a_seed(self) -> None:
        unseeded = [
            m.place(call)
            for m in modules()
            for call in m.calls()
            if called(call) in SEEDED and not call.args and not call.keywords
        ]

        assert unseeded == []

    def test_has_no_state_that_all_share(self) -> None:
        assert [m.name for m in modules() if GLOBAL_RANDOM.search(m.text)] == []
        # Keys and tokens are secrets, not draws: rooms that touch the outside may make them.
        may = ("adapters", "platform", "client_sending")
        outside = [m for m in modules() if m.room in may]
        inside = [m for m in modules() if m.room not in may]
        assert [m.name for m in inside if {"random", "secrets", "uuid"} & set(imported(m))] == []
        assert [m.name for m in outside if {"random", "uuid"} & set(imported(m))] == []


def loaded_by(statement: str, *, names: str) -> list[str]:
    """Those of the names that a fresh interpreter has loaded after the statement."""
    code = f"{statement}\nimport sys\nprint(*[n for n in '{names}'.split() if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=CHECKOUT,
    )
    return done.stdout.split()


class TestLoading:
    def test_of_an_appraisal_pulls_in_no_framework(self) -> None:
        assert loaded_by("import zhirong.application.appraise", names=HEAVY) == []

    @pytest.mark.parametrize(
        "statement",
        ["import zhirong", "import zhirong.cli.main", "import zhirong.core.identifiers.detection"],
    )
    def test_of_small_things_needs_no_numpy(self, statement: str) -> None:
        assert loaded_by(statement, names=f"numpy scipy {HEAVY}") == []

    def test_of_the_package_loads_no_room(self) -> None:
        rooms = " ".join(f"zhirong.{room}" for room in (*PURE_ROOMS, "adapters", "cli"))

        assert loaded_by("import zhirong", names=rooms) == []
