"""The house's own code as parsed modules, for the checks that read it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
SOURCE = CHECKOUT / "src" / "zhirong"

Function = ast.FunctionDef | ast.AsyncFunctionDef
Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One parsed file; `name` is its path from the package, with slashes."""

    path: Path
    name: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        return self.name.split("/", maxsplit=1)[0].removesuffix(".py")

    @cached_property
    def _nodes(self) -> tuple[ast.AST, ...]:
        return tuple(ast.walk(self.tree))

    def nodes(self) -> Iterator[ast.AST]:
        return iter(self._nodes)

    def functions(self) -> Iterator[Function]:
        return (node for node in self.nodes() if isinstance(node, Function))

    def classes(self) -> Iterator[ast.ClassDef]:
        return (node for node in self.nodes() if isinstance(node, ast.ClassDef))

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in self.nodes() if isinstance(node, ast.Call))

    def texts(self) -> Iterator[ast.Constant]:
        """The text literals that are no docstrings."""
        documented = [node for node in self.nodes() if isinstance(node, Documented)]
        docstrings = {id(first_statement(node)) for node in documented}
        for node in self.nodes():
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if is_text and id(node) not in docstrings:
                yield node

    def place(self, node: ast.AST) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 0)}"


def first_statement(node: Documented) -> ast.expr | None:
    """The docstring's node, where there is one."""
    first = node.body[0] if node.body else None
    return first.value if isinstance(first, ast.Expr) else None


def docstring_lines(node: Documented) -> int:
    if ast.get_docstring(node, clean=False) is None:
        return 0
    first = node.body[0]
    return (first.end_lineno or first.lineno) - first.lineno + 1


def parsed(path: Path, root: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(path, path.relative_to(root).as_posix(), text, ast.parse(text))


@cache
def modules() -> tuple[Module, ...]:
    """The modules of the package, but for migrations, which the framework writes."""
    files = [path for path in sorted(SOURCE.rglob("*.py")) if not is_migration(path)]
    return tuple(parsed(path, SOURCE) for path in files)


def is_migration(path: Path) -> bool:
    return path.parent.name == "migrations" and path.name[0].isdigit()


@cache
def surroundings() -> tuple[Module, ...]:
    """The Python files beside the package: tests, tools, training, benchmarks."""
    folders = ("tests", "tools", "training", "benchmarks")
    files = [file for folder in folders for file in sorted((CHECKOUT / folder).rglob("*.py"))]
    return tuple(parsed(file, CHECKOUT) for file in files)


def pattern(node: ast.expr) -> str | None:
    """A regular expression for a text literal or an f-string; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        parts = [pattern(part) or ".+" for part in node.values]
        return "".join(parts)
    return None


def called(call: ast.Call) -> str:
    """The last name of what is called: `words.text` is text."""
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""
