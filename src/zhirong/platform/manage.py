"""The framework's own commands: `python -m zhirong.platform.manage`."""

import os
import sys

from django.core.management import execute_from_command_line

from zhirong.core.messages import Message
from zhirong.parameters.reader import catalog
from zhirong.platform.configuration import SettingError

WRONG_CALL = 2


def main() -> int:
    """Run a command of the framework; a wrong setting is said in words, in both languages."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhirong.platform.settings")
    try:
        execute_from_command_line(sys.argv)
    except SettingError as wrong:
        said = Message(wrong.code, {name: str(fact) for name, fact in wrong.facts.items()})
        words = catalog("platform")
        lines = (words.text(said, "zh"), words.text(said, "en"), str(wrong))
        sys.stderr.write("\n".join((*lines, "")))
        return WRONG_CALL
    return 0


if __name__ == "__main__":
    sys.exit(main())
