"""Joining the other processes of a training."""

import jax


def join(coordinator: str, count: int, process: int, timeout: int) -> None:
    """Waits for all of them, `timeout` seconds at most; from then on one that is gone for so long ends the others, too.

    Without these times JAX waits for minutes. They say nothing of how long a step may take.
    """
    # Of processors; others bring their own.
    jax.config.update("jax_cpu_collectives_implementation", "gloo")
    jax.distributed.initialize(
        coordinator,
        count,
        process,
        initialization_timeout=timeout,
        heartbeat_timeout_seconds=timeout,
        shutdown_timeout_seconds=timeout,
    )
