"""The application of the tables of the ledger."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Accounts and transfers."""

    name = "zhirong.platform.ledger"
    label = "ledger"
