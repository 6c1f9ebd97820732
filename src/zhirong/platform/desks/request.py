"""The viewer of a request, resolved once."""

from django.http import HttpRequest

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
