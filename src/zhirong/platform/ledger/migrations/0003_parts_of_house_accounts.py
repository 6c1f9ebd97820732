"""Parts of the house's accounts; what is held on them moves to the part that will free it."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import F

from zhirong.ledger import chart
from zhirong.platform.ledger.sums import place_of_key


def _move_what_is_held(apps: StateApps, _: BaseDatabaseSchemaEditor) -> None:
    account, part = apps.get_model("ledger", "Account"), apps.get_model("ledger", "AccountPart")
    transfer = apps.get_model("ledger", "Transfer")
    if account.objects.exists():
        account.objects.bulk_create(
            (
                account(code=a.id, kind=a.kind.value, limit=a.limit.value, currency=a.currency)
                for a in chart.of_house(("bank", "ecny"))
            ),
            ignore_conflicts=True,
        )
    for row in transfer.objects.filter(kind="pending", resolved_by=None):
        for code, name in ((row.debit_id, "debits_pending"), (row.credit_id, "credits_pending")):
            if not chart.is_of_house(code):
                continue
            account.objects.filter(pk=code).update(**{name: F(name) - row.amount_fen})
            place = place_of_key(row.key)
            found, _made = part.objects.get_or_create(account_id=code, place=place)
            part.objects.filter(pk=found.pk).update(**{name: F(name) + row.amount_fen})


class Migration(migrations.Migration):
    """The table, and what is held at this moment."""

    dependencies = [("ledger", "0002_append_only")]
    operations = [
        migrations.CreateModel(
            name="AccountPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("debits_posted", models.BigIntegerField(default=0)),
                ("credits_posted", models.BigIntegerField(default=0)),
                ("debits_pending", models.BigIntegerField(default=0)),
                ("credits_pending", models.BigIntegerField(default=0)),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="ledger.account")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(debits_posted__gte=0, credits_posted__gte=0, debits_pending__gte=0, credits_pending__gte=0),
                        name="parts_not_below_zero",
                    ),
                    models.UniqueConstraint(fields=("account", "place"), name="a_place_once_an_account"),
                ],
            },
        ),
        migrations.RunPython(_move_what_is_held, migrations.RunPython.noop),
    ]
