"""`zhirong subset`: what a freely chosen set of rights of a stored result is worth.

Exit codes: 0 valued, 2 wrong call, a right that the result does not hold, or no value.
"""

import argparse
import json
from pathlib import Path

from zhirong import bootstrap
from zhirong.application.result import Appraisal
from zhirong.application.subset import SubsetValue, value_of_subset
from zhirong.cli.plain_table import table_lines
from zhirong.core.codec import decode, encode
from zhirong.core.errors import InputError
from zhirong.core.messages import Catalog, Fact, Language, Message
from zhirong.parameters.reader import catalog


class NoRightsError(InputError):
    """Neither rights nor a list of them."""

    code = "error.subset_no_rights"

    def __init__(self) -> None:
        super().__init__("No right is named: use --rights or --file.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("result", type=Path, help="cli.subset.option.result")
    parser.add_argument("--rights", default="", metavar="A,B", help="cli.subset.option.rights")
    parser.add_argument("--file", type=Path, default=None, help="cli.subset.option.file")


def run(options: argparse.Namespace) -> int:
    """Print the value of the set."""
    snapshot = bootstrap.read_snapshot(options.result)
    appraisal: Appraisal = decode(Appraisal, snapshot.body)
    named = [text.strip() for text in options.rights.replace("\uff0c", ",").split(",")]
    rights = [text for text in named if text]
    if options.file is not None:
        day = appraisal.options.valuation_date
        rights += bootstrap.listed_rights(options.file, valuation_date=day)
    if not rights:
        raise NoRightsError
    found = value_of_subset(appraisal, rights)
    words = catalog()
    if options.json:
        document = {"is_intact": snapshot.is_intact, **_document(found, words, options.lang)}
        print(json.dumps(document, ensure_ascii=False, indent=1))
        return 0
    if not snapshot.is_intact:
        print(words.label("cli.recompute.not_intact", options.lang))
    print("\n".join(_lines(found, words, options.lang)))
    return 0


def _document(found: SubsetValue, words: Catalog, lang: Language) -> dict[str, object]:
    """The record, with its notes in words as well."""
    said = [words.text(note, lang) for note in found.notes]
    body: dict[str, object] = encode(found)
    return {**body, "notes_in_words": said}


def _lines(found: SubsetValue, words: Catalog, lang: Language) -> list[str]:
    def say(code: str, **facts: Fact) -> str:
        return words.text(Message(f"cli.subset.{code}", facts), lang)

    def amount(number: float) -> str:
        return say("amount", amount=number)

    premise, forced = found.distribution.meaning.premise, found.liquidation.meaning.premise
    rows = [
        (say("column_what"), say("column_amount")),
        (say("value", premise=f"premise.{premise}"), amount(found.value.value)),
        (say("low"), amount(found.value.low)),
        (say("high"), amount(found.value.high)),
        (words.label(f"premise.{forced}", lang), amount(found.liquidation.mean)),
        (say("allocated"), amount(found.allocated)),
    ]
    view = found.pledge
    if view is not None:
        quantile = view.quantile_probability
        rows += [
            (say("pledge_market"), amount(view.market_value)),
            (say("pledge_caps"), amount(view.caps_amount)),
            (say("pledge_quantile", probability=quantile), amount(view.prudent_quantile)),
            (say("pledge_liquidation"), amount(view.liquidation_value)),
            (
                say("pledge_collateral", policy=f"pledge_policy.{view.policy}"),
                amount(view.collateral_amount),
            ),
        ]
    return [
        say("title", count=len(found.rights), share=found.share),
        "",
        *table_lines(rows, right_aligned=frozenset({1})),
        "",
        *(words.text(note, lang) for note in found.notes),
    ]
