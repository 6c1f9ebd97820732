"""Addresses of the account manager's desk."""

from django.urls import path

from zhirong.platform.desks.manager import views

urlpatterns = [path("", views.desk, name="manager-desk")]
