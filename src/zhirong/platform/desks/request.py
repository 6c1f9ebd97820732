"""What a request says: who asks, from where, and where to go on."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from zhirong.platform.accounts.sessions import Client
from zhirong.platform.accounts.viewer import Viewer, viewer_of_person


def viewer_or_none(request: HttpRequest) -> Viewer | None:
    """Who asks; None before sign-in."""
    kept: Viewer | None = getattr(request, "zhirong_viewer", None)
    if kept is None:
        kept = viewer_of_person(getattr(request, "user", None))
        if kept is not None:
            request.zhirong_viewer = kept  # type: ignore[attr-defined] # kept with its request
    return kept


def viewer(request: HttpRequest) -> Viewer:
    """Who asks; pages behind the sign-in always have one."""
    found = viewer_or_none(request)
    assert found is not None, "the middleware lets nobody in without signing in"
    return found


def onward(request: HttpRequest, otherwise: str) -> str:
    """Where the request wants to go on, if that is an address of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if is_ours(request, wanted) else otherwise


def is_ours(request: HttpRequest, address: str) -> bool:
    """Whether an address leads to this house and nowhere else."""
    return url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})


def client_of(request: HttpRequest) -> Client:
    """Address and browser that a request comes from.

    Behind proxies of ours the address is what the outermost of them saw; what a client writes into
    the header itself stands further left and is not believed.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    proxies: int = settings.PROXIES
    if proxies and len(hops) >= proxies:
        address = hops[-proxies]
    return Client(address=address, browser=request.headers.get("User-Agent", ""))
