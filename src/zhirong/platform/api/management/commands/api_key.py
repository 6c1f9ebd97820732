"""Keys from the command line, for those who run the house."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from zhirong.platform.api.keys import NewKey, make_key, person_named, revoke_key, rotate_key


class Command(BaseCommand):
    """Make a key for a person, renew one, or revoke one."""

    help = "Make a key of the API for a person (shown once), renew or revoke one by its number."

    def add_arguments(self, parser: CommandParser) -> None:
        """`make NAME --label TEXT [--right NAME ...]`, `renew NUMBER` or `revoke NUMBER`."""
        acts = parser.add_subparsers(dest="act", required=True)
        make = acts.add_parser("make")
        make.add_argument("sign_in_name")
        make.add_argument("--label", required=True)
        make.add_argument("--right", action="append", help="all that the person has by default")
        for act in ("renew", "revoke"):
            acts.add_parser(act).add_argument("number", type=int)

    def handle(self, *_: Any, **options: Any) -> None:
        """Print the new key's number, token and secret, or nothing."""
        if options["act"] == "revoke":
            revoke_key(options["number"], by=None)
        elif options["act"] == "renew":
            self._show(rotate_key(options["number"], by=None))
        else:
            person, label = person_named(options["sign_in_name"]), options["label"]
            self._show(make_key(person, label=label, rights=options["right"], by=None))

    def _show(self, made: NewKey) -> None:
        self.stdout.write(f"{made.number} {made.token} {made.secret}")
