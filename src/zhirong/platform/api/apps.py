"""The application of the tables of the API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Keys, and answers kept for repeated requests."""

    name = "zhirong.platform.api"
    label = "api"
