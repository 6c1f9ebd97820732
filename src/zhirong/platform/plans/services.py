"""Acts on a plan: opened, files given, organizations let in, runs asked for, published."""

import secrets
from dataclasses import replace
from datetime import date

from django.db import transaction

from zhirong.core.errors import InputError, StateError
from zhirong.platform.accounts.models import Organization
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.documents import contents
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.documents.services import NewFile, check_upload, keep
from zhirong.platform.matters.models import Matter, Participation
from zhirong.platform.matters.visibility import NotFoundError
from zhirong.platform.operations import clock, journal, outbox, progress
from zhirong.platform.operations.once import under_key
from zhirong.platform.plans.access import Part, plan_for, seen
from zhirong.platform.plans.models import Plan, PlanRun

KIND = "plan_run"
PLAN_FILE = "plan_file"
LET_IN = (Part.SERVICER, Part.INVESTOR)


class PlanActError(InputError):
    """What a plan cannot take; `reason` is the code of its words."""

    code = "error.plan_act"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The plan: {reason}.", reason=f"error.plan_act.{reason}")


class NothingToPublishError(StateError):
    """A run that failed, is not done, or is published already."""

    code = "error.plan_publish"


@transaction.atomic
def open_plan(*, actor: Viewer, title: str, key: str = "") -> Matter:
    """Open a plan of the actor's organization as its arranger; the same key opens one.

    Raises:
        NotAllowedError: The actor structures no plans.
    """
    actor.need(Right.STRUCTURE)
    scope = f"open_plan/{actor.organization_id}"
    done = under_key(scope, key, lambda: {"matter": _opened(actor, title).pk})
    return Matter.objects.get(pk=done["matter"])


def _opened(actor: Viewer, title: str) -> Matter:
    day = clock.today()
    matter = Matter.objects.create(
        number=secrets.token_hex(12),  # of nobody yet; its own follows from its place
        title=title,
        firm_id=actor.organization_id,
        opened_on=day,
    )
    matter.number = f"P{day:%Y}-{matter.pk:05d}"
    matter.save(update_fields=["number"])
    Participation.objects.create(
        matter=matter, organization_id=actor.organization_id, part=Part.ARRANGER, since=day
    )
    Plan.objects.create(matter=matter)
    journal.record("plan_opened", by=actor, matter_id=matter.pk, facts={"title": title})
    return matter


@transaction.atomic
def give_files(number: str, files: tuple[NewFile, ...], *, actor: Viewer, key: str = "") -> None:
    """The arranger gives the plan file and the tape; one of the same name replaces the earlier.

    Raises:
        UploadError: One is empty, too large or of a kind that is not read; then none is taken.
    """
    matter = plan_for(number, actor, Part.ARRANGER)
    for file in files:
        check_upload(file)
    under_key(f"give_plan_files/{number}", key, lambda: _given(matter, files, actor))


def _given(matter: Matter, files: tuple[NewFile, ...], actor: Viewer) -> dict[str, list[int]]:
    kept = []
    for file in files:
        same = StoredFile.objects.filter(matter=matter, use=PLAN_FILE, name=file.name)
        same.update(is_withdrawn=True)
        checked = replace(file, media_type=contents.media_type_of(file.name))
        kept.append(keep(matter, checked, use=PLAN_FILE, by=actor))
    facts = {"names": [file.name for file in kept], "hashes": [file.sha256 for file in kept]}
    journal.record("plan_files_given", by=actor, matter_id=matter.pk, facts=facts)
    return {"files": [file.pk for file in kept]}


@transaction.atomic
def let_in(number: str, *, identifier: str, part: str, actor: Viewer) -> None:
    """The arranger lets an organization take a part: servicer or investor.

    Raises:
        PlanActError: No such organization or part, or it has a part already.
    """
    matter = plan_for(number, actor, Part.ARRANGER)
    if part not in LET_IN:
        raise PlanActError("part")
    found = Organization.objects.filter(identifier=identifier.strip().upper()).first()
    if found is None:
        raise PlanActError("organization")
    if Participation.objects.filter(matter=matter, organization=found, until=None).exists():
        raise PlanActError("has_part")
    Participation.objects.create(matter=matter, organization=found, part=part, since=clock.today())
    journal.record(
        "plan_part_given",
        by=actor,
        matter_id=matter.pk,
        facts={"organization": found.name, "part": f"part.{part}"},
    )


@transaction.atomic
def take_out(number: str, *, organization_id: int, actor: Viewer) -> None:
    """An organization that was let in sees the plan no more.

    Raises:
        NotFoundError: It has no such part.
    """
    matter = plan_for(number, actor, Part.ARRANGER)
    live = Participation.objects.filter(
        matter=matter, organization_id=organization_id, until=None, part__in=LET_IN
    ).first()
    if live is None:
        raise NotFoundError("No such part.", what="model.participation")
    live.until = clock.today()
    live.save(update_fields=["until"])
    journal.record(
        "plan_part_ended",
        by=actor,
        matter_id=matter.pk,
        facts={"organization": live.organization.name, "part": f"part.{live.part}"},
    )


