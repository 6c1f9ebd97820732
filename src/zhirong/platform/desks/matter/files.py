"""The firm's files: giving, opening, taking back."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from zhirong.platform.accounts.rights import Right
from zhirong.platform.desks.forms import Form, kept_or_new
from zhirong.platform.desks.guards import limited
from zhirong.platform.desks.matter.frame import done, page
from zhirong.platform.desks.request import viewer
from zhirong.platform.documents import services
from zhirong.platform.documents.selectors import files_of
from zhirong.platform.documents.showing import open_file
from zhirong.platform.matters.selectors import head_of
from zhirong.platform.work.examples import folder_for, give_example

FIRM_FILE = "firm_file"
HIDDEN = frozenset({FIRM_FILE, "chart"})
# Shown in the browser; everything else is saved.
INLINE = frozenset({"application/pdf"})


@require_GET
def files(request: HttpRequest, number: str) -> HttpResponse:
    """What the firm gave, and what was made of it."""
    return show(request, number)


def show(request: HttpRequest, number: str, wrong: Form | None = None) -> HttpResponse:
    """The tab, with what was wrong where files were refused."""
    asking = viewer(request)
    matter = head_of(number, asking)
    kept = files_of(number, asking)
    context = {
        "matter": matter,
        "problem": wrong.problem if wrong else "",
        "form": kept_or_new(wrong, "files"),
        "given": [file for file in kept if file.use == FIRM_FILE],
        "made": [file for file in kept if file.use not in HIDDEN],
        "has_example": folder_for(matter.firm_identifier) is not None,
    }
    return page(request, number, "files", context, status=422 if wrong else 200)


def chosen(request: HttpRequest, field: str = "files") -> tuple[services.NewFile, ...]:
    """The files of a request."""
    return tuple(
        services.NewFile(
            name=file.name or "",
            content=file.read(),
            media_type=file.content_type or "application/octet-stream",
        )
        for file in request.FILES.getlist(field)
    )


@require_POST
@limited("upload")
def upload(request: HttpRequest, number: str) -> HttpResponse:
    """Take files of the firm."""
    asking, form = viewer(request), Form("files", request.POST)
    given = chosen(request)
    if not given:
        form.wrong("files", "files.none_chosen")
    key = form.text("key", is_required=False)[:80]
    if form.attempt(lambda: services.upload(number, given, actor=asking, key=key), fields={}):
        return done(request, number, "files", "files.uploaded", count=len(given))
    return show(request, number, form)


@require_POST
@limited("upload")
def use_example(request: HttpRequest, number: str) -> HttpResponse:
    """Give the example folder of a demonstration's firm."""
    asking, form = viewer(request), Form("files", request.POST)
    counts: list[int] = []
    if form.attempt(lambda: counts.append(give_example(number, actor=asking)), fields={}):
        return done(request, number, "files", "files.uploaded", count=counts[0])
    return show(request, number, form)


@require_POST
def take_back(request: HttpRequest, number: str, file: int) -> HttpResponse:
    """The firm takes a file back."""
    asking, form = viewer(request), Form("files", request.POST)
    if form.attempt(lambda: services.take_back(number, file, actor=asking), fields={}):
        return done(request, number, "files", "files.taken_back")
    return show(request, number, form)


@require_GET
def download(request: HttpRequest, number: str, file: int) -> HttpResponse:
    """A file of the matter; who opened it stands in the log."""
    asking = viewer(request)
    head_of(number, asking)
    asking.need(Right.FOLLOW)
    found, content = open_file(file, number=number, actor=asking)
    response = HttpResponse(content, content_type=found.media_type)
    is_saved = found.media_type not in INLINE
    said = content_disposition_header(is_saved, found.name)
    response.headers["Content-Disposition"] = said or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
