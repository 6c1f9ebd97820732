"""Which table a sheet holds and where it begins: told by its headings, hinted by its name."""

from collections.abc import Iterator
from dataclasses import dataclass

from zhirong.adapters.intake import headings, vocabulary
from zhirong.adapters.intake.grid import Grid
from zhirong.adapters.intake.headings import HouseMap, Match
from zhirong.adapters.intake.limits import Limits
from zhirong.adapters.intake.vocabulary import TableSpec, plain
from zhirong.application.intake_report import HeadingUse

_NAME_HINT = 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A table found in a grid: its heading row (from zero) and what each column is."""

    spec: TableSpec
    heading_row: int
    columns: tuple[Match, ...]
    is_transposed: bool = False
    score: float = 0.0


def recognize(grid: Grid, house: HouseMap, limits: Limits) -> Layout | None:
    """The likeliest table of the sheet, or None.

    Args:
        grid: The sheet.
        house: Headings that folder and house have mapped.
        limits: Rows from the top in which headings are looked for, and how long they may be.
    """
    found = max(_layouts(grid, house, limits), key=_preference, default=None)
    is_small = grid.column_count <= limits.heading_rows and len(grid.rows) <= limits.across_rows
    if found is None and is_small:
        turned = grid.transposed()
        across = max(_layouts(turned, house, limits, is_across=True), key=_preference, default=None)
        if across is not None:
            return Layout(
                spec=across.spec,
                heading_row=across.heading_row,
                columns=across.columns,
                is_transposed=True,
                score=across.score,
            )
    return found


def _preference(layout: Layout) -> tuple[float, int]:
    return (layout.score, -layout.heading_row)


def _layouts(
    grid: Grid, house: HouseMap, limits: Limits, *, is_across: bool = False
) -> Iterator[Layout]:
    for row in range(min(limits.heading_rows, len(grid.rows))):
        texts = [
            _heading_text(grid, row, column, limits.heading_chars)
            for column in range(len(grid.rows[row]))
        ]
        filled = {plain(text) for text in texts if text.strip()}
        if len(filled) < (1 if is_across else 2):
            continue
        for spec in vocabulary.tables():
            if is_across and not spec.corner:
                continue
            layout = _layout(texts, spec, house, row, is_across=is_across)
            if layout is not None:
                yield _hinted(layout, grid.sheet)


def _heading_text(grid: Grid, row: int, column: int, chars_max: int) -> str:
    raw = grid.raw(row, column)
    return raw if isinstance(raw, str) and len(raw) <= chars_max else ""


def _layout(
    texts: list[str], spec: TableSpec, house: HouseMap, row: int, *, is_across: bool
) -> Layout | None:
    matches = [headings.match(text, spec, house) if text.strip() else None for text in texts]
    if is_across:
        _set_corner(texts, matches, spec)
    columns = tuple(match or Match(use=HeadingUse.UNKNOWN) for match in matches)
    fields = {match.field.name for match in columns if match.field is not None}
    if not _has_keys(spec, fields):
        return None
    known = sum(match.use is not HeadingUse.UNKNOWN for match in columns)
    # A column that means nothing here speaks against this table, if little.
    unknown = sum(match is not None and match.use is HeadingUse.UNKNOWN for match in matches)
    score = len(fields) + 0.25 * (known - len(fields)) - 0.5 * unknown
    return Layout(spec=spec, heading_row=row, columns=columns, score=score)


def _set_corner(texts: list[str], matches: list[Match | None], spec: TableSpec) -> None:
    """Makes the cell where items and years meet the heading of the years; it may be empty.

    It is the last such cell above the first item; those before it are titles.
    """
    years = [field for field in spec.fields if field.kind == "year"]
    items = [
        place
        for place, match in enumerate(matches)
        if match is not None and match.field is not None and match.field not in years
    ]
    if not items:
        return
    bare = [plain(headings.split_unit(text)[0]) for text in texts[: items[0]]]
    corners = [place for place, text in enumerate(bare) if text in spec.corner]
    for place in corners:
        matches[place] = Match(use=HeadingUse.NOT_NEEDED)
    if items[0] and not texts[items[0] - 1].strip():
        corners.append(items[0] - 1)
    if corners and years:
        matches[corners[-1]] = Match(use=HeadingUse.MAPPED, field=years[0])


def _has_keys(spec: TableSpec, fields: set[str]) -> bool:
    if not fields.issuperset(spec.keys):
        return False
    # A heading such as "name" alone is too little to tell a table by.
    return len(fields) >= min(2, len(spec.fields))


def _hinted(layout: Layout, sheet: str) -> Layout:
    name = plain(sheet)
    names = layout.spec.sheet_names
    if name in names:
        bonus = 2 * _NAME_HINT
    elif any(known and known in name for known in names):
        bonus = _NAME_HINT
    else:
        return layout
    return Layout(
        spec=layout.spec,
        heading_row=layout.heading_row,
        columns=layout.columns,
        is_transposed=layout.is_transposed,
        score=layout.score + bonus,
    )
