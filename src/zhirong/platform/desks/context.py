"""What every page shows around its content."""

from django.conf import settings
from django.http import HttpRequest

from zhirong.platform.desks.navigation import places_for
from zhirong.platform.desks.request import viewer_or_none
from zhirong.platform.operations import clock
from zhirong.platform.words import language


def frame(request: HttpRequest) -> dict[str, object]:
    """Viewer, day, language, the desks on the left, whether this is a demonstration."""
    viewer = viewer_or_none(request)
    return {
        "viewer": viewer,
        "today": clock.today(),
        "is_demonstration": settings.IS_DEMONSTRATION,
        "lang": language(),
        "places": places_for(viewer, request.path) if viewer else (),
    }
