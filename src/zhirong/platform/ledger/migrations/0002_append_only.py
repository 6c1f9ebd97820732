"""Transfers only grow."""

from django.db import migrations

from zhirong.platform.operations.append_only import append_only


class Migration(migrations.Migration):
    """Triggers on the table of transfers."""

    dependencies = [("ledger", "0001_initial")]
    operations = [append_only("ledger_transfer")]
