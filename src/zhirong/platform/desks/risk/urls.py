"""Addresses of the risk officer's desk."""

from django.urls import path

from zhirong.platform.desks.risk import views

urlpatterns = [path("", views.desk, name="risk-desk")]
