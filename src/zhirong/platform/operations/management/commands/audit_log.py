"""Check the action log against its seals."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhirong.platform.operations import journal


class Command(BaseCommand):
    """Every digest, root and link is computed anew."""

    help = "Check the action log against its seals; ends with 1 where one does not fit."

    def handle(self, *_: Any, **__: Any) -> None:
        """Print what was found.

        Raises:
            CommandError: The log is not what was sealed.
        """
        found = journal.audit()
        self.stdout.write(
            f"{found.entries} entries, {found.seals} seals, {found.unsealed} not sealed yet"
        )
        for fault in found.faults:
            self.stdout.write(f"{fault.reason} at entry {fault.entry}")
        if found.faults:
            raise CommandError(f"{len(found.faults)} faults")
