"""Mending a filing: statement, insistence, consents, further papers."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from zhirong.filing.correcting import CorrectedPart, Correction
from zhirong.filing.documents import DocumentKind
from zhirong.filing.forms import Consent, Insistence
from zhirong.platform.desks.forms import Form
from zhirong.platform.desks.matter.frame import done
from zhirong.platform.desks.request import viewer
from zhirong.platform.desks.signing.other_rights import document_of
from zhirong.platform.desks.signing.registration import show
from zhirong.platform.filing import mending
from zhirong.platform.filing.selectors import filing_number

FIELDS = {
    "value": "correct_after",
    "same": "correct_after",
    "part": "correct_part",
    "insists": "insists",
    "consents": "consent_by",
    "consent_paper": "paper",
    "kind": "paper_kind",
}


@require_POST
def mend(request: HttpRequest, number: str, filing: int) -> HttpResponse:
    """The clerk changes what the filing says; its changed papers are signed again."""
    asking, form = viewer(request), Form("mend", request.POST)
    name = filing_number(number, filing, asking)
    wanted = mending.Mending(
        same_day_statement=form.is_ticked("same_day_statement"),
        insists=tuple(_insistence(item) for item in form.values("insists")),
        consents=_consents(form),
        papers=_papers(form),
    )
    correction = _correction(form)
    document = document_of(request, form, number, asking) if correction is not None else None
    again: list[str] = []

    def act() -> None:
        corrections: tuple[mending.SourcedCorrection, ...] = ()
        if correction is not None and document is not None:
            shown = mending.SourcedCorrection(correction=correction, document_id=document())
            corrections = (shown,)
        whole = replace(wanted, corrections=corrections)
        again.extend(mending.mend(number, name, whole, actor=asking))

    if form.attempt(act, fields=FIELDS):
        code = "mend.done_sign" if again else "mend.done"
        return done(request, number, "registration", code, count=len(again))
    return show(request, number, form)


def _correction(form: Form) -> Correction | None:
    """The fact that reads otherwise in the register, if one was filled in."""
    after = form.text("correct_after", is_required=False)
    if not after:
        return None
    part = form.one_of("correct_part", tuple(item.value for item in CorrectedPart))
    subject = form.text("correct_subject")
    return Correction(subject=subject, part=CorrectedPart(part), after=after)


def _insistence(item: str) -> Insistence:
    right, _, ground = item.partition(" ")
    return Insistence(right=right, ground=ground)


def _consents(form: Form) -> tuple[Consent, ...]:
    by = form.text("consent_by", is_required=False)
    right = form.text("consent_right", is_required=False)
    return (Consent(right=right, by=by),) if by or right else ()


def _papers(form: Form) -> tuple[mending.GivenPaper, ...]:
    if not form.text("paper", is_required=False):
        return ()
    kind = form.one_of("paper_kind", tuple(kind.value for kind in mending.GIVEN))
    given = mending.GivenPaper(kind=DocumentKind(kind), document_id=form.whole("paper"))
    return (given,)
