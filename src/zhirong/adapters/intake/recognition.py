"""Which table a sheet holds and where it begins: told by its headings, hinted by its name."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from zhirong.adapters.intake import headings, vocabulary
from zhirong.adapters.intake.grid import Grid
from zhirong.adapters.intake.headings import HouseMap, Match
from zhirong.adapters.intake.limits import Limits
from zhirong.adapters.intake.vocabulary import TableSpec, plain
from zhirong.application.case.intake_report import HeadingUse

_NAME_HINT = 2.5
_YEAR_CHARS = 40  # of a heading that begins with a year


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A table found in a grid: its heading row (from zero) and what each column is.

    Where years stand along the head, `years` are their columns with the year of each, and `items`
    the column that says which amount a row holds, if there is one.
    """

    spec: TableSpec
    heading_row: int
    columns: tuple[Match, ...]
    is_transposed: bool = False
    score: float = 0.0
    years: tuple[tuple[int, int], ...] = ()
    items: int | None = None


def recognize(
    grid: Grid, house: HouseMap, limits: Limits, specs: Sequence[TableSpec] = ()
) -> Layout | None:
    """The likeliest table of the sheet, or None.

    Args:
        grid: The sheet.
        house: Headings that folder and house have mapped.
        limits: Rows from the top in which headings are looked for, and how long they may be.
        specs: The tables that it may be; those of a firm's folder where none are given.
    """
    known = specs or vocabulary.tables()
    found = max(_layouts(grid, house, limits, known), key=_preference, default=None)
    is_small = grid.column_count <= limits.heading_rows and len(grid.rows) <= limits.across_rows
    if found is None and is_small:
        turned = grid.transposed()
        layouts = _layouts(turned, house, limits, known, is_across=True)
        across = max(layouts, key=_preference, default=None)
        if across is not None:
            return replace(across, is_transposed=True)
    return found


def _preference(layout: Layout) -> tuple[float, int]:
    return (layout.score, -layout.heading_row)


def _layouts(
    grid: Grid,
    house: HouseMap,
    limits: Limits,
    specs: Sequence[TableSpec],
    *,
    is_across: bool = False,
) -> Iterator[Layout]:
    for row in range(min(limits.heading_rows, len(grid.rows))):
        texts = [
            _heading_text(grid, row, column, limits.heading_chars)
            for column in range(len(grid.rows[row]))
        ]
        filled = {plain(text) for text in texts if text.strip()}
        if len(filled) < (1 if is_across else 2):
            continue
        for spec in specs:
            if is_across and not spec.corner:
                continue
            layout = _layout(texts, spec, house, row, is_across=is_across)
            if layout is None and spec.spread is not None and not is_across:
                years = [(c, grid.text(row, c)) for c in range(len(texts))]
                layout = _spread_layout(texts, years, spec, house, row)
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
    fields = _fields(matches)
    if not _has_keys(spec, fields):
        return None
    score = _score(matches, fields)
    return Layout(spec=spec, heading_row=row, columns=columns, score=score)


def _fields(matches: Iterable[Match | None]) -> set[str]:
    return {match.field.name for match in matches if match is not None and match.field is not None}


def _score(matches: list[Match | None], fields: set[str]) -> float:
    uses = [match.use for match in matches if match is not None]
    unknown = uses.count(HeadingUse.UNKNOWN)
    # A column that means nothing here speaks against this table, if little.
    return len(fields) + 0.25 * (len(uses) - unknown - len(fields)) - 0.5 * unknown


def _spread_layout(
    texts: list[str], heads: list[tuple[int, str]], spec: TableSpec, house: HouseMap, row: int
) -> Layout | None:
    """The layout of a table whose years stand along the head; None where there are none."""
    assert spec.spread is not None
    found = {c: headings.year_match(text, spec) for c, text in heads if len(text) <= _YEAR_CHARS}
    years = tuple((c, match[0]) for c, match in found.items() if match is not None)
    matches = [headings.match(text, spec, house) if text.strip() else None for text in texts]
    if not years or spec.spread.years in _fields(matches):
        return None
    for column, match in found.items():
        if match is not None:
            matches[column] = match[1]
    items = next((c for c, text in enumerate(texts) if plain(text) in spec.spread.items), None)
    if items is not None:
        matches[items] = Match(use=HeadingUse.MAPPED)
    fields = _fields(matches) | {spec.spread.years}
    if not _has_keys(spec, fields):
        return None
    return Layout(
        spec=spec,
        heading_row=row,
        columns=tuple(match or Match(use=HeadingUse.UNKNOWN) for match in matches),
        score=_score(matches, fields),
        years=years,
        items=items,
    )


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
    return replace(layout, score=layout.score + bonus)
