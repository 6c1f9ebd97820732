"""The application of the tables of appraisals."""

from django.apps import AppConfig


class AppraisalsConfig(AppConfig):
    """Runs and what they found."""

    name = "zhirong.platform.appraisals"
    label = "appraisals"
