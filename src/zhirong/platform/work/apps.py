"""The application of the processes behind the pages."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Relay, worker and their commands."""

    name = "zhirong.platform.work"
    label = "work"
