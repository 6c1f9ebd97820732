"""The sheets of a plan's money (xlsx, xls, csv): invoices, and the payments that firms ask for."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from zhirong.adapters.intake import headings, raw_file, reading, recognition, vocabulary
from zhirong.adapters.intake.cells.outcome import Bad
from zhirong.adapters.intake.limits import limits
from zhirong.adapters.intake.plans.tape import TapeError, problem_of
from zhirong.adapters.intake.plans.tape_rows import TapeRows, fen, place, text
from zhirong.adapters.intake.reading import TypedRow
from zhirong.application.plans.money import Use
from zhirong.application.plans.money_terms import AskedUse
from zhirong.core.messages import Message
from zhirong.ledger.rails import Party
from zhirong.parameters.reader import Parameters
from zhirong.securitization.money.penetration import Invoice

INVOICES, USES = "money_invoices", "money_uses"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneySheets:
    """The invoices, and the payments asked for by day."""

    invoices: tuple[Invoice, ...]
    uses: tuple[AskedUse, ...]


def read_sheets(path: Path, claims: Collection[str], on: date) -> MoneySheets:
    """Every row of a file of invoices and payments; limits are those of the day.

    Raises:
        TapeError: A row was refused, or there is no invoice: nothing is left out silently.
        FileRefusedError: The file is not read at all.
    """
    bounds = limits(Parameters(), on)
    house = headings.read_map(path.parent / headings.FILE_NAME)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    bounds.check("file_bytes", path.stat().st_size)
    sheets = []
    for grid in raw_file.read(path, path.name, digest, bounds):
        layout = recognition.recognize(grid, house, bounds, vocabulary.money_tables())
        if layout is not None:
            sheets.append(reading.read(grid, layout))
    rows = TapeRows.of(sheets, path.parent)
    _check(rows, INVOICES, "invoice", claims)
    _check(rows, USES, "use", claims)
    invoices = tuple(_invoice(row) for row in rows.of_table(INVOICES))
    uses = [_use(row) for row in rows.of_table(USES)]
    problems = tuple(problem_of(cell) for sheet in sheets for cell in sheet.report().refused)
    if problems or not invoices:
        none = Message("intake.money.no_invoices", {"name": path.name})
        raise TapeError(path.name, problems or (none,))
    return MoneySheets(invoices=invoices, uses=tuple(sorted(uses, key=lambda each: each.use.on)))


def _check(rows: TapeRows, table: str, key: str, claims: Collection[str]) -> None:
    """Refuses rows named twice, of no claim of the plan, or of no whole fen."""
    amount = "invoiced" if table == INVOICES else "asked"
    for row in rows.of_table(table):
        name, claim = text(row, key), text(row, "claim")
        named = f"{table} {name}"
        if named in rows.places:
            row.refuse(key, Bad("tape_twice", {"key": name, "place": rows.places[named]}))
        elif claim not in claims:
            row.refuse("claim", Bad("tape_claim", {"key": claim}))
        elif not fen(row, amount) and not row.is_refused:
            row.refuse(amount, Bad("tape_fen", {"text": str(row.get(amount))}))
        rows.places.setdefault(named, place(row.source))


def _invoice(row: TypedRow) -> Invoice:
    return Invoice(
        number=text(row, "invoice"),
        claim_id=text(row, "claim"),
        supplier=text(row, "supplier"),
        wallet=text(row, "wallet"),
        amount_fen=fen(row, "invoiced") or 0,
    )


def _use(row: TypedRow) -> AskedUse:
    return AskedUse(
        claim_id=text(row, "claim"),
        use=Use(
            reference=text(row, "use"),
            payee=Party(account=text(row, "wallet"), name=text(row, "payee")),
            amount_fen=fen(row, "asked") or 0,
            on=cast("date", row.get("pays_on")),
            invoice=text(row, "invoice"),
            goods=text(row, "goods"),
            shows_invoice=row.get("shows_invoice") is not False,
        ),
    )
