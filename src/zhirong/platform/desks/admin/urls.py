"""Addresses of the administrator's desk."""

from django.urls import path

from zhirong.platform.desks.admin import given_up, log_list, views

urlpatterns = [
    path("", views.desk, name="admin-desk"),
    path("people/add/", views.add_person, name="admin-add-person"),
    path("people/<int:person>/roles/", views.change_roles, name="admin-roles"),
    path("people/<int:person>/sign-in/", views.let_sign_in, name="admin-sign-in"),
    path("people/<int:person>/factor/", views.reset_second_factor, name="admin-reset-factor"),
    path("organizations/add/", views.add_organization, name="admin-add-organization"),
    path("given-up/", given_up.work, name="admin-work"),
    path("given-up/<int:work>/anew/", given_up.begin_anew, name="admin-work-anew"),
    path("parameters/", views.parameters, name="admin-parameters"),
    path("log/", views.action_log, name="admin-log"),
    path("log/list.xlsx", log_list.log_workbook, name="admin-log-xlsx"),
]
