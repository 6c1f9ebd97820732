"""Terms of a payment date as spreadsheet formulas: which cell holds which term, and its text.

Cells hold CNY; terms hold fen. Every sum and product is rounded to the fen, so that equal amounts
are equal numbers and comparisons hold exactly.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from xlsxwriter.utility import xl_rowcol_to_cell

from zhirong.securitization.waterfall.carriers import Cell
from zhirong.securitization.waterfall.terms import Kind, Op, Term

LONGEST = 240
"""Characters of a formula above which its parts get cells of their own."""
_FUNCTIONS = {
    Op.LEAST: "MIN",
    Op.GREATEST: "MAX",
    Op.BOTH: "AND",
    Op.EITHER: "OR",
    Op.IF: "IF",
    Op.NOT: "NOT",
}
_SIGNS = {Op.BELOW: "<", Op.AT_MOST: "<=", Op.EQUAL: "="}


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a named sheet."""

    sheet: str
    row: int
    column: int

    def seen_from(self, sheet: str) -> str:
        """Its absolute address, with the sheet's name where it is another one."""
        address = str(xl_rowcol_to_cell(self.row, self.column, row_abs=True, col_abs=True))
        return address if sheet == self.sheet else f"'{self.sheet}'!{address}"


@dataclass(slots=True)
class Places:
    """Which cell holds which term: the first cell that asked for it."""

    of: dict[Term, Place] = field(default_factory=dict)

    def take(self, cell: Cell, place: Place) -> bool:
        """Whether this place now holds the term (false: plain, or held elsewhere)."""
        if not isinstance(cell, Term) or cell in self.of:
            return False
        self.of[cell] = place
        return True


def shared(roots: Iterable[Cell], places: Mapping[Term, Place]) -> tuple[Term, ...]:
    """Terms without a cell that several others need, or that would make a formula too long."""
    parents: dict[Term, int] = {}
    lengths: dict[Term, int] = {}
    stack = [(each, False) for each in roots if isinstance(each, Term)]
    seen: set[Term] = set()
    while stack:
        term, is_open = stack.pop()
        parts = [each for each in term.arguments if isinstance(each, Term)]
        if is_open:
            lengths[term] = 16 + sum(_length(each, lengths, places) for each in parts)
            continue
        if term in seen:
            continue
        seen.add(term)
        stack.append((term, True))
        for part in parts:
            parents[part] = parents.get(part, 0) + 1
            stack.append((part, False))
    own = [each for each in lengths if each not in places and each.op is not Op.INPUT]
    return tuple(each for each in own if parents.get(each, 0) > 1 or lengths[each] > LONGEST)


def _length(part: Term, lengths: dict[Term, int], places: Mapping[Term, Place]) -> int:
    if part in places:
        return 8
    length = lengths.get(part, 8)
    # A part that is itself too long gets a cell, so it counts as an address here.
    return 12 if length > LONGEST else length


def formula(term: Term, places: Mapping[Term, Place], sheet: str) -> str:
    """The formula of a term, with its equals sign; its parts are addresses where they have one."""
    return "=" + _worked(term, places, sheet)


def address(term: Term, places: Mapping[Term, Place], sheet: str) -> str:
    """The formula that takes the cell of a term."""
    return "=" + places[term].seen_from(sheet)


def number(value: Cell, kind: Kind) -> str:
    """A plain number as a formula writes it."""
    if kind is Kind.FEN and not isinstance(value, bool):
        return f"{value / 100:.2f}".removesuffix(".00")
    return str(value).upper() if isinstance(value, bool) else str(value)


def _text(cell: Cell, places: Mapping[Term, Place], where: tuple[str, Kind]) -> str:
    sheet, kind = where
    if not isinstance(cell, Term):
        return number(cell, kind)
    place = places.get(cell)
    return place.seen_from(sheet) if place is not None else _worked(cell, places, sheet)


def _worked(term: Term, places: Mapping[Term, Place], sheet: str) -> str:
    if term.op in (Op.ADD, Op.SUBTRACT):
        text = _sum(term, places, sheet)
        return text if term.kind is Kind.COUNT else f"ROUND({text},2)"
    parts = [_text(each, places, (sheet, _literals(term))) for each in term.arguments]
    if term.op in _FUNCTIONS:
        return f"{_FUNCTIONS[term.op]}({','.join(parts)})"
    if term.op in _SIGNS:
        return f"{parts[0]}{_SIGNS[term.op]}{parts[1]}"
    match term.op:
        case Op.TIMES:
            return f"ROUND({parts[0]}*{term.arguments[1]},2)"
        case Op.EXCEEDS:
            above, below = term.ratio
            return f"ROUND({_times(parts[0], below)}-{_times(parts[1], above)},2)>0"
        case _:
            return _rounded(term, parts)


def _rounded(term: Term, parts: list[str]) -> str:
    if term.op is Op.PART:
        product = f"{parts[0]}*{parts[1]}/{parts[2]}"
        rounded = f"INT(ROUND({product}*100,4))/100" if term.cuts else f"ROUND({product},2)"
        return f"IF({parts[2]}=0,0,{rounded})"
    above, below = term.ratio
    product = _times(parts[0], above) if term.op is Op.SCALED else "*".join(parts)
    if term.op is Op.AT_RATE:
        product = _times(product, above)
    product = product if below == 1 else f"{product}/{below}"
    return f"INT(ROUND({product}*100,6))/100" if term.cuts else f"ROUND({product},2)"


def _times(text: str, factor: int) -> str:
    return text if factor == 1 else f"{text}*{factor}"


def _literals(term: Term) -> Kind:
    """What kind plain numbers among the arguments are: that of the terms beside them."""
    for each in term.arguments:
        if isinstance(each, Term) and each.kind not in (Kind.TRUTH, Kind.RATE):
            return each.kind
    return term.kind if term.kind is not Kind.TRUTH else Kind.FEN


def _sum(term: Term, places: Mapping[Term, Place], sheet: str) -> str:
    """A sum without inner brackets: what has no cell of its own is written out."""
    left, right = term.arguments
    texts = []
    for each in (left, right):
        is_inner = isinstance(each, Term) and each not in places
        if is_inner and each.op in (Op.ADD, Op.SUBTRACT):
            inner = _sum(each, places, sheet)
            bracket = each is right and term.op is Op.SUBTRACT
            texts.append(f"({inner})" if bracket else inner)
        else:
            texts.append(_text(each, places, (sheet, _literals(term))))
    return texts[0] + ("+" if term.op is Op.ADD else "-") + texts[1]
