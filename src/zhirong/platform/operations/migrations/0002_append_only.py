"""The action log and its seals only grow."""

from django.db import migrations

from zhirong.platform.operations.append_only import append_only


class Migration(migrations.Migration):
    """Triggers on both tables."""

    dependencies = [("operations", "0001_initial")]
    operations = [append_only("operations_logentry"), append_only("operations_seal")]
