"""The application of the tables of files."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Stored files, contracts, signatures."""

    name = "zhirong.platform.documents"
    label = "documents"
