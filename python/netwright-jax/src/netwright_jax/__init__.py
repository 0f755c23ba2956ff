"""Trains what `netwright export FILE.net --format stablehlo` writes, with JAX, in one process or many."""

__version__ = "0.1.0"
