"""The application of the tables of plans."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans, their runs, the steps of their issue."""

    name = "zhirong.platform.plans"
    label = "plans"
