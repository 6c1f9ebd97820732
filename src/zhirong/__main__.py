"""`python -m zhirong` is the `zhirong` command."""

from zhirong.cli.main import run

run()
