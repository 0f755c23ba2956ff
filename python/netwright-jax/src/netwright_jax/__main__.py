"""`python -m netwright_jax train FOLDER`."""

import sys

from netwright_jax.cli import main

sys.exit(main(sys.argv[1:]))
