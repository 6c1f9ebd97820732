"""How `zhirong fees` looks on a terminal."""

from typing import cast

from zhirong.cli.fee_list import FeeList, Refused
from zhirong.cli.ground_words import words
from zhirong.cli.plain_table import table_lines
from zhirong.core.identifiers import patents
from zhirong.core.messages import Fact, Language
from zhirong.parameters.calendars import china
from zhirong.rights.fee_sheets import FeeSheet


def reason(row: Refused, lang: Language) -> str:
    """Why a row was refused, in words."""
    facts = cast("dict[str, Fact]", dict(row.error.facts))
    return words(row.error.code, lang, **facts)


def show(sheets: tuple[FeeSheet, ...], rights: FeeList, *, lang: Language) -> None:
    """Print one right in full, several as one line each, and what was refused or not read."""
    lines: list[str] = [] if sheets or rights.refused else [words("cli.fees.none", lang)]
    if len(sheets) == 1 and not rights.refused:
        lines = _one(sheets[0], lang)
    elif sheets:
        lines = _overview(sheets, lang)
    for row in rights.refused:
        facts: dict[str, Fact] = {"line": row.line, "text": row.text, "reason": reason(row, lang)}
        lines.append(words("cli.fees.refused", lang, **facts))
    if rights.unread:
        lines.append(words("cli.fees.unread", lang, headings=rights.unread))
    print("\n".join(lines))


def _name(sheet: FeeSheet) -> str:
    number = sheet.patent.app_no
    return patents.display(number) if number else "-"


def _one(sheet: FeeSheet, lang: Language) -> list[str]:
    lines = _facts(sheet, lang)
    if sheet.remaining:
        lines += ["", *_schedule(sheet, lang)]
        total = sheet.remaining_total.amount
        lines += ["", words("cli.fees.total", lang, total=total)]
        known = china().known.end
        if known is not None and sheet.remaining[-1].grace_ends_on >= known:
            lines.append(words("cli.fees.calendar", lang, known=known))
    if sheet.patent.fee_reduction is None:
        lines.append(words("cli.fees.reduction_not_known", lang))
    return lines


def _facts(sheet: FeeSheet, lang: Language) -> list[str]:
    right, standing, due = sheet.patent, sheet.standing, sheet.due
    facts: dict[str, Fact] = {
        "number": _name(sheet),
        "kind": f"right.kind.{right.kind}",
        "filed": right.filing_date,
        "granted": right.grant_date,
        "year": sheet.patent_year,
        "on": sheet.on,
        "last_day": sheet.term.last_day,
        "stage": f"right.fee_stage.{standing.stage}",
        "paid_through": standing.paid_through,
        "lapsed_on": standing.lapsed_on,
    }
    codes = ["cli.fees.right", "cli.fees.expired" if sheet.is_expired else "cli.fees.year"]
    codes.append("cli.fees.stage" if standing.paid_through is None else "cli.fees.stage_paid")
    if due is not None and due.total is not None:
        facts |= {
            "next_year": due.fee.patent_year,
            "due_on": due.fee.due_on,
            "grace_ends_on": due.fee.grace_ends_on,
            "payable": due.fee.payable.amount,
            "late_fee": due.late_fee.amount,
            "months": due.overdue_months,
            "total": due.total.amount,
        }
        codes.append("cli.fees.next_late" if due.overdue_months else "cli.fees.next")
    if standing.lapsed_on is not None:
        codes.append("cli.fees.lapsed")
    if sheet.restoration is not None:
        facts |= {
            "restoration_total": sheet.restoration.total.amount,
            "request_by": sheet.restoration.request_by,
        }
        dated = sheet.restoration.request_by is not None
        codes.append("cli.fees.restore_by" if dated else "cli.fees.restore")
    return [words(code, lang, **facts) for code in codes]


def _schedule(sheet: FeeSheet, lang: Language) -> list[str]:
    columns = ("year", "due_on", "grace", "full", "payable", "reason")
    rows = [tuple(words(f"cli.fees.column.{column}", lang) for column in columns)]
    rows += [
        (
            str(fee.patent_year),
            fee.due_on.isoformat(),
            fee.grace_ends_on.isoformat(),
            f"{fee.full.amount:,}",
            f"{fee.payable.amount:,}",
            words(f"right.reduction.{fee.reason}", lang),
        )
        for fee in sheet.remaining
    ]
    return table_lines(rows, right_aligned=frozenset({0, 3, 4}))


def _overview(sheets: tuple[FeeSheet, ...], lang: Language) -> list[str]:
    columns = ("number", "kind", "last_day", "stage", "due_on", "to_pay", "remaining")
    rows = [tuple(words(f"cli.fees.column.{column}", lang) for column in columns)]
    rows += [_overview_row(sheet, lang) for sheet in sheets]
    return table_lines(rows, right_aligned=frozenset({5, 6}))


def _overview_row(sheet: FeeSheet, lang: Language) -> tuple[str, ...]:
    payable = sheet.due.total if sheet.due else None
    return (
        _name(sheet),
        words(f"right.kind.{sheet.patent.kind}", lang),
        sheet.term.last_day.isoformat(),
        words(f"right.fee_stage.{sheet.standing.stage}", lang),
        sheet.due.fee.due_on.isoformat() if sheet.due else "-",
        f"{payable.amount:,}" if payable else "-",
        f"{sheet.remaining_total.amount:,}",
    )
