"""Addresses of signing in and of one's own account."""

from django.urls import path

from zhirong.platform.desks import own_account, signing_in

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-in/code/", signing_in.second_step, name="second-factor"),
    path("sign-in/set-up/", signing_in.first_set_up, name="second-factor-first"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("account/", own_account.account, name="account"),
    path("account/password/", own_account.change_password, name="change-password"),
    path("account/sessions/end/", own_account.end_other_sessions, name="end-other-sessions"),
    path("account/second-factor/", own_account.set_up, name="second-factor-set-up"),
]
