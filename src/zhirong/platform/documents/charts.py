"""Charts that a job drew: kept once in both languages as files, and read back for pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhirong.bootstrap import PageChart
from zhirong.core.messages import Language
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.documents.services import NewFile, keep
from zhirong.platform.documents.showing import PICTURE, size_of
from zhirong.platform.matters.models import Matter

LANGUAGES: tuple[Language, ...] = ("zh", "en")
Kept = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnChart:
    """A chart in one language, ready to be kept."""

    lang: Language
    found: PageChart


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartLine:
    """A chart with its words and the table behind it; `narrow` is the file drawn for a phone."""

    key: str
    file: int
    title: str
    subtitle: str
    source: str
    alt: str
    width: int
    height: int
    rows: tuple[tuple[str, str], ...]
    narrow: int | None = None


def keep_charts(matter: Matter, drawn: Iterable[DrawnChart]) -> tuple[Kept, tuple[StoredFile, ...]]:
    """Keep the pictures; gives what a run's summary says of them by language, and the files."""
    kept: Kept = {lang: [] for lang in LANGUAGES}
    files: list[StoredFile] = []

    def stored(name: str, svg: bytes) -> int:
        picture = NewFile(name=name, content=svg, media_type="image/svg+xml")
        files.append(keep(matter, picture, use=PICTURE, by=None))
        return files[-1].pk

    for item in drawn:
        found, chart = item.found, item.found.chart
        name = f"{found.key}.{item.lang}"
        kept[item.lang].append(
            {
                "key": found.key,
                "file": stored(f"{name}.svg", chart.svg),
                "narrow": stored(f"{name}.narrow.svg", found.narrow) if found.narrow else None,
                "title": chart.title,
                "subtitle": chart.subtitle,
                "source": chart.source,
                "alt": chart.alt,
                **size_of(chart.svg),
                "rows": [list(row) for row in found.rows],
            }
        )
    return kept, tuple(files)


def chart_lines(
    kept: Mapping[str, Sequence[Mapping[str, Any]]],
) -> dict[str, tuple[ChartLine, ...]]:
    """What a summary says of the charts, by language."""
    return {
        lang: tuple(
            ChartLine(**{**chart, "rows": tuple((row[0], row[1]) for row in chart["rows"])})
            for chart in charts
        )
        for lang, charts in kept.items()
    }