@transaction.atomic
def ask_structure(number: str, *, actor: Viewer, key: str = "") -> PlanRun:
    """Start a structure of the files as they stand, done by a job; the same key starts one.

    Raises:
        PlanActError: There is no plan file, or more than one.
    """
    matter = plan_for(number, actor, Part.ARRANGER)
    done = under_key(
        f"ask_structure/{number}",
        key,
        lambda: {"run": _asked(matter, actor, PlanRun.Kind.STRUCTURE).pk},
    )
    return PlanRun.objects.get(pk=done["run"])


@transaction.atomic
def ask_report(
    number: str, *, payment_on: date, scenario: str, actor: Viewer, key: str = ""
) -> PlanRun:
    """Start the servicer's and the distribution report of a payment date, done by a job.

    Raises:
        PlanActError: No structure was published yet, or it has no such payment date or scenario.
    """
    matter = plan_for(number, actor, Part.SERVICER)
    last = PlanRun.objects.filter(
        matter=matter, kind=PlanRun.Kind.STRUCTURE, state=PlanRun.State.DONE
    ).exclude(published_on=None)
    known = last.first()
    if known is None:
        raise PlanActError("no_structure")
    if payment_on.isoformat() not in known.summary["payments"]:
        raise PlanActError("payment_date")
    if scenario not in {item["key"] for item in known.summary["scenarios"]}:
        raise PlanActError("scenario")

    def asked() -> dict[str, int]:
        run = _asked(matter, actor, PlanRun.Kind.REPORT, payment_on=payment_on, scenario=scenario)
        return {"run": run.pk}

    return PlanRun.objects.get(pk=under_key(f"ask_report/{number}", key, asked)["run"])


def _asked(
    matter: Matter,
    actor: Viewer,
    kind: PlanRun.Kind,
    *,
    payment_on: date | None = None,
    scenario: str = "",
) -> PlanRun:
    files = StoredFile.objects.filter(matter=matter, use=PLAN_FILE, is_withdrawn=False)
    plans = [file for file in files if file.name.endswith((".yaml", ".yml"))]
    if len(plans) != 1:
        raise PlanActError("plan_files")
    job = outbox.ask_watched(
        KIND, {"matter": matter.pk}, by=actor, title=f"job.plan_{kind.value}", matter_id=matter.pk
    )
    run = PlanRun.objects.create(
        matter=matter,
        job=job,
        kind=kind,
        payment_on=payment_on,
        scenario=scenario,
        asked_by_id=actor.user_id,
        input_hashes=[[file.name, file.sha256] for file in files],
    )
    facts = {"payment_on": payment_on.isoformat() if payment_on else "", "files": len(files)}
    journal.record(f"plan_{kind.value}_asked", by=actor, matter_id=matter.pk, facts=facts)
    return run


@transaction.atomic
def publish(number: str, run_id: int, *, actor: Viewer) -> None:
    """Let investors read a run: the arranger a structure, the servicer a report.

    Raises:
        NotFoundError: No such run.
        NothingToPublishError: It is not done, or published already.
    """
    run = seen(PlanRun, actor).filter(pk=run_id, matter__number=number).first()
    if run is None:
        raise NotFoundError(f"No run {run_id}.", what="model.planrun")
    is_structure = run.kind == PlanRun.Kind.STRUCTURE
    matter = plan_for(number, actor, Part.ARRANGER if is_structure else Part.SERVICER)
    run.refresh_from_db()
    if run.state != PlanRun.State.DONE or run.published_on is not None:
        raise NothingToPublishError(f"Run {run_id} is {run.state}.")
    run.published_on, run.published_by_id = clock.today(), actor.user_id
    run.save(update_fields=["published_on", "published_by"])
    if is_structure:
        Plan.objects.filter(matter=matter, state=Plan.State.DRAFT).update(
            state=Plan.State.OFFERED, offered_on=clock.today()
        )
    facts = {"payment_on": run.payment_on.isoformat() if run.payment_on else ""}
    journal.record(f"plan_{run.kind}_published", by=actor, matter_id=matter.pk, facts=facts)


def cancel(number: str, run_id: int, *, actor: Viewer) -> None:
    """Ask a waiting run to stop; it keeps nothing once it notices.

    Raises:
        NotFoundError: No such run of a plan that the actor works on.
    """
    run = seen(PlanRun, actor).filter(pk=run_id, matter__number=number).first()
    if run is None:
        raise NotFoundError(f"No run {run_id}.", what="model.planrun")
    is_structure = run.kind == PlanRun.Kind.STRUCTURE
    with transaction.atomic():
        plan_for(number, actor, Part.ARRANGER if is_structure else Part.SERVICER)
        progress.ask_cancel(run.job_id, by=actor)
