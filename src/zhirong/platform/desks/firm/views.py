"""The firm's desk: its matters, and a new one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.selectors import banks
from zhirong.platform.desks.request import viewer
from zhirong.platform.matters import services
from zhirong.platform.matters.selectors import matter_lines


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What needs the firm now, and all its matters."""
    asking = viewer(request)
    asking.need(Right.APPLY)
    return render(request, "firm/desk.html", {"matters": matter_lines(asking)})


@require_http_methods(["GET", "POST"])
def open_matter(request: HttpRequest) -> HttpResponse:
    """A new matter with a bank."""
    asking = viewer(request)
    asking.need(Right.APPLY)
    if request.method == "POST":
        matter = services.open_matter(
            actor=asking,
            title=request.POST.get("title", "").strip(),
            lender_id=int(request.POST.get("bank", "0") or 0),
        )
        return redirect(f"/matters/{matter.number}/")
    return render(request, "firm/open.html", {"banks": banks()})
