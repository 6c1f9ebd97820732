"""Kept answers go under lock: the one that registers a webhook holds its secret."""

from django.db import migrations

import zhirong.platform.accounts.fields
from zhirong.platform.accounts import encryption


def seal(apps, schema_editor):
    """What stands already is sealed while the column still reads as it lies."""
    answers = apps.get_model("api", "KeptAnswer").objects
    for answer in answers.exclude(body="").iterator():
        sealed = encryption.seal(answer.body, place="api.keptanswer.body")
        answers.filter(pk=answer.pk).update(body=sealed)


class Migration(migrations.Migration):
    dependencies = [("api", "0001_initial")]
    operations = [
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="keptanswer",
            name="body",
            field=zhirong.platform.accounts.fields.EncryptedTextField(blank=True),
        ),
    ]
