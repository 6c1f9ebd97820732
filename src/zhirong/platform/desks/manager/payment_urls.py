"""Addresses of the desk of payments."""

from django.urls import path

from zhirong.platform.desks.manager import payments

urlpatterns = [
    path("", payments.desk, name="payments-desk"),
    path("entries/<int:entry>/", payments.settle, name="payments-settle"),
    path("answers/<int:answer>/", payments.take_again, name="payments-again"),
]
