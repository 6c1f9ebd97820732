"""A command of the platform that knows the tests' work too: `python -m tests.processes worker`."""

import importlib
import sys
from typing import cast

import django
from django.core.management import call_command

django.setup()
handlers = importlib.import_module("zhirong.platform.work.handlers")
kinds = importlib.import_module("tests.processes.kinds")
cast("dict[str, object]", handlers.HANDLERS).update(slow=kinds.slow, poisoned=kinds.poisoned)
call_command(*sys.argv[1:])
