"""The job of a plan's run: files read, plan structured or a date reported, everything kept."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhirong import bootstrap_plan_papers, bootstrap_plans
from zhirong.application.plans import pool_tests
from zhirong.application.plans.payment_dates import payment_dates
from zhirong.application.plans.payment_report import payment_report
from zhirong.application.plans.scenario_run import run_scenario, scenario_of
from zhirong.application.plans.structure import structure
from zhirong.application.plans.structure_document import structure_document
from zhirong.core.codec import encode
from zhirong.core.errors import InputError, StateError
from zhirong.core.messages import Language, Message
from zhirong.parameters.calendars import china
from zhirong.parameters.reader import Parameters, catalog
from zhirong.platform.documents import store
from zhirong.platform.documents.charts import LANGUAGES, DrawnChart, keep_charts
from zhirong.platform.documents.services import NewFile, keep
from zhirong.platform.matters.models import Matter
from zhirong.platform.operations import journal, outbox, progress
from zhirong.platform.operations.models import Outbox
from zhirong.platform.plans import money
from zhirong.platform.plans.issuing import lay_out
from zhirong.platform.plans.models import PlanRun, PlanRunFile
from zhirong.platform.plans.money import problems_of

USE = "plan_result"
READ, COMPUTED, KEPT = 1, 2, 3
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run gave: files, what it found, charts; or the problems that stopped it."""

    files: tuple[NewFile, ...] = ()
    summary: dict[str, Any] | None = None
    charts: tuple[DrawnChart, ...] = ()
    problems: tuple[Message, ...] = ()


def perform(item: Outbox) -> None:
    """Do the run that an outbox row asks for; run again after a crash, it ends the same way."""
    run = PlanRun.objects.select_related("job", "matter").get(job__outbox=item)
    if run.state != PlanRun.State.WAITING:
        return
    progress.say(run.job_id, done=READ, total=KEPT, code="job.plan.reading")
    with tempfile.TemporaryDirectory() as place:
        given, out = Path(place) / "given", Path(place) / "out"
        given.mkdir()
        for name, digest in run.input_hashes:
            (given / name).write_bytes(store.get(digest))
        outcome = _outcome(run, given, out)
    progress.say(run.job_id, done=COMPUTED, total=KEPT, code="job.plan.keeping")
    outbox.once(item.pk, "keep", lambda: _keep(run, outcome))


def _outcome(run: PlanRun, given: Path, out: Path) -> Outcome:
    """What the files give; what is wrong with them, one by one, where they give nothing."""
    names = [name for name, _ in run.input_hashes if name.endswith((".yaml", ".yml"))]
    try:
        if run.kind == PlanRun.Kind.REPORT:
            return _report(run, given / names[0], out)
        return _structure(given / names[0], out)
    except (InputError, StateError) as error:
        return Outcome(problems=problems_of(error))


def _structure(path: Path, out: Path) -> Outcome:
    parameters = Parameters()
    inputs = bootstrap_plans.read_plan(path)
    found = structure(inputs, parameters)
    dates = payment_dates(inputs, parameters, china())
    papers = bootstrap_plan_papers.structure_papers(found, lang="zh")
    files = _kept(bootstrap_plan_papers.write_papers(papers, out))
    for lang in LANGUAGES:
        files += _kept(bootstrap_plans.write_structure(found, out=out / lang, lang=lang), lang=lang)
    summary = {
        "documents": {lang: structure_document(found, catalog(), lang) for lang in LANGUAGES},
        "payments": [day.isoformat() for day in inputs.plan.dates.payments],
        "chains": [
            {
                "payment": chain.nominal.isoformat(),
                "links": [
                    {
                        "link": each.link.value,
                        "on": each.on.isoformat(),
                        "is_provisional": each.is_provisional,
                    }
                    for each in chain.links
                ],
            }
            for chain in dates.chains
        ],
        "date_problems": [encode(each) for each in dates.problems],
        "labels": {lang: bootstrap_plans.names_of_plan(inputs, lang=lang) for lang in LANGUAGES},
        "scenarios": [
            {"key": each.found.scenario.key, "label": each.found.scenario.label}
            for each in found.scenarios
        ],
    }
    paid = money.of(path, inputs, out)
    files += [each for lang, paths in paid.files for each in _kept(paths, lang=lang)]
    summary |= paid.summary
    charts = tuple(
        DrawnChart(lang=lang, found=chart)
        for lang in LANGUAGES
        for chart in bootstrap_plans.charts_of_plan(found, lang=lang)
    )
    return Outcome(files=tuple(files), summary=summary, charts=charts)


def _report(run: PlanRun, path: Path, out: Path) -> Outcome:
    assert run.payment_on is not None, "a report is of a payment date"
    parameters = Parameters()
    inputs = bootstrap_plans.read_plan(path)
    pool_tests.check_rules(inputs, parameters)
    found = run_scenario(inputs, scenario_of(inputs, run.scenario))
    report = payment_report(inputs, found, run.payment_on, parameters)
    papers = bootstrap_plan_papers.payment_papers(report, lang="zh")
    return Outcome(files=tuple(_kept(bootstrap_plan_papers.write_papers(papers, out))), summary={})


def _kept(paths: Sequence[Path], *, lang: Language = "zh") -> list[NewFile]:
    """The files as they are kept: those written in English alone say so in their name."""
    return [
        NewFile(
            name=path.name if lang == "zh" else f"{path.stem}.{lang}{path.suffix}",
            content=path.read_bytes(),
            media_type=MEDIA_TYPES[path.suffix],
        )
        for path in paths
    ]


def _keep(run: PlanRun, outcome: Outcome) -> dict[str, Any]:
    """All that the run gave, in one transaction."""
    if progress.is_cancelled(run.job_id):
        run.state = PlanRun.State.FAILED
        run.save(update_fields=["state"])
        return {"state": "cancelled"}
    if outcome.summary is None:
        return _fail(run, outcome.problems)
    matter = Matter.objects.select_for_update().get(pk=run.matter_id)
    for file in outcome.files:
        PlanRunFile.objects.create(run=run, file=keep(matter, file, use=USE, by=None))
    kept, drawn = keep_charts(matter, outcome.charts)
    PlanRunFile.objects.bulk_create(PlanRunFile(run=run, file=file) for file in drawn)
    run.state = PlanRun.State.DONE
    run.summary = {**outcome.summary, "charts": kept}
    run.save(update_fields=["state", "summary"])
    if run.kind == PlanRun.Kind.STRUCTURE:
        lay_out(matter, outcome.summary["documents"]["zh"]["issue"])
    day = run.payment_on.isoformat() if run.payment_on else ""
    journal.record(f"plan_{run.kind}_done", by=None, matter_id=matter.pk, facts={"payment_on": day})
    progress.end(run.job_id, state="done", code="job.plan.done", facts={})
    return {"state": "done"}


def _fail(run: PlanRun, problems: Sequence[Message]) -> dict[str, Any]:
    said = [encode(each) for each in problems]
    run.state, run.failure = PlanRun.State.FAILED, {"problems": said}
    run.save(update_fields=["state", "failure"])
    journal.record(
        f"plan_{run.kind}_failed",
        by=None,
        matter_id=run.matter_id,
        facts={"problems": len(said)},
    )
    facts = {"count": len(said)}
    progress.end(run.job_id, state="failed", code="job.plan.failed", facts=facts)
    return {"state": "failed"}
