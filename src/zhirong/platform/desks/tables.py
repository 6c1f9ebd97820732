"""Lists that sort by column, page by page, and leave as a workbook; all of it in the address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import HttpRequest, HttpResponse

from zhirong.bootstrap_pages import Cell, Kind, Table, workbook_of
from zhirong.core.messages import Fact
from zhirong.platform.desks.request import viewer
from zhirong.platform.operations import clock
from zhirong.platform.words import say

PAGE = 20
DOWN = "-"
Row = TypeVar("Row")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIGURES: tuple[Kind, ...] = ("yuan", "share", "count", "score")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Row]):
    """A column: key in the address, code of its words, what stands in it, and how to read it."""

    key: str
    code: str
    read: Callable[[Row], Cell]
    kind: Kind = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of a column as a link that sorts by it; `state` is up, down or nothing."""

    code: str
    address: str
    state: str
    is_figure: bool

    @property
    def aria(self) -> str:
        """How the list is sorted by this column, as assistive technology asks for it."""
        return {"up": "ascending", "down": "descending"}.get(self.state, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Where a list stands, with the addresses of the pages beside; empty at its ends."""

    page: int
    pages: int
    count: int
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """By which column, and whether from the largest down."""

    key: str
    is_down: bool

    @property
    def value(self) -> str:
        """As the address says it."""
        return f"{DOWN if self.is_down else ''}{self.key}"


def sorting_of(request: HttpRequest, keys: Sequence[str], usual: str) -> Sorting:
    """How the address wants a list sorted; as usual where it names no column."""
    asked = request.GET.get("sort", "")
    asked = asked if asked.removeprefix(DOWN) in keys else usual
    return Sorting(key=asked.removeprefix(DOWN), is_down=asked.startswith(DOWN))


def page_of(request: HttpRequest) -> int:
    """The page that the address asks for, from 1 on."""
    asked = request.GET.get("page", "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def address_with(request: HttpRequest, place: str = "", **changes: str) -> str:
    """The address of this page with some of its questions changed; empty ones fall away."""
    query = request.GET.copy()
    for name, value in changes.items():
        if value:
            query[name] = value
        else:
            query.pop(name, None)
    return f"?{query.urlencode()}{place}"


def heads(
    request: HttpRequest, columns: Sequence[Column[Row]], sorting: Sorting, *, place: str = ""
) -> tuple[Head, ...]:
    """The heads of a list; pressing the one it is sorted by turns the order round."""
    found = []
    for column in columns:
        is_here = column.key == sorting.key
        turned = Sorting(key=column.key, is_down=is_here and not sorting.is_down)
        state = ("down" if sorting.is_down else "up") if is_here else ""
        found.append(
            Head(
                code=column.code,
                address=address_with(request, place, sort=turned.value, page=""),
                state=state,
                is_figure=column.kind in FIGURES,
            )
        )
    return tuple(found)


def pager_of(request: HttpRequest, *, count: int, page: int, place: str = "") -> Pager:
    """The pager of a list of so many rows."""
    pages = max(1, -(-count // PAGE))
    page = min(page, pages)
    return Pager(
        page=page,
        pages=pages,
        count=count,
        before=address_with(request, place, page=str(page - 1)) if page > 1 else "",
        after=address_with(request, place, page=str(page + 1)) if page < pages else "",
    )


def sorted_rows(
    rows: Sequence[Row], columns: Sequence[Column[Row]], sorting: Sorting
) -> tuple[Row, ...]:
    """Rows in the order of a column; what has nothing there comes last either way."""
    read = next(column.read for column in columns if column.key == sorting.key)
    full = [row for row in rows if read(row) is not None]
    empty = [row for row in rows if read(row) is None]
    return (*sorted(full, key=read, reverse=sorting.is_down), *empty)  # type: ignore[arg-type]


def one_page(rows: Sequence[Row], pager: Pager) -> Sequence[Row]:
    """The rows of the pager's page."""
    return rows[(pager.page - 1) * PAGE : pager.page * PAGE]


def as_xlsx(
    request: HttpRequest, name: str, title: str, table: tuple[Sequence[Column[Row]], Sequence[Row]]
) -> HttpResponse:
    """A list as a workbook, with who took it away and when."""
    columns, rows = table
    asking, day = viewer(request), clock.today()
    facts: dict[str, Fact] = {
        "organization": asking.organization_name,
        "who": asking.name,
        "day": day,
    }
    content = workbook_of(
        Table(
            title=title,
            note=say("list.exported", facts),
            heads=tuple(say(column.code) for column in columns),
            kinds=tuple(column.kind for column in columns),
            rows=tuple(tuple(column.read(row) for column in columns) for row in rows),
        ),
        dated_on=day,
    )
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
