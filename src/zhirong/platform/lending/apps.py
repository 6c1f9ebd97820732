"""The application of the tables of loans."""

from django.apps import AppConfig


class LendingConfig(AppConfig):
    """Applications, facilities, draw-downs, payments."""

    name = "zhirong.platform.lending"
    label = "lending"
