"""Ends a training from outside: at once, and with nothing left half written.

Python's own way, an exception wherever the program stands, is not enough: what JAX calls while it is loaded, or clears up, drops
it, so that training goes on, or tells it as a failure of its own.
"""

import contextlib
import os
import pathlib
import signal
import threading
from collections.abc import Iterator

from netwright_jax.tensor_file import beside

FROM_SIGNAL = 128
MESSAGE = b"netwright_jax: interrupted; the same command goes on from the last checkpoint\n"


@contextlib.contextmanager
def ending_at_once(checkpoint: pathlib.Path) -> Iterator[None]:
    """`checkpoint` is the file that may be being written. The exit code is 128 and the number of the signal."""

    def end(number: int, _: object) -> None:
        beside(checkpoint).unlink(missing_ok=True)
        # Not by `print`, which may be under way; and without taking down what JAX computes with, which crashes.
        os.write(2, MESSAGE)
        os._exit(FROM_SIGNAL + number)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {each: signal.signal(each, end) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
