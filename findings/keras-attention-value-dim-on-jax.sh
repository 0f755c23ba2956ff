#!/usr/bin/env bash
# keras 3.15.1 (on jax 0.10.2): `MultiHeadAttention` with a `value_dim` other than `key_dim` raises on the JAX backend, in
# training and in prediction, while PyTorch and TensorFlow take it: keras hands the call to jax.nn.dot_product_attention, which
# wants values as wide as keys. One would have guessed that an argument of the layer works on every backend. With dropout, which
# goes another way, it works.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check keras==3.15.1 jax==0.10.2 jaxlib==0.10.2
cat > look.py <<'PY'
import os

os.environ["KERAS_BACKEND"] = "jax"
import keras
import numpy as np

x = np.ones((2, 6, 4), "float32")


def given(**options):
    try:
        return keras.layers.MultiHeadAttention(2, key_dim=4, **options)(x, x).shape
    except Exception as error:
        return type(error).__name__


for options in ({}, {"value_dim": 4}, {"value_dim": 3}, {"value_dim": 3, "dropout": 0.1}):
    print(options, given(**options))
assert given(value_dim=4) == (2, 6, 4)
assert given(value_dim=3) in ("TypeError", "ValueError")
assert given(value_dim=3, dropout=0.1) == (2, 6, 4)
PY
python/bin/python look.py 2>/dev/null
