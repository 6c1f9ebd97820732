"""The documentation tells the truth: its tree is the disk, its code runs, its commands parse."""

import ast
import doctest
import importlib
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source_tree import CHECKOUT, SOURCE, modules
from zhirong.cli import main as command_line
from zhirong.cli import running

PAGES = tuple(
    page
    for folder in (CHECKOUT, CHECKOUT / "docs", CHECKOUT / "examples", CHECKOUT / "changelog.d")
    for page in sorted(folder.glob("*.md") if folder == CHECKOUT else folder.rglob("*.md"))
)
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
COMMAND = re.compile(r"^\s*(?:\$ )?(?:\S*/)?zhirong ([a-z]+\b.*)$", re.MULTILINE)
# What a reader replaces by an own value.
STANDS_FOR = {"FOLDER": "folder", "OUT": "out", "PATH": "conclusion.portfolio", "NUMBER": "1"}
# Folders of data that the tree names as a whole.
INSIDE_DATA = (
    "models/",
    "parameters/tree/",
    "parameters/tables/",
    "platform/static/",
    "platform/templates/",
)
# Folders that the framework asks for, by its own names.
OF_FRAMEWORK = ("/migrations/", "/management/")
LAYERS = [
    "cli",
    "adapters",
    "application",
    "diligence",
    "valuation",
    "firms",
    "rights",
    "parameters",
    "core",
]


def page_name(page: Path) -> str:
    return page.relative_to(CHECKOUT).as_posix()


def blocks(page: Path, language: str) -> list[str]:
    return [m[2] for m in BLOCK.finditer(page.read_text(encoding="utf-8")) if m[1] == language]


def commands(page: Path) -> list[str]:
    """The command lines in the page's blocks; continued lines are joined."""
    text = "\n".join(m[2] for m in BLOCK.finditer(page.read_text(encoding="utf-8")))
    return [m[1].split(" #")[0] for m in COMMAND.finditer(text.replace("\\\n", " "))]


WITH_PYTHON = [page for page in PAGES if blocks(page, "python")]
COMMANDS = [(page, line) for page in PAGES for line in commands(page)]


class TestPages:
    def test_are_there(self) -> None:
        names = {page_name(page) for page in PAGES}

        assert {"README.md", "ARCHITECTURE.md", "CHANGELOG.md", "docs/glossary.md"} <= names

    @pytest.mark.parametrize("page", PAGES, ids=page_name)
    def test_link_to_what_is_there(self, page: Path) -> None:
        targets = LINK.findall(page.read_text(encoding="utf-8"))
        local = [target for target in targets if "://" not in target]

        assert [target for target in local if not (page.parent / target).exists()] == []

    @pytest.mark.parametrize("page", PAGES, ids=page_name)
    def test_name_files_that_are_there(self, page: Path) -> None:
        """A path of the checkout in backticks, without placeholders, must exist."""
        named = [
            text.rstrip("/")
            for text in INLINE.findall(page.read_text(encoding="utf-8"))
            if re.fullmatch(r"(src|tests|docs|tools|training|examples|requirements)/[\w./-]+", text)
        ]

        assert [text for text in named if not (CHECKOUT / text).exists()] == []


