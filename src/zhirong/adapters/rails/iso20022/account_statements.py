"""camt.053: an account's statement from its bank, written and read to the fen."""

from dataclasses import dataclass
from datetime import date, datetime

from zhirong.adapters.rails.iso20022 import documents
from zhirong.adapters.rails.iso20022.documents import Amount, Child, DocumentKind, Element
from zhirong.ledger.reconciliation import Entry

_KIND = DocumentKind.STATEMENT
_NO_REFERENCE = "NOTPROVIDED"  # the standard's own word


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountStatement:
    """Booked entries of an account, between two balances; all signed as the holder sees them.

    `not_booked` counts entries that the bank only announces; they are in no balance.
    """

    number: str
    account: str
    currency: str
    created_at: datetime
    opening_fen: int
    closing_fen: int
    entries: tuple[Entry, ...]
    not_booked: int = 0


def write(statement: AccountStatement) -> bytes:
    """The statement as camt.053.

    Raises:
        PaymentFieldError: A field that the message cannot carry.
    """
    created = documents.instant_text(statement.created_at)
    day = statement.created_at.date()
    currency = statement.currency
    account: tuple[Child, ...] = (
        ("Id", (("Othr", (("Id", statement.account),)),)),
        ("Ccy", currency),
    )
    body: tuple[Child, ...] = (
        ("Id", statement.number),
        ("CreDtTm", created),
        ("Acct", account),
        ("Bal", _balance("OPBD", statement.opening_fen, day, currency)),
        ("Bal", _balance("CLBD", statement.closing_fen, day, currency)),
        *(("Ntry", _entry(item, currency)) for item in statement.entries),
    )
    header: tuple[Child, ...] = (("MsgId", statement.number), ("CreDtTm", created))
    return documents.write(_KIND, (("BkToCstmrStmt", (("GrpHdr", header), ("Stmt", body))),))


def _balance(code: str, fen: int, on: date, currency: str) -> tuple[Child, ...]:
    return (
        ("Tp", (("CdOrPrtry", (("Cd", code),)),)),
        ("Amt", Amount(abs(fen), currency)),
        ("CdtDbtInd", "CRDT" if fen >= 0 else "DBIT"),
        ("Dt", (("Dt", on.isoformat()),)),
    )


def _entry(entry: Entry, currency: str) -> tuple[Child, ...]:
    day: tuple[Child, ...] = (("Dt", entry.on.isoformat()),)
    references: tuple[Child, ...] = (("EndToEndId", entry.reference or _NO_REFERENCE),)
    return (
        ("NtryRef", entry.number),
        ("Amt", Amount(abs(entry.amount_fen), currency)),
        ("CdtDbtInd", "CRDT" if entry.amount_fen > 0 else "DBIT"),
        ("Sts", "BOOK"),
        ("BookgDt", day),
        ("ValDt", day),
        ("AcctSvcrRef", entry.number),
        ("BkTxCd", (("Prtry", (("Cd", "TRF"),)),)),
        ("NtryDtls", (("TxDtls", (("Refs", references),)),)),
    )


def read(data: bytes) -> tuple[AccountStatement, ...]:
    """The statements of a camt.053, one an account.

    Raises:
        PaymentDocumentError: Not valid; an entry without a number, in another currency, or whose
            details do not sum to it; balances that the entries do not join.
    """
    root = documents.read(data, _KIND)
    return tuple(_statement(item) for item in root.all("BkToCstmrStmt/Stmt"))


def _statement(element: Element) -> AccountStatement:
    booked = [item for item in element.all("Ntry") if item.text("Sts") == "BOOK"]
    balances = {item.text("Tp/CdOrPrtry/Cd"): item for item in element.all("Bal")}
    opening = balances.get("OPBD", balances.get("PRCD"))
    if opening is None or "CLBD" not in balances:
        raise element.error("opening or closing balance is missing")
    currency = element.text("Acct/Ccy") or _currency(opening)
    entries = tuple(part for item in booked for part in _entries(item, currency))
    first, last = _signed(opening, "Amt"), _signed(balances["CLBD"], "Amt")
    if first + sum(entry.amount_fen for entry in entries) != last:
        raise element.error("opening balance and entries do not make the closing balance")
    return AccountStatement(
        number=element.needed("Id"),
        account=element.text("Acct/Id/Othr/Id") or element.needed("Acct/Id/IBAN"),
        currency=currency,
        created_at=element.instant("CreDtTm"),
        opening_fen=first,
        closing_fen=last,
        entries=entries,
        not_booked=len(element.all("Ntry")) - len(booked),
    )


def _currency(element: Element) -> str:
    amount = element.first("Amt")
    return "" if amount is None else amount.attribute("Ccy")


def _signed(element: Element, path: str) -> int:
    fen = element.fen(path)
    return fen if element.text("CdtDbtInd") == "CRDT" else -fen


def _entries(element: Element, currency: str) -> tuple[Entry, ...]:
    """One entry, or for a batch one for each payment in it."""
    number = element.text("AcctSvcrRef") or element.text("NtryRef")
    if not number:
        raise element.error("an entry has no number of the bank")
    if _currency(element) != currency:
        raise element.error(f"entry {number} is not in {currency}")
    on = element.day("BookgDt/Dt" if element.text("BookgDt/Dt") else "BookgDt/DtTm")
    fen = _signed(element, "Amt")
    details = element.all("NtryDtls/TxDtls")
    if len(details) <= 1:
        reference = _reference(details[0]) if details else ""
        return (Entry(number=number, reference=reference, amount_fen=fen, on=on),)
    sign = 1 if fen > 0 else -1
    parts = tuple(
        Entry(
            number=f"{number}/{place}",
            reference=_reference(item),
            amount_fen=sign * item.fen("AmtDtls/TxAmt/Amt"),
            on=on,
        )
        for place, item in enumerate(details, 1)
    )
    if sum(part.amount_fen for part in parts) != fen:
        raise element.error(f"the payments in entry {number} do not sum to it")
    return parts


def _reference(details: Element) -> str:
    found = details.text("Refs/EndToEndId")
    return "" if found == _NO_REFERENCE else found
