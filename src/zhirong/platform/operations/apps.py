"""The application of the tables that every topic needs."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Clock, action log, outbox, jobs."""

    name = "zhirong.platform.operations"
    label = "operations"
