"""The reader of what the package ships as data: parameters, words, models, tables.

A parameter's path is a file: `pledge.cap.invention` is `tree/pledge/cap/invention.yaml`, read when
asked for. Each file holds one parameter: description, unit, values by start date with their
source, and the day of its last review.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from zhirong.core.errors import ParameterError
from zhirong.core.hashes import sha256
from zhirong.core.messages import Catalog

TREE = Path(__file__).parent / "tree"
PACKAGE = Path(__file__).parent.parent
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Table = Mapping[str, Any]


class ParameterNotFoundError(ParameterError):
    """No such parameter, or none in force on the day asked for."""

    code = "error.parameter_not_found"

    def __init__(self, path: str, *, on: date, first: date | None) -> None:
        known = f"the first one starts on {first}" if first else "there is no such parameter"
        super().__init__(
            f"No value of {path} on {on}: {known}. "
            "Choose a later date, or add a dated value with its source.",
            path=path,
            on=on,
            first=first,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One published value in force on a day.

    `value` is a Decimal, a text, or for tables (fee bands, weights) a plain nested mapping or list
    with numbers as text. `unit` is a unit of the register (`core/units.py`); `source` keeps the
    tag that tells how far it was verified.
    """

    path: str
    value: Any
    unit: str
    valid_from: date
    source: str
    reviewed_on: date

    @property
    def number(self) -> Decimal:
        """The value as an exact number.

        Raises:
            ParameterError: The parameter is a table or a text.
        """
        if not isinstance(self.value, Decimal):
            raise ParameterError(f"{self.path} is no single number.", path=self.path)
        return self.value

    @property
    def is_unverified(self) -> bool:
        """Whether the source says that nobody confirmed the value ([OWN], [DESIGN], [K])."""
        return any(tag in self.source for tag in ("OWN", "DESIGN", "[K]", "UNVERIFIED"))


