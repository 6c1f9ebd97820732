"""`zhirong number`: which number is this, is it sound, and how is it written?

Exit codes: 0 all may be taken, 1 one fails its check or is no known number, 2 wrong call. A credit
code that fails its check may be taken with a warning, since some genuine ones do.
"""

import argparse
import json
from dataclasses import dataclass
from typing import cast

from zhirong.cli.ground_words import ground_catalog, words
from zhirong.core.identifiers import detection, patents
from zhirong.core.identifiers.records import Check, Identifier, IdentifierError, Scheme
from zhirong.core.messages import Fact, Language

Document = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A text and its readings, the likeliest first; or the error that says why there is none."""

    text: str
    readings: tuple[Identifier, ...] = ()
    error: IdentifierError | None = None

    @property
    def is_sound(self) -> bool:
        """Whether the text is a number and nothing speaks against it."""
        return bool(self.readings) and self.readings[0].is_sound

    @property
    def is_refused(self) -> bool:
        """Whether the text is no number, or one that cannot be taken."""
        return not self.readings or self.readings[0].is_refused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options; help texts are codes of the catalog."""
    parser.add_argument("text", nargs="+", metavar="TEXT", help="cli.number.option.text")


def run(options: argparse.Namespace) -> int:
    """Print what each text is."""
    answers = [answer(text) for text in options.text]
    if options.json:
        document = {"numbers": [_document(found, options.lang) for found in answers]}
        print(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        print("\n\n".join("\n".join(_lines(found, options.lang)) for found in answers))
    return 1 if any(found.is_refused for found in answers) else 0


def answer(text: str) -> Answer:
    """What a text is."""
    try:
        return Answer(text=text, readings=detection.readings(text))
    except IdentifierError as error:
        return Answer(text=text, error=error)


def _reason(error: IdentifierError, lang: Language) -> str:
    return words(error.code, lang, **cast("dict[str, Fact]", dict(error.facts)))


def _patent_number(reading: Identifier) -> str:
    is_application = reading.scheme is Scheme.PATENT_APPLICATION
    return patents.patent_number(reading.canonical) if is_application else ""


def _document(found: Answer, lang: Language) -> Document:
    if found.error is not None:
        return {
            "text": found.text,
            "is_sound": False,
            "is_refused": True,
            "error": found.error.code,
            "reason": _reason(found.error, lang),
            "mend": str(found.error.facts["mend"]),
            "readings": [],
        }
    return {
        "text": found.text,
        "is_sound": found.is_sound,
        "is_refused": found.is_refused,
        "readings": [_reading(reading, lang) for reading in found.readings],
    }


def _reading(reading: Identifier, lang: Language) -> Document:
    return {
        "scheme": str(reading.scheme),
        "canonical": reading.canonical,
        "display": reading.display,
        "patent_number": _patent_number(reading),
        "kind": reading.kind,
        "stage": reading.stage,
        "year": reading.year,
        "check": str(reading.check),
        "check_given": reading.check_given,
        "check_expected": reading.check_expected,
        "mend": reading.mend,
        "warnings": [
            {"code": warning.code, "text": ground_catalog().text(warning, lang)}
            for warning in reading.warnings
        ],
    }


def _lines(found: Answer, lang: Language) -> list[str]:
    if found.error is not None:
        lines = [found.text, "  " + _reason(found.error, lang)]
        mend = str(found.error.facts["mend"])
        return [*lines, *(["  " + words("cli.number.mend", lang, mend=mend)] if mend else [])]
    best, *others = found.readings
    rows = [("scheme", words(f"identifier.scheme.{best.scheme}", lang))]
    rows += [("display", best.display), ("canonical", best.canonical)]
    rows += [("patent_number", _patent_number(best))]
    rows += [("kind", words(f"identifier.kind.{best.kind}", lang) if best.kind else "")]
    rows += [("stage", words(f"identifier.stage.{best.stage}", lang) if best.stage else "")]
    rows += [("year", str(best.year or "")), ("check", _check(best, lang))]
    lines = [f"  {words(f'cli.number.row.{row}', lang)}{text}" for row, text in rows if text]
    lines += [f"  ! {ground_catalog().text(warning, lang)}" for warning in best.warnings]
    if best.mend:
        lines.append("  " + words("cli.number.mend", lang, mend=best.mend))
    names = tuple(words(f"identifier.scheme.{other.scheme}", lang) for other in others)
    if names:
        lines.append("  " + words("cli.number.others", lang, schemes=names))
    return [found.text, *lines]


def _check(reading: Identifier, lang: Language) -> str:
    said = words(f"identifier.check.{reading.check}", lang)
    if reading.check is Check.NONE:
        return said
    return f"{said} ({reading.check_expected})"
