"""Files that belong to a matter."""

from typing import ClassVar

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


class Deed(models.Model):
    """A document that parties sign in order: contract, application, letter.

    `file` is what is to be signed next; `unsigned_sha256` is what everybody agreed to sign.
    """

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT)
    kind = models.CharField(max_length=40, help_text="kind of document, as the office knows it")
    title = models.CharField(max_length=120)
    number = models.CharField(max_length=60, unique=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    unsigned_sha256 = models.CharField(max_length=64)
    is_signed = models.BooleanField(default=False)
    is_withdrawn = models.BooleanField(default=False)
    made_on = models.DateField()

    MATTER = "matter"

    class Meta:
        ordering = ("id",)
        indexes: ClassVar = [
            models.Index(
                fields=["matter"],
                condition=models.Q(is_signed=False, is_withdrawn=False),
                name="papers_to_sign",
            ),
        ]


class SignaturePlace(models.Model):
    """Whose turn comes when, and who has signed."""

    deed = models.ForeignKey(Deed, on_delete=models.CASCADE, related_name="places")
    place = models.PositiveSmallIntegerField()
    organization = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT)
    role = models.CharField(max_length=60)
    signed_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT)
    signed_on = models.DateField(null=True)
    signed_at = models.DateTimeField(null=True)

    MATTER = "deed__matter"

    class Meta:
        ordering = ("place",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["deed", "place"], name="a_place_once")
        ]
