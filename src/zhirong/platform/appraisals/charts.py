"""The charts of a run, drawn once by the job in both languages."""

from zhirong import bootstrap
from zhirong.application.result import Appraisal
from zhirong.platform.documents.charts import LANGUAGES, DrawnChart


def draw(appraisal: Appraisal | None) -> tuple[DrawnChart, ...]:
    """Every chart that the result can show."""
    if appraisal is None:
        return ()
    return tuple(
        DrawnChart(lang=lang, found=found)
        for lang in LANGUAGES
        for found in bootstrap.charts_of(appraisal, lang=lang)
    )
