"""Keys by which programs act for a person, and answers kept for requests that are repeated."""

from typing import ClassVar

from django.db import models

from zhirong.platform.accounts.fields import EncryptedTextField


class ApiKey(models.Model):
    """A key of an organization, bound to a person whose roles it has; only its hash is kept.

    `rights` limits what it may do; without it, it may do what its person may. The secret signs what
    binds and must be known to check a signature: it lies under lock.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="api_keys")
    prefix = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the secret")
    secret = EncryptedTextField(default="", help_text="of its confirmations")
    rights = models.JSONField(null=True, help_text="none: all that its person has")
    label = models.CharField(max_length=80)
    made_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, help_text="to the minute")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.prefix


class KeptAnswer(models.Model):
    """The answer of a request that acted, kept under the key that its caller chose."""

    organization = models.ForeignKey("accounts.Organization", on_delete=models.CASCADE)
    key = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, help_text="of person, method, path and body")
    status = models.PositiveSmallIntegerField(default=0)
    # Under lock: the answer that registers a webhook holds its secret.
    body = EncryptedTextField(blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "key"], name="an_answer_once_a_key")
        ]
