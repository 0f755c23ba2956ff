#!/usr/bin/env bash
# safetensors 0.8.0 (NumPy 2.4.6): `safetensors.numpy.save` of a transposed array writes the shape of the transposed one with the
# numbers in the order of the one it was made of, so that [[0, 3], [1, 4], [2, 5]] is read back as [[0, 1], [2, 3], [4, 5]]. Nothing is said; of
# every second column the first columns are written. 0.7.0 wrote them right, as `numpy.save` does, and `safetensors.torch.save` refuses
# such tensors by name, so that one would have guessed either. Weights between libraries are transposed as a rule, as one has kernels of
# [in, out] and the other of [out, in]: a square one then has the right shape as well. Arrays of bfloat16 are written and cannot be
# read: KeyError. `numpy.ascontiguousarray` before saving helps.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check safetensors==0.8.0 numpy==2.4.6 ml_dtypes==0.6.0
python/bin/pip install --quiet --disable-pip-version-check --no-deps --target before safetensors==0.7.0
cat > look.py <<'PY'
import sys

import ml_dtypes
import numpy as np
from safetensors.numpy import load, save

kernel = np.arange(6, dtype=np.float32).reshape(2, 3)


def again(name, array):
    try:
        found = load(save({"kernel": array}))["kernel"].tolist()
    except Exception as error:
        found = type(error).__name__
    print(name.ljust(12), array.tolist(), "read", found)
    return found


assert again("as it is", kernel) == kernel.tolist()
if sys.argv[1] == "0.7.0":
    assert again("transposed", kernel.T) == kernel.T.tolist()
    sys.exit()
assert again("transposed", kernel.T) == [[0, 1], [2, 3], [4, 5]]
assert again("columns", kernel[:, ::2]) == [[0, 1], [2, 3]]
assert again("contiguous", np.ascontiguousarray(kernel.T)) == kernel.T.tolist()
assert again("bfloat16", kernel.astype(ml_dtypes.bfloat16)) == "KeyError"
PY
PYTHONPATH=before python/bin/python look.py 0.7.0
python/bin/python look.py 0.8.0
