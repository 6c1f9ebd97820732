"""Become a command that ends with its parent: `python tied.py PARENT COMMAND...`.

A supervisor that is killed cannot end its children. On Linux the kernel does it: who asks for it
gets SIGTERM when its parent is gone, and keeps that wish over `exec`. Run as a file of its own, on
the standard library alone, so that it costs a child no more than an instant.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def tied(command: Sequence[str]) -> tuple[str, ...]:
    """The command, tied to this process where the system knows how to."""
    if not sys.platform.startswith("linux"):
        return tuple(command)
    return (sys.executable, "-IS", str(Path(__file__).resolve()), str(os.getpid()), *command)


def main(arguments: Sequence[str]) -> None:
    """Ask for the signal, then become the command; end where the parent is gone already."""
    parent, *command = arguments
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
    if os.getppid() != int(parent):
        sys.exit(1)
    os.execvp(command[0], command)  # noqa: S606 - the supervisor's own command, no shell


if __name__ == "__main__":
    main(sys.argv[1:])
