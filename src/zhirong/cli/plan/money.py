"""`zhirong plan money`: a plan's money over the sandbox's rails, from yuan raised to invoices.

Exit codes: 0 reconciled to the fen, 1 not, 2 wrong call, or a file with problems.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zhirong import bootstrap_plan_money, bootstrap_plans
from zhirong.application.plans.money_run import MoneyRun
from zhirong.cli.plan.calls import check_out
from zhirong.core.messages import Fact, Language, Message
from zhirong.core.money import Money
from zhirong.parameters.reader import catalog

EXIT_UNRECONCILED = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("plan", type=Path, help="cli.plan.option.plan")
    parser.add_argument("--out", type=Path, required=True, help="cli.plan.option.out")


def run(options: argparse.Namespace) -> int:
    """Carry the money out, write its files, print totals and whatever is open."""
    check_out(options.out)
    inputs = bootstrap_plans.read_plan(options.plan)
    found = bootstrap_plan_money.run_money(options.plan, inputs)
    written = bootstrap_plan_money.write_money(found, out=options.out, lang=options.lang)
    document: dict[str, Any] = bootstrap_plan_money.document_of_money(found, options.lang)
    if options.json:
        print(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(found, document, options.lang)))
        for path in written:
            print(path)
    return 0 if found.is_reconciled else EXIT_UNRECONCILED


def _lines(found: MoneyRun, document: dict[str, Any], lang: Language) -> Iterator[str]:
    def say(code: str, **facts: Fact) -> str:
        return catalog().text(Message(f"cli.plan.money.{code}", facts), lang)

    names = ("raised", "prices", "lent", "invoiced", "returned", "waiting")
    yield say("title", name=document["name"])
    yield say("totals", **{name: Money.of_fen(document[name]).amount for name in names})
    yield say("hops", hops=len(found.hops), accounts=len(found.held))
    for each in document["refused"]:
        amount = Money.of_fen(each["amount"]).amount
        reasons = "; ".join(each["reasons"])
        yield say("refused", reference=each["reference"], amount=amount, reasons=reasons)
    yield from (each["words"] for each in document["swaps"])
    yield say("pledges", rights=len(document["pledges"]), open=len(document["open_pledges"]))
    yield from document["open_pledges"]
    yield from document["unreconciled"]
    for each in document["accounts"]:
        if not each["is_clean"]:
            yield say("differs", account=each["account"], holder=each["holder"])
    for each in document["orders_waiting"]:
        yield say("waiting", reference=each)
    yield say("reconciled" if found.is_reconciled else "unreconciled")
