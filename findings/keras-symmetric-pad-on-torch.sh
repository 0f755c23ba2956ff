#!/usr/bin/env bash
# keras 3.15.1 (on torch 2.15.0): `keras.ops.pad` with mode "symmetric" repeats the number at the edge on the PyTorch backend, where
# "symmetric" is to mirror what lies inside, edge included: two numbers before [1, 2, 3] are 1, 1 and not 2, 1, as on JAX and as
# in NumPy. By one number both come to the same, so that a test with a padding of one passes. Mode "reflect" is right. One would
# have guessed the numbers of the other backends, or the error that PyTorch's gives for "edge", which it could compute and JAX does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check --no-cache-dir keras==3.15.1 jax==0.10.2 jaxlib==0.10.2 torch==2.15.0
cat > look.py <<'PY'
import keras
import numpy as np

x = np.float32([1, 2, 3])
for mode in ("symmetric", "reflect"):
    for width in (1, 2):
        padded = keras.ops.convert_to_numpy(keras.ops.pad(keras.ops.convert_to_tensor(x[None]), [[0, 0], [width, 0]], mode=mode))[0]
        print(mode, width, padded.astype(int).tolist(), "NumPy" if (padded == np.pad(x, [width, 0], mode=mode)).all() else "other")
PY
look() { KERAS_BACKEND=$1 python/bin/python look.py 2>/dev/null; }
echo jax; look jax
echo torch; look torch
test "$(look jax | grep -c NumPy)" = 4
test "$(look torch | grep -c NumPy)" = 3
test "$(look torch | grep 'symmetric 2')" = "symmetric 2 [1, 1, 1, 2, 3] other"
