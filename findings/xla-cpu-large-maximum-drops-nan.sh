#!/usr/bin/env bash
# jax and jaxlib 0.10.2, XLA on processors: `jnp.max` of a large array is a number although the array holds NaN, and of a small
# one it is NaN. [16, 512] with one NaN has the maximum 1, along either axis and over all, and its minimum is 1 as well; 512
# numbers have NaN, and the sum has NaN at every size. So has `numpy.max`. Reductions of some thousand elements go to
# a library whose maximum drops NaN; `xla_cpu_enable_fast_min_max=false` changes nothing about it, only taking reductions
# out of the list `xla_cpu_experimental_ynn_fusion_type` does. A pooling, or a check by the largest magnitude, then hides what
# a training has to stop at. One would have guessed NaN at every size, as StableHLO's maximum has it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check jax==0.10.2 jaxlib==0.10.2
cat >look.py <<'PY'
import sys

import jax.numpy as jnp
import numpy as np


def with_nan(rows):
    x = np.ones((rows, 512), np.float32)
    x[0, 0] = np.nan
    return x


small, large = with_nan(1), with_nan(16)
found = {
    "small": jnp.max(small),
    "large, all": jnp.max(large),
    "large, rows": jnp.max(large, 1)[0],
    "large, columns": jnp.max(large, 0)[0],
    "large, minimum": jnp.min(large),
    "large, sum": jnp.sum(large),
    "large, numpy": np.max(large),
}
for name, value in found.items():
    print(name.ljust(15), value)
keeps = {name for name, value in found.items() if np.isnan(value)}
expected = {"small", "large, sum", "large, numpy"} if sys.argv[1] == "default" else set(found)
if keeps != expected:
    sys.exit(f"changed: NaN is kept in {sorted(keeps)}")
PY
export JAX_PLATFORMS=cpu
python/bin/python look.py default
XLA_FLAGS=--xla_cpu_enable_fast_min_max=false python/bin/python look.py default
echo "without reductions in the library:"
XLA_FLAGS=--xla_cpu_experimental_ynn_fusion_type=-LIBRARY_FUSION_TYPE_REDUCE python/bin/python look.py without
