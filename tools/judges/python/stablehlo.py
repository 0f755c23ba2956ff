"""Runs modules of StableHLO with JAX and holds their results to expected ones: python stablehlo.py FOLDER.

FOLDER has cases.json, the modules, and arrays as bytes; wrong.json is written there. A case that has an `answer` in place of results
gets what it gives written into that file.
"""

import json
import pathlib
import sys

import jax
import numpy as np
from jax._src.interpreters import mlir
from jax._src.lib import xla_client
from jax._src.lib.mlir import ir

FOLDER = pathlib.Path(sys.argv[1])
DTYPES = {"f32": np.float32, "i32": np.int32, "u32": np.uint32}
# Of sums in another order and other elementary functions. What is drawn as bits is held to the bit.
RELATIVE, ABSOLUTE = 2e-4, 2e-5
DEVICE = jax.devices()[0]


def array(stored):
    dtype = DTYPES[stored["dtype"]]
    return np.fromfile(FOLDER / stored["file"], dtype).reshape(stored["shape"])


def verified(name):
    text = (FOLDER / name).read_text()
    with mlir.make_ir_context() as context, ir.Location.unknown(context):
        # JAX's own reader and verifier, which the client's does not stand for.
        ir.Module.parse(text).operation.verify()
    return text


def run(case):
    if "divided" in case:
        verified(case["divided"])
    text = verified(case["module"])
    devices = xla_client.DeviceList((DEVICE,))
    loaded = DEVICE.client.compile_and_load(text, devices, xla_client.CompileOptions())
    given = [jax.device_put(array(each), DEVICE) for each in case["arguments"]]
    results = loaded.execute_sharded(given).disassemble_into_single_device_arrays()
    return [np.asarray(result[0]) for result in results]


def misfit(case):
    results = run(case)
    if "answer" in case:
        results[0].tofile(FOLDER / case["answer"])
        return None
    for stored, result in zip(case["results"], results, strict=True):
        expected = array(stored)
        if result.dtype != expected.dtype or result.shape != expected.shape:
            return f"{stored['file']} is {result.dtype}{result.shape}"
        exact = expected.dtype != np.float32
        close = (result == expected) if exact else np.isclose(result, expected, RELATIVE, ABSOLUTE, equal_nan=True)
        if not np.all(close):
            worst = np.argmax(~close.reshape(-1))
            return f"{stored['file']}: {result.reshape(-1)[worst]}, expected {expected.reshape(-1)[worst]}"
    return None


wrong = []
for case in json.loads((FOLDER / "cases.json").read_text()):
    try:
        found = misfit(case)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the verdict
        found = f"{type(error).__name__}: {str(error)[:300]}"
    if found is not None:
        wrong.append(f"{case['name']} ({case['module']}): {found}")
(FOLDER / "wrong.json").write_text(json.dumps(wrong))
