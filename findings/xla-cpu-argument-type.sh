#!/usr/bin/env bash
# jaxlib 0.10.2 (jax 0.10.2), XLA on processors: an executable looks at the size in bytes of what it is given, not at its type.
# A parameter of type f32[3] takes an i32[3] and even a u8[12], and the bits are read as floats; for f32[4] it says at length what
# was expected, with both types in the message. `jax.jit` checks before, so whoever hands buffers to an executable
# himself, as a client of the PJRT C API does, has to. One would have guessed that the check that names the type compares it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check jax==0.10.2 jaxlib==0.10.2
cat > look.py <<'PY'
import jax
import numpy as np
from jax._src.lib import xla_client

MODULE = """
module @double {
  func.func public @main(%x: tensor<3xf32>) -> tensor<3xf32> {
    %0 = stablehlo.add %x, %x : tensor<3xf32>
    return %0 : tensor<3xf32>
  }
}
"""
client = jax.devices("cpu")[0].client
devices = xla_client.DeviceList(tuple(client.local_devices()[:1]))
double = client.compile_and_load(MODULE.encode(), devices, xla_client.CompileOptions())


def run(x):
    results = double.execute_sharded([jax.device_put(x)]).disassemble_into_single_device_arrays()
    return np.asarray(results[0][0]).tolist()


one = np.float32(1).view(np.int32)
print("f32[3]", right := run(np.float32([1, 1, 1])))
print("i32[3]", bits := run(np.int32([one, one, one])))
print("u8[12]", small := run(np.frombuffer(np.float32([1, 1, 1]).tobytes(), np.uint8)))
try:
    run(np.float32([1, 1, 1, 1]))
    told = "nothing"
except Exception as error:
    told = str(error)
print("f32[4]", told)
assert right == bits == small == [2, 2, 2]
assert "f32[3]" in told and "f32[4]" in told
PY
python/bin/python look.py 2>/dev/null
