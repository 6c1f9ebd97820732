"""Keys from the command line, for those who run the house."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from zhirong.platform.api.keys import make_key, person_named, revoke_key


class Command(BaseCommand):
    """Make a key for a person, or revoke one."""

    help = "Make a key of the API for a person (shown once), or revoke one by its number."

    def add_arguments(self, parser: CommandParser) -> None:
        """`make NAME --label TEXT` or `revoke NUMBER`."""
        acts = parser.add_subparsers(dest="act", required=True)
        make = acts.add_parser("make")
        make.add_argument("sign_in_name")
        make.add_argument("--label", required=True)
        revoke = acts.add_parser("revoke")
        revoke.add_argument("number", type=int)

    def handle(self, *_: Any, **options: Any) -> None:
        """Print the new key's number and token, or nothing."""
        if options["act"] == "revoke":
            revoke_key(options["number"], by=None)
            return
        made = make_key(person_named(options["sign_in_name"]), label=options["label"], by=None)
        self.stdout.write(f"{made.number} {made.token}")
