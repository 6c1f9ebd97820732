"""`zhirong plan import`: a loan tape becomes a pool, with every refused row explained.

Exit codes: 0 every row was taken, 1 some row was refused, 2 wrong call or a file that is not read.
"""

import argparse
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from zhirong import bootstrap_plans
from zhirong.cli.ground_words import words
from zhirong.cli.plan.calls import check_out, writing
from zhirong.core.errors import InputError
from zhirong.core.messages import Fact, Language, Message
from zhirong.parameters.reader import catalog

EXIT_REFUSED = 1
FEN = 100


class NoTapeError(InputError):
    """There is no such tape."""

    code = "cli.plan.import.missing"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("tape", type=Path, help="cli.plan.option.tape")
    parser.add_argument(
        "--cut-off",
        type=date.fromisoformat,
        required=True,
        metavar="DATE",
        help="cli.plan.option.cut_off",
    )
    parser.add_argument("--out", type=Path, required=True, help="cli.plan.option.out")


def run(options: argparse.Namespace) -> int:
    """Read the tape, write pool and account, print what was refused and why.

    Raises:
        NoTapeError: There is no such file.
        FileRefusedError: The file is not read at all; its reason says why.
    """
    if not options.tape.is_file():
        raise NoTapeError(f"There is no {options.tape}.", file=str(options.tape))
    check_out(options.out)
    with writing(options.out):
        found = bootstrap_plans.import_tape(
            options.tape, options.cut_off, out=options.out, lang=options.lang
        )
    said = [catalog().text(each, options.lang) for each in found.problems]
    if options.json:
        document = {
            "file": found.name,
            "claims": len(found.pool.claims),
            "obligors": len(found.pool.obligors),
            "rights": sum(len(each.rights) for each in found.pool.collateral),
            "balance_fen": found.pool.balance_fen,
            "sheets": [
                {
                    "sheet": each.sheet,
                    "table": each.table,
                    "read": each.rows_read,
                    "accepted": each.rows_accepted,
                    "refused": each.rows_refused,
                    "unknown_headings": list(each.unknown_headings),
                }
                for each in found.sheets
            ],
            "problems": said,
        }
        print(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(found, said, options.lang)))
        print(words("cli.plan.import.written", options.lang, folder=str(options.out)))
    return EXIT_REFUSED if found.problems else 0


def _lines(found: bootstrap_plans.TapeIntake, said: list[str], lang: Language) -> list[str]:
    """A line a sheet, what was refused, the pool."""
    catalog_, lines = catalog(), []

    def say(code: str, **facts: Fact) -> None:
        lines.append(catalog_.text(Message(f"cli.plan.import.{code}", facts), lang))

    for each in found.sheets:
        name = each.sheet or each.file
        if not each.table:
            say("aside", sheet=name)
            continue
        say(
            "sheet",
            sheet=name,
            table=bootstrap_plans.table_label(each.table, lang),
            read=each.rows_read,
            accepted=each.rows_accepted,
            refused=each.rows_refused,
        )
        if each.unknown_headings:
            say("unknown", names=each.unknown_headings)
    lines += [f"  {line}" for line in said]
    pool = found.pool
    say(
        "pool",
        obligors=len(pool.obligors),
        claims=len(pool.claims),
        rights=sum(len(each.rights) for each in pool.collateral),
        amount=Decimal(pool.balance_fen) / FEN,
    )
    return lines
