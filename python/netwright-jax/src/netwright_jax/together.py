"""Joining the other processes of a training."""

import jax


def join(coordinator: str, count: int, process: int, timeout: int) -> None:
    """Waits for all of them, `timeout` seconds at most; from then on one that is gone for so long ends the others, too.

    Without these times JAX waits for minutes. They say nothing of how long a step may take.
    """
    host, _, _ = coordinator.rpartition(":")
    # Of processors; others bring their own.
    jax.config.update("jax_cpu_collectives_implementation", "gloo")
    jax.distributed.initialize(
        coordinator,
        count,
        process,
        # JAX would listen to all networks of the machine, also where all processes are on it.
        coordinator_bind_address=coordinator if host == "127.0.0.1" else None,
        initialization_timeout=timeout,
        heartbeat_timeout_seconds=timeout,
        shutdown_timeout_seconds=timeout,
    )
