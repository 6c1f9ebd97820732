"""For load balancers and monitors: readiness, and measures for those who may read them."""

import hmac

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from zhirong.platform.work import measures, readiness

LOOPBACK = {"127.0.0.1", "::1"}
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_VIA")


@require_GET
def ready(_: HttpRequest) -> HttpResponse:
    """Whether requests may be sent here: 200, or 503 and what is missing."""
    points = readiness.points()
    is_ready = all(points.values())
    status = readiness.READY if is_ready else readiness.NOT_READY
    return JsonResponse({"status": status, **points}, status=200 if is_ready else 503)


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """The measures, to who knows the token, or from this machine itself and not through a proxy.

    Raises:
        Http404: For everybody else.
    """
    if not _may_read(request):
        raise Http404
    return HttpResponse(measures.text(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_read(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode())
    is_here = request.META.get("REMOTE_ADDR") in LOOPBACK
    return is_here and not any(name in request.META for name in FORWARDED)
