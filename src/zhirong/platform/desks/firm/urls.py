"""Addresses of the firm's desk."""

from django.urls import path

from zhirong.platform.desks.firm import views

urlpatterns = [
    path("", views.desk, name="firm-desk"),
    path("open/", views.open_matter, name="open-matter"),
]
