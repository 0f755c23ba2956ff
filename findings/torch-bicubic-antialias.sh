#!/usr/bin/env bash
# torch 2.15.0: `interpolate(mode="bicubic", antialias=True)` makes another picture than without antialias also where it enlarges
# and nothing can be folded: the flag changes the cubic from the one with a = -0.75 to the one with a = -0.5. At the side of a black
# to white edge the overshoot is smaller by a third. Bilinear enlarging is the same with and without. One would have guessed that
# a filter against what shrinking does is idle while nothing shrinks. Keras 3.15.1 hands the flag on, so that its bicubic `resize` on
# PyTorch differs from its JAX backend without antialias, as JAX has -0.5 always, and agrees with it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check --no-cache-dir keras==3.15.1 jax==0.10.2 jaxlib==0.10.2 torch==2.15.0
cat > look.py <<'PY'
import os

os.environ["KERAS_BACKEND"] = "torch"
import jax
import keras
import numpy as np
import torch

edge = np.float32([[0, 0, 0, 1, 1, 1]] * 6)


def enlarged(mode, antialias):
    return torch.nn.functional.interpolate(torch.tensor(edge)[None, None], (12, 12), mode=mode, antialias=antialias)[0, 0].numpy()


plain, smooth = enlarged("bicubic", False), enlarged("bicubic", True)
linear = np.abs(enlarged("bilinear", False) - enlarged("bilinear", True)).max()
over = [float(picture.max() - 1) for picture in (plain, smooth)]
print("overshoot", [round(value, 4) for value in over], "bilinear differs by", linear)
jaxed = np.asarray(jax.image.resize(edge, (12, 12), "cubic", antialias=False))
kerased = [
    keras.ops.convert_to_numpy(keras.ops.image.resize(edge[..., None], (12, 12), interpolation="bicubic", antialias=flag))[..., 0]
    for flag in (False, True)
]
off = [float(np.abs(picture - jaxed).max()) for picture in kerased]
print("keras on torch from jax, without and with antialias", [round(value, 4) for value in off])
assert linear < 1e-6
assert over[0] > 1.3 * over[1] > 0
assert off[0] > 0.02 and off[1] < 1e-5
PY
python/bin/python look.py 2>/dev/null
