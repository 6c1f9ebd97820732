"""Seal every field of personal data anew with the first key."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from zhirong.platform.accounts.rotation import BATCH, rotate


class Command(BaseCommand):
    """Run after a new key was put first; the old one may go when it says it has ended."""

    help = "Seal every field of personal data anew with the first key of ZHIRONG_FIELD_KEYS."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many rows a transaction takes."""
        parser.add_argument("--batch", type=int, default=BATCH)

    def handle(self, *_: Any, **options: Any) -> None:
        """Batch after batch until no other key is in use."""
        total = 0
        for column, rows in rotate(batch=options["batch"]):
            total += rows
            self.stdout.write(f"{column}: {rows}")
        self.stdout.write(f"Every field is under the first key; {total} rows were sealed anew.")
