"""The charts of a run: drawn once by the job, in both languages, and kept with the matter."""

from dataclasses import dataclass

from zhirong import bootstrap
from zhirong.application.result import Appraisal
from zhirong.core.messages import Language
from zhirong.platform.appraisals.models import AppraisalRun
from zhirong.platform.documents.services import NewFile, keep
from zhirong.platform.documents.showing import size_of

LANGUAGES: tuple[Language, ...] = ("zh", "en")
USE = "chart"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnChart:
    """A chart in one language, ready to be kept."""

    lang: Language
    found: bootstrap.PageChart


def draw(appraisal: Appraisal | None) -> tuple[DrawnChart, ...]:
    """Every chart that the result can show."""
    if appraisal is None:
        return ()
    return tuple(
        DrawnChart(lang=lang, found=found)
        for lang in LANGUAGES
        for found in bootstrap.charts_of(appraisal, lang=lang)
    )


def keep_charts(run: AppraisalRun, drawn: tuple[DrawnChart, ...]) -> None:
    """Keep the pictures, and what goes with them in the run's summary."""
    kept: dict[str, list[dict[str, object]]] = {lang: [] for lang in LANGUAGES}
    for item in drawn:
        chart = item.found.chart
        narrow = item.found.narrow
        file = _kept(run, f"{item.found.key}.{item.lang}.svg", chart.svg)
        kept[item.lang].append(
            {
                "key": item.found.key,
                "file": file,
                "narrow": _kept(run, f"{item.found.key}.{item.lang}.narrow.svg", narrow)
                if narrow
                else None,
                "title": chart.title,
                "subtitle": chart.subtitle,
                "source": chart.source,
                "alt": chart.alt,
                **size_of(chart.svg),
                "rows": [list(row) for row in item.found.rows],
            }
        )
    run.summary = {**run.summary, "charts": kept}
    run.save(update_fields=["summary"])


def _kept(run: AppraisalRun, name: str, svg: bytes) -> int:
    picture = NewFile(name=name, content=svg, media_type="image/svg+xml")
    return keep(run.matter, picture, use=USE, by=None).pk
