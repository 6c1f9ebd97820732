"""Organizations and their people."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

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
