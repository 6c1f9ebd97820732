"""Browsers of people for the tests of the desks."""

from django.test import Client

from tests.people import PASSWORD
from zhirong.platform.accounts.models import SignIn, User
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.operations import clock


def browser(viewer: Viewer, *, lang: str = "zh-hans") -> Client:
    """One that signed in and proved itself with the second factor just now."""
    client = Client()
    user = User.objects.get(pk=viewer.user_id)
    client.post("/sign-in/", {"name": user.sign_in_name, "password": PASSWORD})
    SignIn.objects.filter(user=user).update(factor_at=clock.real_now())
    client.cookies["django_language"] = lang
    return client
