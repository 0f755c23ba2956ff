"""`python -m netwright_jax train FOLDER`."""

from netwright_jax.cli import entry

entry()
