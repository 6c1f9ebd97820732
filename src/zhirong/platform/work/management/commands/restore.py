"""Bring a backup back into an empty data folder and an empty database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zhirong.core.errors import ZhirongError
from zhirong.platform.work.backup import restore


class Command(BaseCommand):
    """Says that it is done only where hashes, log and ledger are right."""

    help = "Bring a backup back into an empty data folder and an empty database."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path, help="the file of the backup")

    def handle(self, *_: Any, **options: Any) -> None:
        """Do it and say what it held.

        Raises:
            CommandError: It was not done.
        """
        try:
            taken = restore(options["file"])
        except (ZhirongError, OSError) as wrong:
            raise CommandError(f"Not done: {wrong}") from wrong
        self.stdout.write(
            f"Done: {taken.files} files, {taken.entries} log entries under {taken.seals} seals"
        )
