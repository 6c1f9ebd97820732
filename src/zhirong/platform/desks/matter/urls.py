"""Addresses of a matter's page: a tab is `matter-<key>`, an act hangs below its tab."""

from django.urls import path

from zhirong.platform.desks.matter import (
    credit,
    files,
    lists,
    money,
    overview,
    record,
    valuation,
)

urlpatterns = [
    path("", overview.overview, name="matter-overview"),
    path("withdraw/", overview.withdraw, name="matter-withdraw"),
    path("consent/<int:organization>/", overview.withdraw_consent, name="matter-consent-withdraw"),
    path("export/", overview.export, name="matter-export"),
    path("files/", files.files, name="matter-files"),
    path("files/upload/", files.upload, name="matter-upload"),
    path("files/example/", files.use_example, name="matter-example"),
    path("files/<int:file>/", files.download, name="matter-file"),
    path("files/<int:file>/take-back/", files.take_back, name="matter-take-back"),
    path("valuation/", valuation.valuation, name="matter-valuation"),
    path("valuation/start/", valuation.appraise, name="matter-appraise"),
    path("valuation/answers/", valuation.answer, name="matter-answer"),
    path("valuation/<int:run>/progress/", valuation.progress, name="matter-progress"),
    path("valuation/<int:run>/cancel/", valuation.cancel, name="matter-cancel"),
    path("valuation/charts/<int:file>.svg", valuation.chart, name="matter-chart"),
    path("valuation/rights.xlsx", lists.rights_workbook, name="matter-rights-xlsx"),
    path("credit/", credit.credit, name="matter-credit"),
    path("credit/apply/", credit.apply, name="matter-apply"),
    path("credit/check/", credit.check, name="matter-check"),
    path("credit/propose/", credit.propose, name="matter-propose"),
    path("credit/decide/", credit.decide, name="matter-decide"),
    path("money/", money.money, name="matter-money"),
    path("money/ask/", money.ask, name="matter-draw"),
    path("money/conditions/<int:condition>/", money.tick, name="matter-tick"),
    path("money/<str:draw>/release/", money.release, name="matter-release"),
    path("money/<str:draw>/repay/", money.repay, name="matter-repay"),
    path("money/<str:draw>/schedule.xlsx", lists.schedule_workbook, name="matter-schedule-xlsx"),
    path("log/", record.log, name="matter-log"),
    path("log/list.xlsx", lists.log_workbook, name="matter-log-xlsx"),
]
