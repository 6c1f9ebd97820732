"""The application of the tables of people."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string


class AccountsConfig(AppConfig):
    """Organizations, users, roles."""

    name = "zhirong.platform.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Every process looks at the database's mode when it first connects."""
        installation = "zhirong.platform.accounts.installation"
        connection_created.connect(
            import_string(f"{installation}.check_once"), dispatch_uid="installation-check"
        )
        post_migrate.connect(
            import_string(f"{installation}.claim"), sender=self, dispatch_uid="installation-claim"
        )
