"""The application of the tables of matters."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """Matters and who takes part."""

    name = "zhirong.platform.matters"
    label = "matters"