class TestPythonBlocks:
    @pytest.mark.parametrize("page", WITH_PYTHON, ids=page_name)
    def test_run_from_top_to_bottom(
        self, page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Blocks of one page share their names, as cells of a notebook do."""
        monkeypatch.chdir(CHECKOUT)
        names: dict[str, object] = {"__name__": "docs"}

        for number, text in enumerate(blocks(page, "python")):
            if text.lstrip().startswith(">>>"):
                test = doctest.DocTestParser().get_doctest(text, names, page.name, page.name, 0)
                assert doctest.DocTestRunner().run(test, clear_globs=False).failed == 0
            else:
                code = compile(text, f"{page_name(page)}[{number}]", "exec")
                exec(code, names)  # noqa: S102 - our own documentation

        assert len(names) > 1


class TestCommandLines:
    def test_are_shown(self) -> None:
        assert {line.split()[0] for _, line in COMMANDS} >= {"appraise"}

    @pytest.mark.parametrize(
        ("page", "line"), COMMANDS, ids=[f"{page_name(p)}: {line}" for p, line in COMMANDS]
    )
    def test_parse(self, page: Path, line: str) -> None:
        name, *words = shlex.split(line)
        modules_of = command_line.GROUPS.get(name, command_line.COMMANDS)
        if name in command_line.GROUPS:
            name, words = f"{name} {words[0]}", words[1:]
        assert name.split()[-1] in modules_of

        arguments = [STANDS_FOR.get(word, word) for word in words if word not in ("|", "&&")]
        command = importlib.import_module(modules_of[name.split()[-1]])
        running.parser(name, command, "en").parse_args(arguments)


def tree_lines() -> Iterator[tuple[str, str]]:
    """The paths of the tree in ARCHITECTURE.md and what is said of each."""
    (block,) = blocks(CHECKOUT / "ARCHITECTURE.md", "tree")
    parents: list[str] = []
    for line in block.splitlines()[1:]:
        name, _, told = line.strip().partition(" ")
        depth = (len(line) - len(line.lstrip())) // 2 - 1
        parents = [*parents[:depth], name]
        yield "".join(parents), told.strip()


class TestTree:
    def test_is_the_disk(self) -> None:
        inside = [folder for folder in SOURCE.rglob("*") if folder.is_dir()]
        folders = {
            f"{path}/"
            for path in (folder.relative_to(SOURCE).as_posix() for folder in inside)
            if "__pycache__" not in path and not path.startswith(INSIDE_DATA)
            if not any(name in f"{path}/" for name in OF_FRAMEWORK)
        }
        files = {path.name for path in SOURCE.glob("*.py")} - {"__init__.py", "__main__.py"}

        assert {path for path, _ in tree_lines()} == folders | files

    def test_says_one_line_of_each(self) -> None:
        assert [path for path, told in tree_lines() if len(told) < 8] == []

    def test_stands_in_the_order_of_the_layers(self) -> None:
        order = [path for path, _ in tree_lines() if path.count("/") == 1 and path.endswith("/")]
        assert [name.strip("/") for name in order if name.strip("/") in LAYERS] == LAYERS


class TestMethods:
    def test_have_a_page_each(self) -> None:
        keys = {
            Path(m.name).stem
            for m in modules()
            if m.name.startswith("valuation/methods/") and not m.name.endswith("__init__.py")
        }
        pages = {page.stem for page in (CHECKOUT / "docs" / "methods").glob("*.md")}

        assert keys - pages == set()


class TestGlossary:
    def test_names_words_that_the_code_uses(self) -> None:
        page = (CHECKOUT / "docs" / "glossary.md").read_text(encoding="utf-8")
        rows = [line.split("|") for line in page.splitlines() if line.startswith("| ")]
        codes = {code for row in rows if len(row) == 6 for code in INLINE.findall(row[3])}
        names = {
            name
            for module in modules()
            for node in module.nodes()
            for name in (
                getattr(node, "id", ""),
                getattr(node, "attr", ""),
                getattr(node, "name", ""),
                getattr(node, "arg", ""),
                str(node.value) if isinstance(node, ast.Constant) else "",
            )
        }
        stems = {Path(module.name).stem for module in modules()} | {m.room for m in modules()}

        assert len(codes) > 50
        assert sorted(codes - names - stems) == []


class TestDecisions:
    def test_are_numbered_without_gaps(self) -> None:
        pages = sorted((CHECKOUT / "docs" / "decisions").glob("*.md"))
        numbers = [int(page.name[:4]) for page in pages]

        assert numbers == list(range(1, len(pages) + 1))

    @pytest.mark.parametrize(
        "page", sorted((CHECKOUT / "docs" / "decisions").glob("*.md")), ids=lambda page: page.stem
    )
    def test_say_context_decision_consequences_and_status(self, page: Path) -> None:
        text = page.read_text(encoding="utf-8")

        assert text.startswith(f"# {int(page.name[:4])} ")
        assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == [
            "Context",
            "Decision",
            "Consequences",
            "Status",
        ]


class TestChangelog:
    def test_fragments_follow_the_rule_of_names(self) -> None:
        kinds = "breaking|result|parameter|feature|fix"
        fragments = [p.name for p in (CHECKOUT / "changelog.d").iterdir() if p.name != "README.md"]

        assert [n for n in fragments if not re.fullmatch(rf"[a-z_-]+\.({kinds})\.md", n)] == []

    def test_knows_the_version(self) -> None:
        page = (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")

        assert re.search(r"^## 0\.1\.0", page, re.MULTILINE)
