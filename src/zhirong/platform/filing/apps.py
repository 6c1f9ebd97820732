"""The application of the tables of registrations."""

from django.apps import AppConfig


class FilingConfig(AppConfig):
    """Filings, acts, notices, pledged rights."""

    name = "zhirong.platform.filing"
    label = "filing"
