"""The page of keys, and the page that shows what the API can do."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from zhirong.platform.accounts.viewer import Viewer, viewer_of_person
from zhirong.platform.api import keys
from zhirong.platform.api.urls import api
from zhirong.platform.words import say, say_error


def _viewer(request: HttpRequest) -> Viewer:
    found = viewer_of_person(request.user)
    assert found is not None, "the middleware lets nobody in without signing in"
    return found


def _number(text: str, *, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else otherwise


@require_http_methods(["GET", "POST"])
def api_keys(request: HttpRequest) -> HttpResponse:
    """The keys that a person manages; a new one is shown on the answer to its making, and once."""
    asking = _viewer(request)
    if "revoke" in request.POST:
        keys.revoke_key(_number(request.POST["revoke"], otherwise=0), by=asking)
        messages.success(request, say("api_keys.revoked_now"))
        return redirect("api-keys")
    made, problem = None, ""
    if "rotate" in request.POST:
        made = keys.rotate_key(_number(request.POST["rotate"], otherwise=0), by=asking)
    elif request.method == "POST":
        try:
            made = _made(request, asking)
        except (keys.KeyLabelError, keys.KeyRightsError) as error:
            problem = say_error(error)
    context = {
        "made": made,
        "problem": problem,
        "keys": keys.keys_for(asking),
        "people": keys.people_for(asking),
        "rights": keys.rights_for(asking),
        "chosen": request.POST.getlist("rights") if problem else (),
        "label": request.POST.get("label", "") if problem else "",
    }
    response = render(request, "api_keys.html", context, status=422 if problem else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def _made(request: HttpRequest, asking: Viewer) -> keys.NewKey:
    person = _number(request.POST.get("person", ""), otherwise=asking.user_id)
    label, rights = request.POST.get("label", ""), request.POST.getlist("rights")
    return keys.make_key(person, label=label, rights=rights, by=asking)


@require_GET
def description(request: HttpRequest) -> HttpResponse:
    """Every operation with its address and what it is asked with, made from the description."""
    schema: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/v1/")
    operations = [
        {
            "name": details["operationId"],
            "method": method.upper(),
            "path": path,
            "words": details.get("description", ""),
            "body": _body(details),
        }
        for path, methods in schema["paths"].items()
        for method, details in methods.items()
    ]
    context = {"operations": operations, "address": reverse("api:openapi-json")}
    return render(request, "api_description.html", context)


def _body(details: dict[str, Any]) -> str:
    content = details.get("requestBody", {}).get("content", {})
    names = [
        str(part["schema"].get("$ref", kind)).rpartition("/")[2] for kind, part in content.items()
    ]
    return ", ".join(names)
