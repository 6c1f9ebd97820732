"""The application of the tables of webhooks."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Registered addresses, and what is told to them."""

    name = "zhirong.platform.webhooks"
    label = "webhooks"
