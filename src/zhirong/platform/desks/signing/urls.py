"""Addresses of contracts and registration: tabs of a matter's page and the acts below them."""

from django.urls import path

from zhirong.platform.desks.signing import (
    amendments,
    contract,
    fees,
    mending,
    notices,
    other_rights,
    registration,
)

urlpatterns = [
    path("contract/", contract.contract, name="matter-contract"),
    path("contract/make/", contract.make, name="matter-contract-make"),
    path("contract/sign/", contract.sign, name="matter-sign"),
    path("contract/verification/", contract.verification, name="matter-contract-verification"),
    path("contract/evidence/", contract.evidence, name="matter-evidence"),
    path("registration/", registration.registration, name="matter-registration"),
    path("registration/fees/", fees.prove, name="matter-fees"),
    path("registration/<int:filing>/submit/", registration.submit, name="matter-submit"),
    path("registration/<int:filing>/mend/", mending.mend, name="matter-mend"),
    path(
        "registration/<int:filing>/release/prepare/",
        registration.prepare_release,
        name="matter-release-prepare",
    ),
    path(
        "registration/<int:filing>/release/submit/",
        registration.submit_release,
        name="matter-release-submit",
    ),
    path("registration/rights/", other_rights.rights, name="matter-other-rights"),
    path("registration/rights/enter/", other_rights.enter, name="matter-right-enter"),
    path("registration/rights/list/", other_rights.take_list, name="matter-rights-list"),
    path("registration/rights/pledge/", other_rights.pledge, name="matter-right-pledge"),
    path("registration/<int:filing>/change/", amendments.change, name="matter-change"),
    path("registration/<int:filing>/extend/", amendments.extend, name="matter-extend"),
    path("registration/<int:filing>/amendment/", amendments.submit, name="matter-amend-submit"),
    path("registration/<int:filing>/amendment/drop/", amendments.drop, name="matter-amend-drop"),
    path("registration/<int:filing>/rights/", amendments.choose, name="matter-choose-rights"),
    path("registration/<int:filing>/give-up/", amendments.give_up, name="matter-give-up"),
    path("registration/<int:filing>/notice/", notices.paste, name="matter-notice-text"),
    path("registration/<int:filing>/notice/typed/", notices.enter, name="matter-notice-typed"),
    path("registration/package/<str:reference>/", registration.package, name="matter-package"),
]
