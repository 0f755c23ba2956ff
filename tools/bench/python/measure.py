"""How the peers in Python are timed."""

import time


def fastest_rate(rows, seconds):
    """Of the fastest third: on shared machines the slow epochs measure the neighbours."""
    fastest = sorted(seconds)[: max(1, len(seconds) // 3)]
    return rows * len(fastest) / sum(fastest)


def epoch_rate(rows, seconds, epoch, warmups=1):
    """Samples per second, and of the processor, over about that many seconds, after epochs that warm up."""
    for _ in range(warmups):
        epoch()
    times = []
    begun = time.process_time()
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < 3:
        start = time.perf_counter()
        epoch()
        times.append(time.perf_counter() - start)
    return fastest_rate(rows, times), rows * len(times) / (time.process_time() - begun)
