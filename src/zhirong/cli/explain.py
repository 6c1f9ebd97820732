"""`zhirong explain`: one figure opened to formula, inputs and sources."""

import argparse
import json
import re
from pathlib import Path

from zhirong import bootstrap
from zhirong.application.explaining import Explanation, FigurePathError, explain, paths
from zhirong.application.origins import origin_text
from zhirong.application.workings import SheetRecord
from zhirong.core.codec import decode, encode
from zhirong.core.messages import Catalog, Language, Message, format_fact
from zhirong.parameters.reader import catalog

DEPTH = 2
KEY = re.compile(r"\{([^{}]+)\}")
FORMATS = {"CNY": "yuan", "share": "rate", "year": "number", "point": "number"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("result", type=Path, help="cli.explain.option.result")
    parser.add_argument("path", nargs="?", default="", help="cli.explain.option.path")
    parser.add_argument("--depth", type=int, default=DEPTH, help="cli.explain.option.depth")


def run(options: argparse.Namespace) -> int:
    """Print the figure; without a path, what can be opened."""
    body = bootstrap.read_snapshot(options.result).body
    sheets: tuple[SheetRecord, ...] = decode(tuple[SheetRecord, ...], body["sheets"])
    words = catalog()
    if not options.path:
        _list(sheets, words, options)
        return 0
    try:
        found = explain(sheets, options.path, depth=options.depth)
    except FigurePathError:
        found_plain = _plain(body, options.path)
        if found_plain is None:
            raise
        print(json.dumps(found_plain, ensure_ascii=False, indent=1))
        return 0
    if options.json:
        print(json.dumps(encode(found), ensure_ascii=False, indent=1))
    else:
        _print(found, words, options.lang, indent=0)
    return 0


def _list(sheets: tuple[SheetRecord, ...], words: Catalog, options: argparse.Namespace) -> None:
    if options.json:
        print(json.dumps(paths(sheets), ensure_ascii=False, indent=1))
        return
    for sheet in sheets:
        print(words.label(f"method.{sheet.name}", options.lang))
        for line in sheet.lines:
            places = ", ".join(f"{axis}: {len(sheet.places(axis))}" for axis in line.axes)
            name = words.label(f"line.{line.key}", options.lang)
            print(f"  {sheet.name}.{line.key}{f' [{places}]' if places else ''}  {name}")


def _plain(body: object, path: str) -> object | None:
    """What stands at a path of the file itself, e.g. valuation.total; None where nothing does."""
    found = body
    for part in path.replace("[", ".").replace("]", "").split("."):
        if isinstance(found, dict) and part in found:
            found = found[part]
        elif isinstance(found, list) and part.isdigit() and int(part) < len(found):
            found = found[int(part)]
        else:
            return None
    return found


def _name(found: Explanation, words: Catalog, lang: Language) -> str:
    return _named(found.key, words, lang, is_input=found.origin is not None)


def _named(name: str, words: Catalog, lang: Language, *, is_input: bool = False) -> str:
    """What a line or an input is called; its key where it has no name."""
    code, _, method = name.partition(":")
    known = [f"line.{code}", f"input.{code}"]
    if is_input:
        known.reverse()
    text = next((words.label(key, lang) for key in known if words.has(key)), name)
    return f"{text} \u00b7 {words.label(f'method.{method}', lang)}" if method else text


def _formula(found: Explanation, words: Catalog, lang: Language) -> str:
    text = found.formula
    for part in {part.key: part for part in found.parts}.values():
        text = text.replace("{" + part.key + "}", _name(part, words, lang))
    # Below the depth asked for the parts are not opened, but they have names all the same.
    return KEY.sub(lambda key: _named(key[1], words, lang), text)


def _print(found: Explanation, words: Catalog, lang: Language, *, indent: int) -> None:
    pad = "  " * indent
    value = format_fact(found.value, FORMATS.get(found.unit, "number"), lang)
    print(f"{pad}{_name(found, words, lang)} = {value}   [{found.path}]")
    if found.formula:
        print(f"{pad}  = {_formula(found, words, lang)}")
    if found.origin is not None:
        print(f"{pad}  \u2190 {origin_text(found.origin, words, lang)}")
    for part in found.parts:
        _print(part, words, lang, indent=indent + 1)
    if found.omitted:
        message = Message("cli.explain.omitted", {"count": found.omitted})
        print(f"{pad}  {words.text(message, lang)}")
