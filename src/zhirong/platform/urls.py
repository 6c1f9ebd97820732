"""All addresses: those of each desk, and the few that everybody has."""

from django.urls import include, path

from zhirong.platform.api import pages
from zhirong.platform.api.urls import api
from zhirong.platform.desks import amounts, entrance, following, watching
from zhirong.platform.desks.guards import with_second_factor
from zhirong.platform.desks.signing import verify

urlpatterns = [
    path("", entrance.home, name="home"),
    path("api/v1/docs", pages.description, name="api-description"),
    path("api/v1/", api.urls),
    path("keys/", with_second_factor(pages.api_keys), name="api-keys"),
    path("", include("zhirong.platform.desks.security_urls")),
    path("language/", entrance.choose_language, name="language"),
    path("health/", entrance.health, name="health"),
    path("health/ready/", watching.ready, name="ready"),
    path("metrics/", watching.metrics, name="metrics"),
    path("clock/", entrance.clock_day, name="clock"),
    path("clock/next/", entrance.next_working_day, name="next-working-day"),
    path("amount/", amounts.said_again, name="amount-in-words"),
    path("matters/", following.matters, name="matters"),
    path("matters/list.xlsx", following.matters_workbook, name="matters-xlsx"),
    path("matters/<str:number>/", include("zhirong.platform.desks.matter.urls")),
    path("matters/<str:number>/", include("zhirong.platform.desks.signing.urls")),
    path("verify/", verify.verify, name="verify"),
    path("firm/", include("zhirong.platform.desks.firm.urls")),
    path("manager/", include("zhirong.platform.desks.manager.urls")),
    path("payments/", include("zhirong.platform.desks.manager.payment_urls")),
    path("risk/", include("zhirong.platform.desks.risk.urls")),
    path("clerk/", include("zhirong.platform.desks.clerk.urls")),
    path("plans/", include("zhirong.platform.desks.plans.urls")),
    path("admin/", include("zhirong.platform.desks.admin.urls")),
]
handler400 = "zhirong.platform.desks.failures.bad_request"
handler403 = "zhirong.platform.desks.failures.forbidden"
handler404 = "zhirong.platform.desks.failures.not_found"
handler500 = "zhirong.platform.desks.failures.server_error"
