"""Files that belong to a matter."""

from django.db import models


class StoredFile(models.Model):
    """A file of a matter. Its bytes lie once in the store, under their hash, and never change."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT)
    use = models.CharField(max_length=40, db_index=True, help_text="code: firm_file, report ...")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    added_on = models.DateField()
    added_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT)
    is_withdrawn = models.BooleanField(default=False, help_text="replaced or taken back")

    MATTER = "matter"

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name
