#!/bin/sh
# Writes the hashed locks anew. No address is recorded: any mirror that holds the same files will do.
set -eu
uv="$1"
for name in tools runtime dev train cluster; do
  "$uv" pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
    --no-emit-index-url --no-emit-find-links -c requirements/runtime.in \
    "requirements/$name.in" -o "requirements/$name.txt"
done
