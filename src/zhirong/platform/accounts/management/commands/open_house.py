"""The first organization and the first person of an installation."""

import getpass
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from zhirong.core.errors import ZhirongError
from zhirong.platform.accounts.models import Organization
from zhirong.platform.accounts.rights import Role
from zhirong.platform.accounts.services import PasswordError, add_organization, add_person


class Command(BaseCommand):
    """Once, into an empty database; everything else is done on the administrator's desk."""

    help = "Enter the house that runs the platform, and its first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who it is; the password is asked for, or read from standard input."""
        parser.add_argument("--name", required=True, help="as in the business register")
        parser.add_argument("--identifier", required=True, help="unified social credit code")
        parser.add_argument("--address", default="")
        parser.add_argument("--administrator", required=True, help="the sign-in name")
        parser.add_argument("--person", required=True, help="the administrator's own name")
        parser.add_argument("--password-stdin", action="store_true", help="one line")

    def handle(self, *_: Any, **options: Any) -> None:
        """Do it, all or nothing.

        Raises:
            CommandError: There are organizations already, or the password is not allowed.
        """
        if Organization.objects.exists():
            raise CommandError("Not done: this database has its organizations already.")
        password = self._password(is_given=options["password_stdin"])
        try:
            with transaction.atomic():
                house = add_organization(
                    kind=Organization.Kind.HOUSE.value,
                    name=options["name"],
                    identifier=options["identifier"],
                    address=options["address"],
                    by=None,
                )
                add_person(
                    house,
                    sign_in_name=options["administrator"],
                    name=options["person"],
                    password=password,
                    roles=(Role.ADMINISTRATOR,),
                    by=None,
                )
        except PasswordError as wrong:
            reasons = wrong.facts["reasons"]
            said = " ".join(reasons) if isinstance(reasons, tuple) else str(reasons)
            raise CommandError(f"Not done: {said}") from wrong
        except ZhirongError as wrong:
            raise CommandError(f"Not done: {wrong}") from wrong
        self.stdout.write(
            f"Done. {options['administrator']} signs in with this password, and sets up the second"
            " factor then."
        )

    def _password(self, *, is_given: bool) -> str:
        if is_given:
            return sys.stdin.readline().rstrip("\n")
        first = getpass.getpass("Password: ")
        if getpass.getpass("Once more: ") != first:
            raise CommandError("Not done: the two passwords differ.")
        return first
