"""Mending a filing: statement, insistence, consents, further papers."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from zhirong.filing.documents import DocumentKind
from zhirong.filing.forms import Consent, Insistence
from zhirong.platform.desks.forms import Form
from zhirong.platform.desks.matter.frame import done
from zhirong.platform.desks.request import viewer
from zhirong.platform.desks.signing.registration import show
from zhirong.platform.filing import mending
from zhirong.platform.filing.selectors import filing_number

FIELDS = {
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
    again: list[str] = []

    def act() -> None:
        again.extend(mending.mend(number, name, wanted, actor=asking))

    if form.attempt(act, fields=FIELDS):
        code = "mend.done_sign" if again else "mend.done"
        return done(request, number, "registration", code, count=len(again))
    return show(request, number, form)


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
