#!/bin/sh
# What the tests need beside Python: LibreOffice recalculates workbooks, Chromium opens the pages.
# With the word "cluster" also Java, which Spark runs on. Nothing is done where they are there.
set -eu
wanted=""
command -v soffice >/dev/null 2>&1 || wanted="libreoffice-calc-nogui"
if ! command -v chromium >/dev/null 2>&1 && ! command -v chromium-browser >/dev/null 2>&1; then
  wanted="$wanted chromium"
fi
if [ "${1:-}" = cluster ] && ! command -v java >/dev/null 2>&1; then
  wanted="$wanted default-jre-headless"
fi
[ -n "$wanted" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
  echo "The tests need:$wanted. Mend: install them with this system's package manager." >&2
  exit 1
fi
become=""
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "The tests need more. Mend, as root: apt-get install -y $wanted" >&2
    exit 1
  fi
  become="sudo"
fi
echo "Installing $wanted for the tests ..."
$become apt-get update -qq
# shellcheck disable=SC2086 # several packages are several words
DEBIAN_FRONTEND=noninteractive $become apt-get install -y -qq --no-install-recommends $wanted >/dev/null
