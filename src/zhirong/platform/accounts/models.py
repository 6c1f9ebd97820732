"""Organizations and their people."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from zhirong.platform.accounts.fields import BlindIndexField, EncryptedTextField
from zhirong.platform.accounts.rights import Role


class Organization(models.Model):
    """A party that signs in: a firm, a bank, a valuer; or the house that runs the platform."""

    class Kind(models.TextChoices):
        """What an organization is."""

        FIRM = "firm"
        ASSOCIATION = "association"
        HOSPITAL = "hospital"
        BANK = "bank"
        VALUER = "valuer"
        ARRANGER = "arranger"
        INVESTOR = "investor"
        HOUSE = "house"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=120)
    identifier = models.CharField(max_length=18, unique=True, help_text="unified credit code")
    address = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Finds people by the name they sign in with."""


class User(AbstractBaseUser):
    """A person of one organization."""

    sign_in_name = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="people")
    phone = EncryptedTextField(blank=True, default="")
    phone_index = BlindIndexField(of="phone", default="")
    identity_number = EncryptedTextField(blank=True, default="")
    is_active = models.BooleanField(default=True)
    failed_sign_ins = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    USERNAME_FIELD = "sign_in_name"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.name


class Assignment(models.Model):
    """A role that a person has."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=24, choices=[(role.value, role.value) for role in Role])

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "role"], name="role_once_a_person")
        ]


class SecondFactor(models.Model):
    """What a person proves besides the password: codes of an app, counted so that none works twice.

    `last_step` is the time step (for a shown factor: the count) of the last code that was taken.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="second_factor")
    secret = EncryptedTextField(blank=True, default="")
    offered = EncryptedTextField(blank=True, default="", help_text="until its first code is right")
    last_step = models.BigIntegerField(default=0)
    is_shown = models.BooleanField(
        default=False, help_text="a demonstration's: its next code stands on the page"
    )
    confirmed_at = models.DateTimeField(null=True)


class RecoveryCode(models.Model):
    """A code on paper for the day the app is lost; once used it is gone."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "digest"], name="a_recovery_code_once")
        ]


class SignIn(models.Model):
    """A live session of a person: since when, seen when, from where, proved how lately."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    factor_at = models.DateTimeField(null=True, help_text="last right code of the second factor")
    address = EncryptedTextField(blank=True, default="")
    browser = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-seen_at",)


class RateCount(models.Model):
    """How often something was tried from one place in one window of time."""

    scope = models.CharField(max_length=40)
    subject = models.CharField(max_length=64, help_text="keyed hash of address or name")
    window = models.BigIntegerField(help_text="number of the window since 1970")
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scope", "subject", "window"], name="one_count_a_window"
            )
        ]


class Installation(models.Model):
    """How this database was first opened, demonstration or production; it stays that."""

    mode = models.CharField(max_length=16)
    opened_at = models.DateTimeField()
