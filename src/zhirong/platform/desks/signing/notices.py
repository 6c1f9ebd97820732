"""Notices of an office without an address: pasted in, or typed from the paper."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from zhirong.filing.office import NoticeKind
from zhirong.platform.desks.forms import TEN_THOUSAND, Form
from zhirong.platform.desks.request import viewer
from zhirong.platform.desks.signing.registration import back, show
from zhirong.platform.filing.selectors import filing_number
from zhirong.platform.lending import by_hand
from zhirong.platform.operations import clock

PARTS = {"kind": "text", "dated_on": "text", "registration_no": "text", "rights": "text"}
WITH_GROUND = (NoticeKind.CORRECTION, NoticeKind.REFUSED)


@require_POST
def paste(request: HttpRequest, number: str, filing: int) -> HttpResponse:
    """The clerk pastes the text of a notice; nothing that it does not say is guessed."""
    asking, form = viewer(request), Form("notice", request.POST)
    name = filing_number(number, filing, asking)
    form.text("text")  # must be there; notices are longer than the texts of other forms
    text = form.value("text").strip()
    if form.attempt(lambda: by_hand.take_text(number, name, text, actor=asking), fields=PARTS):
        return back(request, number, filing, "notice.taken")
    return show(request, number, form)


@require_POST
def enter(request: HttpRequest, number: str, filing: int) -> HttpResponse:
    """The clerk types a notice from the paper."""
    asking, form = viewer(request), Form("typed", request.POST)
    name = filing_number(number, filing, asking)
    typed = _typed(form)
    if form.attempt(lambda: by_hand.take_typed(number, name, typed, actor=asking), fields={}):
        return back(request, number, filing, "notice.taken")
    return show(request, number, form)


def _typed(form: Form) -> by_hand.TypedNotice:
    kind = NoticeKind(form.one_of("kind", tuple(item.value for item in by_hand.TYPED)))
    day = form.day("dated_on") or clock.today()
    if day > clock.today():
        form.wrong("dated_on", "notice.future")
    is_registered = kind is NoticeKind.REGISTERED
    has_amount = is_registered or bool(form.text("registered_amount", is_required=False))
    amount = form.money("registered_amount", unit=TEN_THOUSAND).fen if has_amount else None
    return by_hand.TypedNotice(
        kind=kind,
        notice_no=form.text("notice_no"),
        dated_on=day,
        registration_no=form.text("registration_no", is_required=is_registered),
        amount_fen=amount,
        respond_by=form.day("respond_by", is_required=False),
        expires_on=form.day("expires_on", is_required=False),
        rights=form.values("rights"),
        ground=form.text("ground", is_required=kind in WITH_GROUND),
    )
