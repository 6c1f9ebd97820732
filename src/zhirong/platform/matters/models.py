"""A matter, the root of what organizations do together, and who takes part in it."""

from typing import ClassVar

from django.db import models


class Matter(models.Model):
    """One financing of one firm, from application to release; or one plan of an arranger.

    Its participations say which: the parts of a loan and those of a plan never mix. A plan keeps
    its own states (`plans.Plan`) and leaves `stage` where it began.
    """

    class Stage(models.TextChoices):
        """How far a matter has come; the order is the order of the way."""

        OPENED = "opened"
        APPLIED = "applied"
        CHECKED = "checked"
        APPRAISED = "appraised"
        PROPOSED = "proposed"
        APPROVED = "approved"
        CONTRACTED = "contracted"
        SIGNED = "signed"
        FILED = "filed"
        REGISTERED = "registered"
        DRAWN = "drawn"
        REPAID = "repaid"
        RELEASING = "releasing"
        CLOSED = "closed"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    number = models.CharField(max_length=24, unique=True)
    title = models.CharField(max_length=120)
    firm = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT)
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.OPENED)
    opened_on = models.DateField()
    applied_on = models.DateField(null=True, help_text="day of the complete application")
    paid_on = models.DateField(null=True, help_text="value date of the first money")
    closed_on = models.DateField(null=True)

    MATTER = ""

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.number


class Participation(models.Model):
    """An organization's part in a matter: the only source of who may see it."""

    class Part(models.TextChoices):
        """What an organization is in a matter."""

        BORROWER = "borrower"
        LENDER = "lender"
        VALUER = "valuer"
        ARRANGER = "arranger"
        SERVICER = "servicer"
        INVESTOR = "investor"

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="participations")
    organization = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT)
    part = models.CharField(max_length=12, choices=Part.choices)
    since = models.DateField()
    until = models.DateField(null=True, help_text="first day on which consent is withdrawn")

    MATTER = "matter"

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["matter", "organization"],
                condition=models.Q(until=None),
                name="one_live_part_an_organization",
            )
        ]
