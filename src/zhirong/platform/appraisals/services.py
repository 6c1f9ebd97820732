"""Asking for an appraisal, and the job that does it."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from zhirong import bootstrap
from zhirong.application.batch import FirmOutcome, appraise_folders
from zhirong.application.case.options import AppraisalOptions
from zhirong.application.result import Appraisal
from zhirong.core.errors import StateError
from zhirong.core.messages import Message
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.appraisals.charts import draw
from zhirong.platform.appraisals.models import AppraisalRun, AppraisedRight, RunFile
from zhirong.platform.appraisals.reading import headline, rights_of_run
from zhirong.platform.documents import store
from zhirong.platform.documents.charts import DrawnChart, keep_charts
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.documents.services import NewFile, keep
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.services import advance
from zhirong.platform.matters.visibility import found, matter_for
from zhirong.platform.operations import clock, journal, outbox, progress
from zhirong.platform.operations.models import Outbox
from zhirong.platform.operations.once import under_key

KIND = "appraise"
READ, VALUED, KEPT = 1, 2, 3
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class NothingToAppraiseError(StateError):
    """A matter without files of the firm."""

    code = "error.nothing_to_appraise"


@transaction.atomic
def ask_for_appraisal(
    number: str, *, valuation_date: date, debt_term_end: date | None, actor: Viewer, key: str = ""
) -> AppraisalRun:
    """Start an appraisal of the firm's files as they stand; the run is done by a job.

    The same key starts one.

    Raises:
        NothingToAppraiseError: The firm has given no files.
    """
    matter = matter_for(number, actor, Right.APPRAISE)
    days = (valuation_date, debt_term_end)
    done = under_key(
        f"ask_for_appraisal/{number}", key, lambda: {"run": _asked(matter, days, actor).pk}
    )
    return AppraisalRun.objects.get(pk=done["run"])


def _asked(matter: Matter, days: tuple[date, date | None], actor: Viewer) -> AppraisalRun:
    valuation_date, debt_term_end = days
    files = StoredFile.objects.filter(matter=matter, use="firm_file", is_withdrawn=False)
    if not files:
        raise NothingToAppraiseError(f"{matter.number} has no files.", matter=matter.number)
    job = outbox.ask_watched(
        KIND, {"matter": matter.pk}, by=actor, title="job.appraise", matter_id=matter.pk
    )
    run = AppraisalRun.objects.create(
        matter=matter,
        job=job,
        valuation_date=valuation_date,
        debt_term_end=debt_term_end,
        asked_by_id=actor.user_id,
        input_hashes=[[file.name, file.sha256] for file in files],
    )
    journal.record(
        "appraisal_asked",
        by=actor,
        matter_id=matter.pk,
        facts={"valuation_date": valuation_date.isoformat(), "files": len(files)},
    )
    return run


def perform(item: Outbox) -> None:
    """Do the run that an outbox row asks for; run again after a crash, it ends the same way."""
    run = AppraisalRun.objects.select_related("job", "matter", "asked_by").get(job__outbox=item)
    if run.state != AppraisalRun.State.WAITING:
        return
    progress.say(run.job_id, done=READ, total=KEPT, code="job.appraise.reading")
    with tempfile.TemporaryDirectory() as place:
        given, out = Path(place) / "given", Path(place) / "out"
        given.mkdir()
        for name, digest in run.input_hashes:
            (given / name).write_bytes(store.get(digest))
        outcome = _appraise(run, given, out)
        progress.say(run.job_id, done=VALUED, total=KEPT, code="job.appraise.keeping")
        files = tuple(
            NewFile(
                name=path.name,
                content=path.read_bytes(),
                media_type=MEDIA_TYPES[path.suffix.lstrip(".")],
            )
            for path in outcome.files
        )
    drawn = draw(outcome.appraisal)
    outbox.once(item.pk, "keep", lambda: _keep(run, outcome, files, drawn))


def _appraise(run: AppraisalRun, given: Path, out: Path) -> FirmOutcome:
    options = AppraisalOptions(
        purpose="pledge",
        valuation_date=run.valuation_date,
        report_date=max(clock.today(), run.valuation_date),
        debt_term_end=run.debt_term_end,
        accepted_by=run.asked_by.name,
        report_number=f"ZR-{run.matter.number}-{run.pk}",
    )
    ports = bootstrap.folder_ports(
        languages=("zh", "en"), valuation_date=run.valuation_date, house=None, out=out
    )
    (outcome,) = appraise_folders([(given, out)], options, ports=ports)
    return outcome


def _keep(
    run: AppraisalRun,
    outcome: FirmOutcome,
    files: tuple[NewFile, ...],
    drawn: tuple[DrawnChart, ...],
) -> dict[str, Any]:
    """All that the run gave, in one transaction with the matter's step."""
    if progress.is_cancelled(run.job_id):
        return {"state": "cancelled"}
    if outcome.appraisal is None or outcome.failure is not None:
        assert outcome.failure is not None, "a run without a result says why"
        return _fail(run, outcome.failure)
    for file in files:
        kept = keep(run.matter, file, use="appraisal", by=None)
        RunFile.objects.create(run=run, file=kept, kind=file.name)
    _fill(run, outcome.appraisal)
    charts, _ = keep_charts(run.matter, drawn)
    run.summary = {**run.summary, "charts": charts}
    run.save(update_fields=["summary"])
    AppraisedRight.objects.bulk_create(rights_of_run(run, outcome.appraisal))
    facts = {"report": run.report_number, "value_fen": run.market_value_fen}
    journal.record("appraisal_done", by=None, matter_id=run.matter_id, facts=facts)
    matter = Matter.objects.select_for_update().get(pk=run.matter_id)
    has_value = run.market_value_fen is not None
    if has_value and matter.stage == Matter.Stage.CHECKED:
        advance(matter, Matter.Stage.APPRAISED, actor=None)
    code = "job.appraise.done" if has_value else "job.appraise.no_value"
    facts = {"questions": len(outcome.appraisal.questions)}
    progress.end(run.job_id, state="done", code=code, facts=facts)
    return {"state": "done"}


def _fill(run: AppraisalRun, appraisal: Appraisal) -> None:
    for name, value in headline(appraisal).items():
        setattr(run, name, value)
    run.state = AppraisalRun.State.DONE
    run.save()


def _fail(run: AppraisalRun, failure: Message) -> dict[str, Any]:
    facts = {name: str(value) for name, value in failure.facts.items()}
    run.state = AppraisalRun.State.FAILED
    run.failure = {"code": failure.code, "facts": facts}
    run.save()
    journal.record(
        "appraisal_failed", by=None, matter_id=run.matter_id, facts={"code": failure.code}
    )
    progress.end(run.job_id, state="failed", code=failure.code, facts=facts)
    return {"state": "failed"}


def cancel(run_id: int, *, actor: Viewer) -> None:
    """Ask a waiting run to stop; it keeps nothing once it notices.

    Raises:
        NotFoundError: No such run to see.
    """
    run = found(AppraisalRun, actor, pk=run_id)
    actor.need(Right.APPRAISE)
    progress.ask_cancel(run.job_id, by=actor)
