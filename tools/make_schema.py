"""Write the JSON Schema of `result.json` from the records that the codec writes.

    .venv/bin/python tools/make_schema.py           writes src/zhirong/schemas/result.schema.json
    .venv/bin/python tools/make_schema.py --check   exits 1 where the file is not up to date

Descriptions are the records' docstrings: what stands before the list of fields, and the entry of a
field in `Args:` or `Attributes:`. The rules are those of `core/codec.py`: exact numbers and dates
as text, tuples as lists, an absent optional fact is absent, a record of a union names its class
under "is".
"""

import argparse
import inspect
import json
import re
import sys
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from zhirong.adapters.snapshots.appraisal import KIND, SCHEMA_VERSION
from zhirong.application.result import Appraisal
from zhirong.core.codec import TAG

TARGET = Path(__file__).resolve().parent.parent / "src/zhirong/schemas/result.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
HASH = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
EXACT_NUMBER = {
    "type": "string",
    "pattern": r"^-?[0-9]+(\.[0-9]+)?(E[+-]?[0-9]+)?$",
    "description": "A decimal number as text, so that no reader rounds it.",
}
PLAIN: Mapping[Any, Mapping[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    type(None): {"type": "null"},
    Decimal: {"$ref": "#/$defs/exact_number"},
    date: {"type": "string", "format": "date"},
    Any: {},
    object: {},
}
_ENTRY = re.compile(r"^([a-z_][\w, ]*): (.+)$")

Schema = dict[str, Any]


@dataclass
class Definitions:
    """The records and enumerations met so far, by class name."""

    found: dict[str, Schema] = field(default_factory=dict)
    classes: dict[str, type[Any]] = field(default_factory=dict)

    def reference(self, kind: type[Any]) -> Schema:
        """A reference to the definition of a record or enumeration, made at the first meeting."""
        name = kind.__name__
        if self.classes.setdefault(name, kind) is not kind:
            raise SystemExit(f"Two classes are called {name}: {self.classes[name]} and {kind}.")
        if name not in self.found:
            self.found[name] = {}  # a record may hold itself
            if issubclass(kind, Enum):
                self.found[name] = _enumeration(kind)
            else:
                _describe(kind, self)
        return {"$ref": f"#/$defs/{name}"}


def schema_of(hint: Any, known: Definitions) -> Schema:  # noqa: ANN401 - a type hint
    """The schema of a type as the codec writes it."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _union(arguments, known)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        return _list(arguments, known)
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": schema_of(arguments[1], known)}
    if is_dataclass(hint) or (isinstance(hint, type) and issubclass(hint, Enum)):
        return known.reference(hint)
    return dict(PLAIN[hint])


def _list(arguments: tuple[Any, ...], known: Definitions) -> Schema:
    if arguments[-1] is Ellipsis:
        return {"type": "array", "items": schema_of(arguments[0], known)}
    places = [schema_of(argument, known) for argument in arguments]
    return {"type": "array", "prefixItems": places, "items": False, "minItems": len(places)}


def _union(members: tuple[Any, ...], known: Definitions) -> Schema:
    records = [member for member in members if is_dataclass(member)]
    options: list[Schema] = []
    for member in members:
        option = schema_of(member, known)
        if member in records and len(records) > 1:
            known.found[member.__name__]["properties"][TAG] = {"const": member.__name__}
            option = {**option, "required": [TAG]}
        # Where any text may stand, a date or an exact number adds nothing.
        if not (str in members and member in (Decimal, date)) and option not in options:
            options.append(option)
    return options[0] if len(options) == 1 else {"anyOf": options}


def _describe(kind: type[Any], known: Definitions) -> None:
    """Fill in the definition of a record, which stands there before its fields lead back to it."""
    hints, told = get_type_hints(kind), field_texts(kind)
    schema = known.found[kind.__name__]
    schema |= {
        "type": "object",
        "description": summary(kind),
        "properties": {},
        "required": [item.name for item in fields(kind) if item.default is not None],
        "additionalProperties": False,
    }
    for item in fields(kind):
        hint = hints[item.name]
        if item.default is None:
            present = tuple(m for m in get_args(hint) if m is not type(None))
            hint = Union[present] if present else hint  # noqa: UP007 - made at run time
        described = schema_of(hint, known)
        if item.name in told:
            described = {**described, "description": told[item.name]}
        schema["properties"][item.name] = described


def _enumeration(kind: type[Enum]) -> Schema:
    return {"enum": [member.value for member in kind], "description": summary(kind)}


def summary(kind: type[Any]) -> str:
    """The docstring up to its list of fields, in one line a paragraph."""
    text = re.split(r"\n\s*(?:Args|Attributes):\n", inspect.getdoc(kind) or "")[0]
    return "\n".join(" ".join(part.split()) for part in text.strip().split("\n\n"))


def field_texts(kind: type[Any]) -> dict[str, str]:
    """What the docstring says of each field; one entry may speak of several."""
    parts = re.split(r"\n\s*(?:Args|Attributes):\n", inspect.getdoc(kind) or "")
    found: dict[str, str] = {}
    for names, text in _entries(parts[1] if len(parts) > 1 else ""):
        found.update(dict.fromkeys(names, text))
    return found


def _entries(block: str) -> Iterator[tuple[list[str], str]]:
    lines = block.split("\n\n", maxsplit=1)[0].splitlines()
    entries: list[str] = []
    for line in lines:
        if re.match(r"^ {4}\S", line):
            entries.append(line.strip())
        elif entries:
            entries[-1] += f" {line.strip()}"
    for entry in entries:
        match = _ENTRY.match(entry)
        if match:
            yield [name.strip() for name in match[1].split(",")], match[2]


def schema_bytes() -> bytes:
    """The schema of the newest snapshot of an appraisal."""
    known = Definitions()
    body = known.reference(Appraisal)
    envelope = {
        "kind": {"const": KIND},
        "schema_version": {"const": SCHEMA_VERSION},
        "engine_version": {"type": "string", "description": "The release that wrote it."},
        "parameters_hash": {
            **HASH,
            "description": "SHA-256 of the published values; with a house's own, of both hashes.",
        },
        "content_hash": {**HASH, "description": "SHA-256 of the body's canonical bytes."},
        "body": body,
    }
    document = {
        "$schema": DIALECT,
        "$id": f"urn:zhirong:result:{SCHEMA_VERSION}",
        "title": "Result of an appraisal by Zhirong (result.json)",
        "description": (
            "Canonical JSON: sorted keys, exact numbers and dates as text, amounts in CNY rounded "
            "to the fen, shares of 1 rounded to 1e-9."
        ),
        "type": "object",
        "properties": envelope,
        "required": list(envelope),
        "additionalProperties": False,
        "$defs": {"exact_number": EXACT_NUMBER, **dict(sorted(known.found.items()))},
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def run() -> int:
    """Write the schema, or check it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true")
    made = schema_bytes()
    if parser.parse_args().check:
        is_current = TARGET.is_file() and TARGET.read_bytes() == made
        print(f"{TARGET} is {'up to date' if is_current else 'out of date: run this tool'}")
        return 0 if is_current else 1
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(made)
    print(f"{TARGET}: {len(made):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(run())
