"""Several processes of this machine: started together, and again from their checkpoint when one has died."""

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence

# What another start would not mend.
REFUSED = 2
NOT_FINITE = 3
PAUSE_S = 0.1
# A process whose neighbour has died ends by itself after its time-outs; nobody here has to wait for that.
GRACE_S = 2.0


def run_together(arguments: Sequence[str], count: int, restarts: int) -> int:
    """The exit code of `netwright_jax train` with these arguments in so many processes."""
    for attempt in range(restarts + 1):
        code = _once(arguments, count)
        if code in (0, REFUSED, NOT_FINITE) or attempt == restarts:
            return code
        print(f"a process has ended with {code}: starting all again from the checkpoint", file=sys.stderr, flush=True)
    return 1


def _once(arguments: Sequence[str], count: int) -> int:
    address = f"127.0.0.1:{_free_port()}"
    with _started(arguments, count, address) as processes:
        while True:
            codes = [process.poll() for process in processes]
            failed = [code for code in codes if code not in (None, 0)]
            if failed:
                # The one that knows more than that its neighbour is gone may still be on its way out.
                time.sleep(GRACE_S)
                codes = [process.poll() for process in processes]
                told = [code for code in codes if code in (REFUSED, NOT_FINITE)]
                return (told or [code for code in failed if code is not None])[0]
            if all(code == 0 for code in codes):
                return 0
            time.sleep(PAUSE_S)


@contextlib.contextmanager
def _started(arguments: Sequence[str], count: int, address: str) -> Iterator[list[subprocess.Popen[bytes]]]:
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for i in range(count):
            where = ["--coordinator", address, "--num-processes", str(count), "--process-id", str(i)]
            processes.append(subprocess.Popen([sys.executable, "-m", "netwright_jax", "train", *arguments, *where]))
        yield processes
    finally:
        for process in processes:
            if process.poll() is None:
                process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
