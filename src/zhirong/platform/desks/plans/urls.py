"""Addresses of plans: the desk, and a plan's pages, each act below its page."""

from django.urls import path

from zhirong.platform.desks.plans import acts, listing, pages, reports

urlpatterns = [
    path("", listing.desk, name="plans-desk"),
    path("open/", listing.open_plan, name="open-plan"),
    path("<str:plan>/", pages.overview, name="plan-overview"),
    path("<str:plan>/pool/", pages.pool, name="plan-pool"),
    path("<str:plan>/securities/", pages.securities, name="plan-securities"),
    path("<str:plan>/losses/", pages.losses, name="plan-losses"),
    path("<str:plan>/costs/", pages.costs, name="plan-costs"),
    path("<str:plan>/money/", pages.money, name="plan-money"),
    path("<str:plan>/payments/", reports.payments, name="plan-payments"),
    path("<str:plan>/payments/report/", reports.report, name="plan-report"),
    path("<str:plan>/log/", pages.log, name="plan-log"),
    path("<str:plan>/upload/", acts.upload, name="plan-upload"),
    path("<str:plan>/example/", acts.use_example, name="plan-example"),
    path("<str:plan>/structure/", acts.structure, name="plan-structure"),
    path("<str:plan>/runs/<int:run>/progress/", acts.progress, name="plan-progress"),
    path("<str:plan>/runs/<int:run>/cancel/", acts.cancel, name="plan-cancel"),
    path("<str:plan>/runs/<int:run>/publish/", acts.publish, name="plan-publish"),
    path("<str:plan>/steps/<str:step>/", acts.finish_step, name="plan-step"),
    path("<str:plan>/parts/", acts.let_in, name="plan-let-in"),
    path("<str:plan>/parts/<int:organization>/end/", acts.take_out, name="plan-take-out"),
    path("<str:plan>/files/<int:file>/", acts.download, name="plan-file"),
    path("<str:plan>/charts/<int:file>.svg", acts.chart, name="plan-chart"),
]
