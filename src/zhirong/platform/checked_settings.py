"""The settings under which types and tests are checked: a demonstration in a folder of its own."""

import importlib
import os
import tempfile

# A folder for each process, so that two runs of the tests do not meet.
os.environ["ZHIRONG_MODE"] = "demonstration"
os.environ["ZHIRONG_DATA"] = tempfile.mkdtemp(prefix="zhirong-checked-")

_settings = importlib.import_module("zhirong.platform.settings")
globals().update({name: value for name, value in vars(_settings).items() if name.isupper()})

# The tests make many people; how a password is kept is tried where it matters.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
