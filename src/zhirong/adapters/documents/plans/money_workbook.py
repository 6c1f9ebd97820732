"""`penetration.xlsx`: from yuan raised to invoices, every hop, refusals, pledges, accounts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from zhirong.adapters.documents.plans.sheets import Cell, Kind, SheetTable, write_table
from zhirong.adapters.documents.workbook.styles import FONT, styles
from zhirong.application.plans.money_run import MoneyRun
from zhirong.core.messages import Catalog, Language

Rows = Iterator[Sequence[Cell]]
_TRAIL = ("price", "principal", "accrued", "bridge", "lent", "invoiced", "returned", "waiting")
_HEADS: Mapping[str, str] = {
    "penetration": "claim firm " + " ".join(f"{name}:fen" for name in _TRAIL),
    "hops": "reference kind rail payer payer_account payee payee_account amount:fen on:day at claim"
    " purpose invoice rail_reference sha256",
    "refused": "reference claim payee payee_account amount:fen on:day invoice reasons",
    "pledges": "right set at_closing now state on:day evidence by",
    "swaps": "out in on:day out_balance:fen in_balance:fen cash:fen words",
    "accounts": "account holder rail opening:fen moved:fen closing:fen lines:count difference:fen"
    " stand",
}


def money_workbook(
    document: Mapping[str, Any], found: MoneyRun, words: Catalog, lang: Language
) -> bytes:
    """The workbook; the same run gives the same bytes."""
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    closing = found.inputs.plan.dates.closing
    # Without a day of its own the file would bear the machine's clock.
    created = datetime(closing.year, closing.month, closing.day)  # noqa: DTZ001 - as xlsxwriter wants it
    book.set_properties({"title": found.inputs.plan.name, "created": created})
    look = styles(book)
    day = book.add_format(
        {"font_name": FONT, "font_size": 9, "num_format": "yyyy-mm-dd", "align": "left"}
    )

    def say(code: str) -> str:
        return words.label(f"plan_money.{code}", lang)

    rows: Mapping[str, Rows] = {
        "penetration": _penetration(document, say("total")),
        "hops": _hops(document),
        "refused": _refused(document),
        "pledges": _pledges(document),
        "swaps": _swaps(document),
        "accounts": _accounts(document, (say("clean"), say("differs"))),
    }
    stand = say("reconciled" if found.is_reconciled else "unreconciled")
    for key, heads in _HEADS.items():
        table = SheetTable(
            name=say(f"sheet.{key}"),
            title=f"{say(f'sheet.{key}')}: {stand}",
            note=found.inputs.plan.name,
            heads=tuple((say(f"column.{name}"), kind) for name, kind in _columns(heads)),
            rows=list(rows[key]),
        )
        write_table(book, look, table, day=day)
    book.close()
    return buffer.getvalue()


def _columns(heads: str) -> Iterator[tuple[str, Kind]]:
    kinds: Mapping[str, Kind] = {"fen": "fen", "day": "day", "count": "count", "": "text"}
    for head in heads.split():
        name, _, kind = head.partition(":")
        yield name, kinds[kind]


def _penetration(document: Mapping[str, Any], total: str) -> Rows:
    trails = document["trails"]
    for each in trails:
        yield [each["claim"], each["firm"], *(each[name] for name in _TRAIL)]
    yield [total, "", *(sum(each[name] for each in trails) for name in _TRAIL)]


def _hops(document: Mapping[str, Any]) -> Rows:
    for each in document["hops"]:
        payer, payee = each["payer"], each["payee"]
        yield [
            each["reference"],
            each["kind_words"],
            each["rail_words"],
            payer["holder"],
            payer["account"],
            payee["holder"],
            payee["account"],
            each["amount"],
            date.fromisoformat(each["on"]),
            *(each[name] for name in ("at", "claim", "purpose", "invoice")),
            each["rail_reference"],
            each["sha256"],
        ]


def _refused(document: Mapping[str, Any]) -> Rows:
    for each in document["refused"]:
        payee, on = each["payee"], date.fromisoformat(each["on"])
        yield [
            each["reference"],
            each["claim"],
            payee["holder"],
            payee["account"],
            each["amount"],
            on,
            each["invoice"],
            "; ".join(each["reasons"]),
        ]


def _pledges(document: Mapping[str, Any]) -> Rows:
    """One row an event; a right of which nothing is known has a row of its own."""
    for each in document["pledges"]:
        head = [each["right"], each["set"], each["at_closing_words"], each["now_words"]]
        if not each["events"]:
            yield [*head, "", None, "", ""]
        for event in each["events"]:
            on = date.fromisoformat(event["on"])
            yield [*head, event["words"], on, event["evidence"], event["by"]]


def _swaps(document: Mapping[str, Any]) -> Rows:
    for each in document["swaps"]:
        balances = (each[name] for name in ("out_balance", "in_balance", "cash"))
        on = date.fromisoformat(each["on"])
        yield [each["out"], each["in"], on, *balances, each["words"]]


def _accounts(document: Mapping[str, Any], stands: tuple[str, str]) -> Rows:
    clean, differs = stands
    for each in document["accounts"]:
        yield [
            each["account"],
            each["holder"],
            each["rail_words"],
            *(each[name] for name in ("opening", "moved", "closing", "lines", "difference")),
            clean if each["is_clean"] else differs,
        ]
