"""The framework's own commands: `python -m zhirong.platform.manage`."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run a command of the framework."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhirong.platform.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
