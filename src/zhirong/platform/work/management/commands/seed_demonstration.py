"""The people and the first day of a demonstration."""

from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from zhirong.platform.accounts.models import Organization
from zhirong.platform.demonstration_list import listed
from zhirong.platform.work.demonstration import seed, write_sandboxes


class Command(BaseCommand):
    """Seed once; a second time changes nothing."""

    help = "Seed a demonstration: organizations, people, the first day."

    def add_arguments(self, parser: CommandParser) -> None:
        """The first day; the list's own where none is given. Whether to migrate before."""
        parser.add_argument("--day", type=date.fromisoformat)
        parser.add_argument("--migrate", action="store_true", help="bring the tables up to date")

    def handle(self, *_: Any, **options: Any) -> None:
        """Seed where nobody is there yet."""
        if options["migrate"]:
            call_command("migrate", verbosity=0)
        examples = Path(settings.EXAMPLES) if settings.EXAMPLES else None
        write_sandboxes(settings.DATA / "sandboxes", examples)
        with transaction.atomic():
            if not Organization.objects.exists():
                seed(options["day"] or listed()["day"])
