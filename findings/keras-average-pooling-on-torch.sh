#!/usr/bin/env bash
# keras 3.15.1 (on torch 2.15.0): average pooling with `padding="same"`, where the windows are padded on one side alone,
# averages the last number with a copy of itself on the PyTorch backend, (7 + 8 + 8) / 3, while JAX and TensorFlow average what
# is inside, (7 + 8) / 2. One would have guessed that one layer gives one answer. Where both sides are padded alike, it does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check --no-cache-dir keras==3.15.1 jax==0.10.2 jaxlib==0.10.2 torch==2.15.0
cat > look.py <<'PY'
import keras
import numpy as np

x = np.arange(1, 9, dtype="float32").reshape(1, 8, 1)
for strides in (1, 2):
    pooled = keras.layers.AveragePooling1D(3, strides=strides, padding="same")(x)
    print("strides", strides, np.round(np.asarray(pooled, "float64").reshape(-1), 3).tolist())
PY
look() { KERAS_BACKEND=$1 python/bin/python look.py 2>/dev/null; }
echo jax; look jax
echo torch; look torch
test "$(look jax | head -1)" = "$(look torch | head -1)"
test "$(look jax | tail -1)" = "strides 2 [2.0, 4.0, 6.0, 7.5]"
test "$(look torch | tail -1)" = "strides 2 [2.0, 4.0, 6.0, 7.667]"
