"""A list of marks, copyrights and data certificates, taken in row by row; no row is lost.

The list itself is the document behind each of its rights. A row that cannot be read or entered is
kept with the reason and with what mends it; taken in again, the list enters what was mended.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from zhirong.bootstrap_pages import HeldList, held_list
from zhirong.core.errors import InputError
from zhirong.core.messages import Fact, Message
from zhirong.core.money import Money, Rounding
from zhirong.filing.forms import ValueBasis
from zhirong.filing.register_view import RightState
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.documents import store
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.filing.held import KINDS, HeldRightError, NewRight, enter
from zhirong.platform.filing.models import RightsList
from zhirong.platform.matters.visibility import found, matter_for, visible
from zhirong.platform.operations import clock, journal
from zhirong.platform.words import words

_REGISTRIES = {kind: registry for registry, kinds in KINDS.items() for kind in kinds}
Account = dict[str, Any]


class RightsListError(InputError):
    """A file that is no list of rights; `reason` says why."""

    code = "error.rights_list"

    def __init__(self, reason: str) -> None:
        super().__init__(f"No list of rights: {reason}.", reason=f"error.rights_list.{reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLine:
    """A row of a list: `state` is entered, refused or aside; `reasons` say what was wrong."""

    sheet: str
    row: int
    state: str
    text: str
    reasons: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLine:
    """A list that was taken in, with every row of it but the headings and empty ones."""

    file_id: int
    name: str
    taken_on: Any
    rows_total: int
    entered: int
    rows: tuple[RowLine, ...]

    @property
    def refused(self) -> tuple[RowLine, ...]:
        """The rows that were not entered."""
        return tuple(row for row in self.rows if row.state == "refused")

    @property
    def aside(self) -> tuple[RowLine, ...]:
        """The rows that hold no right: titles, totals, notes."""
        return tuple(row for row in self.rows if row.state == "aside")


@transaction.atomic
def take_list(number: str, document_id: int, *, actor: Viewer) -> RightsList:
    """Enter the rights of a list, a document of the matter; what cannot be entered says why.

    Raises:
        NotFoundError: No such matter, or document in it.
        RightsListError: The file cannot be read, or no sheet of it has the headings of a list.
    """
    matter = matter_for(number, actor, Right.FILE)
    document = found(StoredFile, actor, pk=document_id, matter=matter, is_withdrawn=False)
    given = held_list(document.name, store.get(document.sha256), on=clock.today())
    if given.refusal is not None:
        raise RightsListError("file")
    if not any(sheet.table for sheet in given.sheets):
        raise RightsListError("headings")
    wrong = dict(_entered(number, document_id, given, actor))
    made = RightsList.objects.create(
        matter=matter,
        file=document,
        account=_account(given, wrong),
        taken_by_id=actor.user_id,
        taken_on=clock.today(),
    )
    line = _line(made)
    facts = {
        "document": document.name,
        "entered": line.entered,
        "refused": len(line.refused),
    }
    journal.record("rights_list_taken", by=actor, matter_id=matter.pk, facts=facts)
    return made


def _entered(
    number: str, document_id: int, given: HeldList, actor: Viewer
) -> Iterator[tuple[tuple[str, int], Message]]:
    """Enter the rows that can be; gives why the others were not."""
    seen: set[str] = set()
    for row in given.rows:
        place = (row.sheet, row.row)
        try:
            seen.add(_enter(number, _new_right(row.values, document_id), seen, actor))
        except HeldRightError as wrong:
            yield place, Message(str(wrong.facts["reason"]), {})


@transaction.atomic
def _enter(number: str, new: NewRight, seen: set[str], actor: Viewer) -> str:
    """Enter a right once a list; gives its number as the register writes it."""
    made = enter(number, new, actor=actor).number
    if made in seen:
        raise HeldRightError("twice")  # and the first one stays as it was
    return made


def _new_right(values: Mapping[str, Any], document_id: int) -> NewRight:
    kind = _kind(str(values["kind"]))
    today = clock.today()
    report = str(values.get("report_number") or "")
    is_data = kind == "data_ip"
    return NewRight(
        registry=_REGISTRIES[kind],
        number=str(values["number"]),
        name=str(values["name"]),
        kind=kind,
        registered_on=values["registered_on"],
        term_end=values["term_end"],
        owners=tuple(values["owners"]),
        state=RightState.EXPIRED if values["term_end"] < today else RightState.IN_FORCE,
        is_seized=bool(values.get("is_seized")),
        value=_value(values["value"]),
        basis=ValueBasis.APPRAISAL if report else ValueBasis.AGREED,
        valued_on=values.get("valued_on") or today,
        seen_on=values.get("seen_on") or today,
        extract_id=document_id,
        classes=_classes(values.get("classes") or ()),
        family=tuple(values.get("family") or ()),
        fingerprint_holds=bool(values.get("fingerprint_holds")) if is_data else None,
        report_number=report,
    )


def _kind(text: str) -> str:
    """The kind that a cell names, in either language.

    Raises:
        HeldRightError: None of those that are entered here; patents come with the appraisal.
    """
    plain = text.strip().casefold()
    for kind in _REGISTRIES:
        said = {words().label(f"right.kind.{kind}", lang).casefold() for lang in ("zh", "en")}
        if plain in {kind, *said}:
            return kind
    patents = {
        words().label(f"deed.kind.{kind}", lang).casefold()
        for kind in ("invention", "utility_model", "design")
        for lang in ("zh", "en")
    }
    raise HeldRightError("patent" if plain in patents else "kind")


def _value(amount: Decimal) -> Money:
    value = Money.rounded(amount, rounding=Rounding.HALF_UP)
    if value.fen < 0:
        raise HeldRightError("value")
    return value


def _classes(parts: tuple[str, ...]) -> tuple[int, ...]:
    if not all(part.isdecimal() for part in parts):
        raise HeldRightError("classes")
    return tuple(int(part) for part in parts)


def _account(given: HeldList, wrong: Mapping[tuple[str, int], Message]) -> Account:
    """Every row of every sheet, as it is kept."""
    return {"sheets": [_sheet(sheet, wrong) for sheet in given.sheets]}


def _sheet(sheet: Any, wrong: Mapping[tuple[str, int], Message]) -> Account:  # noqa: ANN401 - a SheetReport
    reasons: dict[int, list[Message]] = {}
    for cell in sheet.refused:
        reasons.setdefault(cell.source.row, []).extend([cell.reason, cell.mend])
    for (name, row), reason in wrong.items():
        if name == sheet.sheet:
            reasons.setdefault(row, []).append(reason)
    return {
        "sheet": sheet.sheet,
        "rows_total": sheet.rows_total,
        "heading_row": sheet.heading_row,
        "rows": [
            {
                "row": row.row,
                "state": "refused" if row.row in reasons else "entered",
                "text": " ".join(cell for cell in row.cells if cell.strip())[:300],
                "reasons": [
                    {"code": item.code, "facts": {k: str(v) for k, v in item.facts.items()}}
                    for item in reasons.get(row.row, ())
                ],
            }
            for row in sheet.rows
        ],
        "aside": [
            {"row": row.row, "text": row.text, "reason": row.reason} for row in sheet.set_aside
        ],
    }


def lists_of(number: str, viewer: Viewer) -> tuple[ListLine, ...]:
    """The lists that were taken in for a matter, the last one first."""
    rows = visible(RightsList, viewer).filter(matter__number=number).select_related("file")
    return tuple(_line(row) for row in rows)


def _line(row: RightsList) -> ListLine:
    sheets = row.account["sheets"]
    rows = tuple(line for sheet in sheets for line in _rows(sheet))
    return ListLine(
        file_id=row.file_id,
        name=row.file.name,
        taken_on=row.taken_on,
        rows_total=sum(len(sheet["rows"]) for sheet in sheets),
        entered=sum(line.state == "entered" for line in rows),
        rows=rows,
    )


def _rows(sheet: Account) -> Iterator[RowLine]:
    for row in sheet["rows"]:
        facts: list[tuple[str, dict[str, Fact]]] = [(r["code"], r["facts"]) for r in row["reasons"]]
        yield RowLine(
            sheet=sheet["sheet"],
            row=row["row"],
            state=row["state"],
            text=row["text"],
            reasons=tuple(Message(code, given) for code, given in facts),
        )
    for row in sheet["aside"]:
        if row["reason"] != "blank":
            reason = Message("held.list.aside", {})
            yield RowLine(
                sheet=sheet["sheet"],
                row=row["row"],
                state="aside",
                text=row["text"],
                reasons=(reason,),
            )
