"""Work that was given up: list it, begin it anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zhirong.core.errors import ZhirongError
from zhirong.platform.operations import outbox


class Command(BaseCommand):
    """Without numbers it lists; with numbers it begins those anew."""

    help = "List background work that was given up, or begin some of it anew."

    def add_arguments(self, parser: CommandParser) -> None:
        """Numbers of the work, or all of it."""
        parser.add_argument("work", nargs="*", type=int)
        parser.add_argument("--all", action="store_true", help="begin all of it anew")

    def handle(self, *_: Any, **options: Any) -> None:
        """List, or begin anew.

        Raises:
            CommandError: A number is not that of work given up.
        """
        waiting = outbox.given_up()
        numbers = [item.pk for item in waiting] if options["all"] else options["work"]
        try:
            for number in numbers:
                outbox.begin_anew(number, by=None)
                self.stdout.write(f"{number} begins anew")
        except ZhirongError as wrong:
            raise CommandError(str(wrong)) from wrong
        if not numbers:
            for item in waiting:
                self.stdout.write(f"{item.pk} {item.kind} {item.failed_at:%F %T} {item.failure}")
            self.stdout.write(f"{len(waiting)} given up")
