#!/usr/bin/env bash
# optax 0.2.8: with `contrib.reduce_on_plateau` a loss below zero that never changes is better than before in every step, so the
# rate never falls: the tolerance is a share of the best loss (1e-4 of it by default) and is added to it, which makes a
# negative number larger. One would have guessed that a loss that stays the same is a plateau, whatever its sign. Losses below
# zero are usual: logarithms of densities, the similarity of cosines.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check optax==0.2.8 jax==0.10.2 jaxlib==0.10.2
cat > look.py <<'PY'
import jax.numpy as jnp
from optax.contrib import reduce_on_plateau


def scales(loss):
    """What the rate is multiplied with after each of eight steps of that loss."""
    rule = reduce_on_plateau(factor=0.5, patience=2)
    weights = jnp.zeros(1)
    state = rule.init(weights)
    seen = []
    for _ in range(8):
        _, state = rule.update(jnp.ones(1), state, weights, value=loss)
        seen.append(float(state.scale))
    return seen


for loss in (1.0, -1.0):
    print("loss", loss, scales(loss))
assert scales(1.0)[-1] < 0.1
assert scales(-1.0) == [1.0] * 8
PY
python/bin/python look.py
