"""The charts of a run: drawn once by the job, in both languages, and kept with the matter."""

import re
from dataclasses import dataclass

from zhirong import bootstrap
from zhirong.application.result import Appraisal
from zhirong.core.messages import Language
from zhirong.platform.appraisals.models import AppraisalRun
from zhirong.platform.documents.services import NewFile, keep

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
        name = f"{item.found.key}.{item.lang}.svg"
        picture = NewFile(name=name, content=chart.svg, media_type="image/svg+xml")
        file = keep(run.matter, picture, use=USE, by=None)
        kept[item.lang].append(
            {
                "key": item.found.key,
                "file": file.pk,
                "title": chart.title,
                "subtitle": chart.subtitle,
                "source": chart.source,
                "alt": chart.alt,
                **_size(chart.svg),
                "rows": [list(row) for row in item.found.rows],
            }
        )
    run.summary = {**run.summary, "charts": kept}
    run.save(update_fields=["summary"])


def _size(svg: bytes) -> dict[str, int]:
    """Width and height of a picture, so that the page keeps its place before it has come."""
    found = re.search(rb'width="([\d.]+)" height="([\d.]+)"', svg)
    assert found, "every chart says its size"
    return {"width": round(float(found[1])), "height": round(float(found[2]))}
