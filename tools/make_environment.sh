#!/bin/sh
# Makes the virtual environment and puts the hash-locked installer into it.
set -eu
python="$1"
venv="$2"
if ! command -v "$python" >/dev/null 2>&1; then
  echo "No $python here. Mend: sudo apt-get install -y python3 python3-venv" >&2
  exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "$python is older than 3.11. Mend: make PYTHON=python3.11 (or newer)" >&2
  exit 1
fi
if ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
  echo "This Python has no venv or pip. Mend: sudo apt-get install -y python3-venv" >&2
  exit 1
fi
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
"$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r requirements/tools.txt
