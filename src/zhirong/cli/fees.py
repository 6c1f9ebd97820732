"""`zhirong fees`: fees and terms of one patent or of a list, on a day.

Exit codes: 0 fine, 1 a right has lapsed or a row was refused, 2 wrong call or input.
"""

import argparse
import json
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from zhirong.cli import fee_text
from zhirong.cli.fee_facts import OPTIONS, FeeFactError, patent_of
from zhirong.cli.fee_list import FeeList, read_list
from zhirong.core.errors import InputError
from zhirong.core.identifiers import patents
from zhirong.core.messages import Language
from zhirong.core.money import Money
from zhirong.rights import law as patent_law
from zhirong.rights.fee_position import AmountDue, FeeStage, Restoration
from zhirong.rights.fee_sheets import FeeSheet, fee_sheet
from zhirong.rights.fees import AnnualFee
from zhirong.rights.records import FeeReduction, PatentKind

# Statutory dates are calendar dates of China.
_CHINA = timezone(timedelta(hours=8))
Document = dict[str, object]


class FeeCallError(InputError):
    """Options that do not go together."""

    code = "error.fee_call"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options; help texts are codes of the catalog."""
    parser.add_argument("--number", default="", help="cli.fees.option.number")
    parser.add_argument(
        "--kind",
        default="",
        choices=[str(kind) for kind in PatentKind],
        help="cli.fees.option.kind",
    )
    parser.add_argument("--filed", default="", metavar="DATE", help="cli.fees.option.filed")
    parser.add_argument("--granted", default="", metavar="DATE", help="cli.fees.option.granted")
    parser.add_argument(
        "--paid-through", default="", metavar="YEAR", help="cli.fees.option.paid_through"
    )
    parser.add_argument(
        "--reduction",
        default="",
        choices=[str(kind) for kind in FeeReduction],
        help="cli.fees.option.reduction",
    )
    parser.add_argument(
        "--notice-received", default="", metavar="DATE", help="cli.fees.option.notice"
    )
    parser.add_argument("--csv", metavar="FILE", help="cli.fees.option.csv")
    parser.add_argument("--on", default="", metavar="DATE", help="cli.fees.option.on")


def run(options: argparse.Namespace) -> int:
    """Print the fees."""
    on = _day("on", options.on) or datetime.now(tz=_CHINA).date()
    notice = _day("notice_received", options.notice_received)
    law = patent_law.shipped()
    cells = {
        "app_no": options.number,
        "kind": options.kind,
        "filing_date": options.filed,
        "grant_date": options.granted,
        "fee_paid_through_year": options.paid_through,
        "fee_reduction": options.reduction,
    }
    if options.csv:
        for field, text in cells.items():
            if text:
                raise FeeCallError(f"--csv with {field}.", option=OPTIONS[field])
        rights = read_list(Path(options.csv), on=on, law=law)
    else:
        rights = FeeList(patents=(patent_of(cells, on=on, law=law),), refused=(), unread=())
    sheets = tuple(
        fee_sheet(right, on=on, law=law, notice_received_on=notice) for right in rights.patents
    )
    if options.json:
        document = _document(sheets, rights, on, options.lang)
        print(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        fee_text.show(sheets, rights, lang=options.lang)
    lapsed = any(sheet.standing.stage is FeeStage.LAPSED for sheet in sheets)
    return 1 if rights.refused or lapsed else 0


def _day(field: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise FeeFactError(field, text=text) from None


def _document(sheets: tuple[FeeSheet, ...], rights: FeeList, on: date, lang: Language) -> Document:
    return {
        "on": on.isoformat(),
        "currency": "CNY",
        "patents": [_sheet(sheet) for sheet in sheets],
        "refused": [
            {
                "line": row.line,
                "text": row.text,
                "code": row.error.code,
                "reason": fee_text.reason(row, lang),
            }
            for row in rights.refused
        ],
        "columns_not_read": list(rights.unread),
    }


def _sheet(sheet: FeeSheet) -> Document:
    right, standing = sheet.patent, sheet.standing
    return {
        "number": right.app_no,
        "display": patents.display(right.app_no) if right.app_no else "",
        "kind": str(right.kind),
        "filed": right.filing_date.isoformat(),
        "granted": _iso(right.grant_date),
        "patent_year": sheet.patent_year,
        "expires_on": sheet.term.expires_on.isoformat(),
        "last_day": sheet.term.last_day.isoformat(),
        "is_expired": sheet.is_expired,
        "stage": str(standing.stage),
        "paid_through": standing.paid_through,
        "lapsed_on": _iso(standing.lapsed_on),
        "next": _due(sheet.due),
        "remaining": [_fee(fee) for fee in sheet.remaining],
        "remaining_total": _amount(sheet.remaining_total),
        "restoration": _restoration(sheet.restoration),
    }


def _due(due: AmountDue | None) -> Document | None:
    if due is None:
        return None
    return _fee(due.fee) | {
        "overdue_months": due.overdue_months,
        "late_fee": _amount(due.late_fee),
        "total": _amount(due.total),
    }


def _fee(fee: AnnualFee) -> Document:
    return {
        "patent_year": fee.patent_year,
        "anniversary": fee.anniversary.isoformat(),
        "due_on": fee.due_on.isoformat(),
        "grace_ends_on": fee.grace_ends_on.isoformat(),
        "full": _amount(fee.full),
        "reduction": str(fee.reduction),
        "reason": str(fee.reason),
        "payable": _amount(fee.payable),
        "is_compensation": fee.is_compensation,
    }


def _restoration(restoration: Restoration | None) -> Document | None:
    if restoration is None:
        return None
    return {
        "request_by": _iso(restoration.request_by),
        "restoration_fee": _amount(restoration.restoration_fee),
        "annual_fee": _amount(restoration.annual_fee),
        "late_fee": _amount(restoration.late_fee),
        "total": _amount(restoration.total),
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _amount(amount: Money | None) -> str | None:
    return None if amount is None else str(amount.amount)
