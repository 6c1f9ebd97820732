"""Addresses of the pledge clerk's desk."""

from django.urls import path

from zhirong.platform.desks.clerk import views

urlpatterns = [path("", views.desk, name="clerk-desk")]
