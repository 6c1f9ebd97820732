"""The public page of verification: anybody brings a signed file and reads what holds of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from zhirong.platform.desks.forms import Form
from zhirong.platform.desks.guards import limited
from zhirong.platform.desks.matter.files import chosen
from zhirong.platform.desks.signing.showing import Shown, shown
from zhirong.platform.documents.evidence import look_at


@require_http_methods(["GET", "POST"])
@limited("upload")
def verify(request: HttpRequest) -> HttpResponse:
    """The form, and below it what was found of the file that was brought; nothing is kept."""
    if request.method != "POST":
        return render(request, "verify.html", {"form": Form("verify")})
    form, found = Form("verify", request.POST), list[Shown]()
    given = chosen(request, "file")
    if not given:
        form.wrong("file", "verification.none_chosen")
    form.attempt(lambda: found.append(shown(look_at(given[0].name, given[0].content))), fields={})
    context = {
        "form": form,
        "problem": form.problem,
        "name": given[0].name if given else "",
        "result": found[0] if found else None,
    }
    return render(request, "verify.html", context, status=200 if found else 422)
