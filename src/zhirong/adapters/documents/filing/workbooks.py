"""The electronic list and the form as workbooks: what an office's page reads in."""

from datetime import date, datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from zhirong.adapters.documents.filing import lists
from zhirong.adapters.documents.filing.deed import Speech
from zhirong.filing.forms import EstablishForm, Party, RightItem
from zhirong.filing.office import Registry

_WIDTHS = {"number": 22, "name": 40, "kind": 14}


def electronic_list(
    rights: tuple[RightItem, ...], registry: Registry, speech: Speech, *, dated_on: date
) -> bytes:
    """The rights as a workbook, one a row; patent numbers without the dot, all cells as text.

    The same rights give the same bytes.
    """
    book, buffer = _book(speech.say("deed.list.title"), dated_on)
    _write_rights(book, rights, registry, speech)
    book.close()
    return buffer.getvalue()


def listed_numbers(rights: tuple[RightItem, ...]) -> tuple[str, ...]:
    """The numbers as the list writes them: the linter compares them with the contract."""
    return tuple(right.number.replace(".", "") for right in rights)


def form_workbook(
    form: EstablishForm, registry: Registry, speech: Speech, *, dated_on: date
) -> bytes:
    """The application as a workbook: one sheet of fields, one of rights."""
    book, buffer = _book(speech.say("deed.list.form"), dated_on)
    sheet = book.add_worksheet(speech.say("deed.list.fields"))
    bold = book.add_format({"bold": True})
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 60)
    for row, (label, text) in enumerate(_fields(form, speech)):
        sheet.write_string(row, 0, label, bold)
        sheet.write_string(row, 1, text)
    _write_rights(book, form.rights, registry, speech)
    book.close()
    return buffer.getvalue()


def _book(title: str, dated_on: date) -> tuple[Workbook, BytesIO]:
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    # Without a day of its own the file would bear the machine's clock.
    created = datetime(dated_on.year, dated_on.month, dated_on.day)  # noqa: DTZ001 - as xlsxwriter wants it
    book.set_properties({"title": title, "created": created})
    return book, buffer


def _write_rights(
    book: Workbook, rights: tuple[RightItem, ...], registry: Registry, speech: Speech
) -> Worksheet:
    sheet = book.add_worksheet(speech.say("deed.list.rights"))
    bold = book.add_format({"bold": True, "bottom": 1})
    text = book.add_format({"num_format": "@"})
    names = lists.FIELDS[registry]
    heads = [speech.say("deed.column.place"), *(lists.head(speech, registry, n) for n in names)]
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    for column, name in enumerate(names, start=1):
        sheet.set_column(column, column, _WIDTHS.get(name, 14))
    numbers = listed_numbers(rights)
    for row, (right, number) in enumerate(zip(rights, numbers, strict=True), start=1):
        cells = [number if n == "number" else lists.cell(speech, right, n) for n in names]
        for column, words in enumerate([str(row), *cells]):
            sheet.write_string(row, column, words, text)
    sheet.freeze_panes(1, 0)
    return sheet


def _fields(form: EstablishForm, speech: Speech) -> list[tuple[str, str]]:
    items = form.contract
    rows: list[tuple[str, str]] = []
    for party in form.pledgors:
        rows += _party("deed.pledgor", party, speech)
    rows += _party("deed.pledgee", form.pledgee, speech)
    rows += _party("deed.debtor", form.debtor, speech)
    claim = speech.say(f"filing.claim.{items.claim_kind}") if items.claim_kind else ""
    rows += [
        (speech.say("deed.form.contract_number"), items.number),
        (speech.say("deed.form.main_number"), items.main_number),
        (speech.say("deed.form.signed_on"), str(items.signed_on or "")),
        (speech.say("deed.form.contract_kind"), speech.say(f"deed.form.kind.{items.kind}")),
        (speech.say("deed.form.claim_kind"), claim),
        (speech.say(f"deed.form.amount.{items.kind}"), speech.yuan(items.amount_fen)),
        (speech.say("deed.list.debt_from"), str(items.debt_from or "")),
        (speech.say("deed.list.debt_to"), str(items.debt_to or "")),
        (
            speech.say("deed.form.scope"),
            items.scope_words
            or speech.joined(tuple(speech.say(f"filing.scope.{item}") for item in items.scope)),
        ),
        (speech.say("deed.form.count"), str(items.rights_count or "")),
    ]
    return rows


def _party(role: str, party: Party, speech: Speech) -> list[tuple[str, str]]:
    parts = (("name", party.name), ("identifier", party.identifier), ("address", party.address))
    return [
        (
            speech.say("deed.list.party", role=speech.say(role), part=speech.say(f"deed.{name}")),
            text,
        )
        for name, text in parts
    ]