def exact(value: Any) -> Any:  # noqa: ANN401 - a YAML value is any of its types
    """A plain value with every number as an exact Decimal; text that is no number stays."""
    if isinstance(value, bool | None):
        return value
    if isinstance(value, int | float):
        return Decimal(str(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return _exact_text(value)
    if isinstance(value, list):
        return [exact(item) for item in value]
    return {str(key): exact(item) for key, item in value.items()}


def _exact_text(text: str) -> Decimal | str:
    try:
        number = Decimal(text)
    except ArithmeticError:
        return text
    return number if number.is_finite() else text


def load_yaml(data: bytes) -> Any:  # noqa: ANN401 - a YAML document is any of its types
    """A YAML document of plain types (safe loader)."""
    return yaml.load(data, Loader=_LOADER)  # noqa: S506 - a safe loader, in C where there is one


@cache
def _place(folder: Path, path: str) -> Path:
    return folder.joinpath(*f"{path.replace('.', '/')}.yaml".split("/"))


@cache
def _document(path: Path) -> Any:  # noqa: ANN401 - as load_yaml
    return load_yaml(path.read_bytes())


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeHashes:
    """Which published values a result may have read: the shipped ones, and those of a house.

    `house` is None where no house stands before the shipped tree, or its folder holds no values.
    """

    shipped: str
    house: str | None = None

    @property
    def whole(self) -> str:
        """One hash of both; that of the shipped tree where there is no other."""
        if self.house is None:
            return self.shipped
        return sha256(f"{self.shipped}\0{self.house}".encode())


@dataclass(slots=True)
class Parameters:
    """Dated published values. Each lookup is noted, so that a result can list what it used.

    Args:
        root: Folder of the tree.
        house: A house's own folder, read before the shipped tree where it has the same path.
        replayed: Values copied into an earlier result; where given, nothing is read from disk.
    """

    root: Path = TREE
    house: Path | None = None
    replayed: Mapping[tuple[str, date], Parameter] | None = None
    _used: dict[tuple[str, date], Parameter] = field(default_factory=dict)

    def get(self, path: str, *, on: date) -> Parameter:
        """The value in force on the day.

        Raises:
            ParameterNotFoundError: No such parameter, or its first value starts later.
        """
        key = (path, on)
        found = self._used.get(key)
        if found is None:
            found = self._read(path, on) if self.replayed is None else self.replayed.get(key)
            if found is None:
                raise ParameterNotFoundError(path, on=on, first=None)
            self._used[key] = found
        return found

    def number(self, path: str, *, on: date) -> Decimal:
        """The value in force on the day, as an exact number."""
        return self.get(path, on=on).number

    def used(self) -> tuple[tuple[date, Parameter], ...]:
        """What was looked up so far: (day asked for, value), by path and day."""
        return tuple((on, self._used[path, on]) for path, on in sorted(self._used))

    def hashes(self) -> TreeHashes:
        """The hashes of the trees that values are looked up in."""
        shipped = tree_hash(self.root)
        if self.house is None:
            return TreeHashes(shipped=shipped)
        # Other files of a house (headings.yaml) lie beside its folders and stand for no value.
        top = {file.name for file in self.root.glob("*.yaml")}
        own = [f for f in tree_files(self.house) if f.parent != self.house or f.name in top]
        return TreeHashes(shipped=shipped, house=_hash_of(own, self.house) if own else None)

    def _file(self, path: str) -> Path | None:
        folders = (self.house, self.root) if self.house else (self.root,)
        files = (_place(folder, path) for folder in folders)
        return next((file for file in files if file.is_file()), None)

    def _read(self, path: str, on: date) -> Parameter:
        file = self._file(path)
        if file is None:
            raise ParameterNotFoundError(path, on=on, first=None)
        document = _document(file)
        starts = sorted(document["values"])
        current = [start for start in starts if start <= on]
        if not current:
            raise ParameterNotFoundError(path, on=on, first=starts[0])
        entry = document["values"][current[-1]]
        if entry is None or entry["value"] is None:
            raise ParameterNotFoundError(path, on=on, first=None)
        return Parameter(
            path=path,
            value=exact(entry["value"]),
            unit=str(document["unit"]),
            valid_from=current[-1],
            source=str(entry["source"]),
            reviewed_on=document["reviewed_on"],
        )


def tree_files(root: Path = TREE) -> Iterator[Path]:
    """The files of the tree, sorted."""
    return iter(sorted(root.rglob("*.yaml")))


def description(path: str, *, root: Path = TREE) -> Mapping[str, str]:
    """What a parameter is, in both languages; empty where the tree has no such path."""
    file = _place(root, path)
    found: Mapping[str, str] = _document(file)["description"] if file.is_file() else {}
    return found


def tree_hash(root: Path = TREE) -> str:
    """SHA-256 over the tree's paths and bytes."""
    return _hash_of(tree_files(root), root)


def _hash_of(files: Iterable[Path], root: Path) -> str:
    parts = (f"{f.relative_to(root).as_posix()}\0".encode() + f.read_bytes() for f in files)
    return sha256(b"\0".join(parts))


@cache
def catalog(room: str = "") -> Catalog:
    """The words of every room (`<room>/messages*.yaml`), both languages; or of one room alone."""
    texts: dict[str, Mapping[str, str]] = {}
    for file in sorted((PACKAGE / room).rglob("messages*.yaml")):
        texts.update(_document(file))
    return Catalog(texts)


def table(name: str) -> Any:  # noqa: ANN401 - as load_yaml
    """A table the package ships: `parameters/tables/<name>.yaml`, as plain types."""
    return _document(Path(__file__).parent / "tables" / f"{name}.yaml")


def model(name: str) -> Mapping[str, Any]:
    """The coefficients of a shipped model: `models/<name>/coefficients.json`."""
    text = (PACKAGE / "models" / name / "coefficients.json").read_text(encoding="utf-8")
    document: Mapping[str, Any] = json.loads(text)
    return document
