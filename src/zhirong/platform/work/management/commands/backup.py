"""Write a backup beside the running platform."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zhirong.core.errors import ZhirongError
from zhirong.platform.work.backup import back_up


class Command(BaseCommand):
    """Database, stored files and their hashes, as of one moment."""

    help = "Write a backup beside the running platform."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path, help="what is written; not there yet")

    def handle(self, *_: Any, **options: Any) -> None:
        """Do it and say what it held.

        Raises:
            CommandError: It was not done.
        """
        try:
            taken = back_up(options["file"])
        except (ZhirongError, OSError) as wrong:
            raise CommandError(f"Not done: {wrong}") from wrong
        self.stdout.write(
            f"Done: {taken.files} files, {taken.entries} log entries under {taken.seals} seals"
        )
