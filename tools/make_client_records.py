"""Write the client's records from the API's own description.

.venv/bin/python -m tools.make_client_records

They are plain dictionaries with known keys, so that the client needs nothing but HTTP.
"""

import json
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parent.parent / "src" / "zhirong"
MATTERS, LOANS, FILINGS = "client_matters.py", "client_loans.py", "client_filings.py"
PLANS = "client_plans.py"
HEAD = '''"""What the API takes and gives: {about}.

Dictionaries with known keys, made from the API's description. Amounts are yuan with two decimals
as text, days are ISO dates.
"""

from typing import Any, Literal, NotRequired, TypedDict
'''
PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
ASK = """
import json, os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhirong.platform.checked_settings")
import django
django.setup()
from zhirong.platform.api import (
    records_money, records_paying, records_plans, records_registration, routes_webhooks
)
from zhirong.platform.api.urls import api
schemas = api.get_openapi_schema(path_prefix="/")["components"]["schemas"]
def of(modules, *more):
    homes = (*(module.__name__ for module in modules), *more)
    return [
        name for module in modules for name, item in vars(module).items()
        if str(getattr(item, "__module__", "")).startswith(homes)
    ]
loans = of((records_money, records_paying, routes_webhooks))
filings, plans = of((records_registration,), "zhirong.filing."), of((records_plans,))
print(json.dumps([schemas, loans, filings, plans]))
"""


def hint(schema: dict[str, Any]) -> str:
    """A schema as a type hint."""
    if "$ref" in schema:
        found = str(schema["$ref"]).rpartition("/")[2]
    elif "anyOf" in schema:
        found = " | ".join(hint(part) for part in schema["anyOf"])
    elif "enum" in schema:
        found = f"Literal[{', '.join(json.dumps(item) for item in schema['enum'])}]"
    elif schema.get("type") == "array":
        found = f"list[{hint(schema.get('items', {}))}]"
    elif schema.get("type") == "object":
        inner = schema.get("additionalProperties")
        found = f"dict[str, {hint(inner) if isinstance(inner, dict) else 'Any'}]"
    else:
        found = PLAIN.get(str(schema.get("type")), "Any")
    return found


def record(name: str, schema: dict[str, Any]) -> str:
    """A schema as a class; an enumeration as a name for its values."""
    if "properties" not in schema:
        return f"{name} = {hint(schema)}"
    needed = set(schema.get("required", ()))
    lines = [f"class {name}(TypedDict):", f'    """{schema["description"]}"""', ""]
    for field, inner in schema["properties"].items():
        kind = hint(inner)
        lines.append(f"    {field}: {kind if field in needed else f'NotRequired[{kind}]'}")
    return "\n".join(lines)


def named(schema: object) -> set[str]:
    """The records that a schema names."""
    if isinstance(schema, dict):
        own = {str(schema["$ref"]).rpartition("/")[2]} if "$ref" in schema else set()
        return own.union(*(named(item) for item in schema.values()))
    return set().union(*(named(item) for item in schema)) if isinstance(schema, list) else set()


def module(about: str, names: list[str], schemas: dict[str, Any], other: set[str]) -> str:
    """One module, formatted; `other` are the names that the first module holds."""
    body = "\n\n\n".join(record(name, schemas[name]) for name in names)
    borrowed = sorted(set().union(*(named(schemas[name]) for name in names)) & other)
    imports = f"\nfrom zhirong.client_matters import {', '.join(borrowed)}\n" if borrowed else ""
    text = f"{HEAD.format(about=about)}{imports}\n\n{body}\n"
    for arguments in (
        ["check", "--select", "I,F401,D209", "--fix-only", "--quiet", "-"],
        ["format", "--quiet", "-"],
    ):
        command = [
            sys.executable,
            "-m",
            "ruff",
            *arguments,
            "--stdin-filename",
            str(SOURCE / LOANS),
        ]
        text = subprocess.run(
            command, input=text, capture_output=True, text=True, check=True
        ).stdout
    return text


def contents() -> dict[str, str]:
    """All modules by their file's name."""
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    schemas, of_loans, of_filings, of_plans = json.loads(done.stdout)
    order = TopologicalSorter({name: sorted(named(schemas[name])) for name in sorted(schemas)})
    names = list(order.static_order())
    loans = [name for name in names if name in of_loans]
    filings = [name for name in names if name in of_filings]
    plans = [name for name in names if name in of_plans]
    matters = [name for name in names if name not in {*loans, *filings, *plans}]
    known = set(matters)
    return {
        MATTERS: module("people, matters and decisions", matters, schemas, set()),
        LOANS: module("contracts, loans and webhooks", loans, schemas, known),
        FILINGS: module("deeds, registrations and pledged rights", filings, schemas, known),
        PLANS: module("asset-backed plans", plans, schemas, known),
    }


def main() -> None:
    """Write all modules."""
    for name, text in contents().items():
        (SOURCE / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
