#!/bin/sh
# LibreOffice recalculates the workbooks in the tests. Nothing is done where it is already there.
set -eu
if command -v soffice >/dev/null 2>&1; then
  exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
  echo "The workbook tests need LibreOffice Calc (soffice). Mend: install it with this system's package manager." >&2
  exit 1
fi
become=""
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "The workbook tests need LibreOffice Calc. Mend, as root: apt-get install -y libreoffice-calc-nogui" >&2
    exit 1
  fi
  become="sudo"
fi
echo "Installing LibreOffice Calc for the workbook tests ..."
$become apt-get update -qq
DEBIAN_FRONTEND=noninteractive $become apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui >/dev/null
