"""The application of the tables of people."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Organizations, users, roles."""

    name = "zhirong.platform.accounts"
    label = "accounts"
