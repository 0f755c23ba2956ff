"""Lines of progress. Whoever listens may go, as a terminal or `head` does, and training goes on."""

import contextlib
import io
import os
import sys


def write_line(line: str) -> None:
    """To standard output, where there is one."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that has not all letters shows their numbers.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        print(line, flush=True)
    except OSError:
        # What is left in its buffer goes nowhere from now on, also when Python ends.
        with contextlib.suppress(OSError, ValueError), open(os.devnull, "w") as nowhere:  # noqa: PTH123
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
