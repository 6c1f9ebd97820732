"""What the new columns say of filings that stand already: whose pledge, and its own last day."""

from django.db import migrations


def fill(apps, schema_editor):
    filings = apps.get_model("filing", "Filing")
    rights = apps.get_model("filing", "PledgedRight")
    for filing in filings.objects.iterator():
        registered = (filing.progress or {}).get("registered") or {}
        if registered.get("expires_on"):
            filings.objects.filter(pk=filing.pk).update(expires_on=registered["expires_on"])
        bank = ((filing.contract or {}).get("pledgee") or {}).get("identifier", "")
        rights.objects.filter(filing_id=filing.pk).update(pledgee=bank)


class Migration(migrations.Migration):
    dependencies = [("filing", "0002_amendments_and_other_rights")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
