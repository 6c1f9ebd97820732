"""All addresses: those of each desk, and the few that everybody has."""

from django.urls import include, path

from zhirong.platform.desks import entrance, following

urlpatterns = [
    path("", entrance.home, name="home"),
    path("sign-in/", entrance.sign_in, name="sign-in"),
    path("sign-out/", entrance.sign_out, name="sign-out"),
    path("language/", entrance.choose_language, name="language"),
    path("health/", entrance.health, name="health"),
    path("clock/", entrance.clock_day, name="clock"),
    path("clock/next/", entrance.next_working_day, name="next-working-day"),
    path("matters/", following.matters, name="matters"),
    path("firm/", include("zhirong.platform.desks.firm.urls")),
]
