#!/usr/bin/env bash
# onnxruntime 1.32.0: `Unique` of an array with NaN counts each NaN as one of the number that it was compared with: of [1, NaN, NaN]
# there is the one value 1, three times, and of [NaN, 1, 2] the one value NaN, three times. The indices that lead back from the
# distinct values, `inverse_indices`, give another array than was given, so that a table that is coded so and decoded again has
# its missing values filled with other rows' numbers. One would have guessed NaN as a value of its own, once as in NumPy or each
# time as in PyTorch.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check onnxruntime==1.32.0 onnx==1.23.2 numpy==2.4.6
cat > look.py <<'PY'
import numpy as np
import onnxruntime
from onnx import TensorProto, helper

names = ["values", "first", "inverse", "counts"]
graph = helper.make_graph(
    [helper.make_node("Unique", ["x"], names)], "unique",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [None])],
    [helper.make_tensor_value_info(name, TensorProto.INT64 if i else TensorProto.FLOAT, None) for i, name in enumerate(names)],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 11)], ir_version=10)
session = onnxruntime.InferenceSession(model.SerializeToString())


def look(x):
    values, _, inverse, counts = session.run(None, {"x": np.float32(x)})
    print(x, "values", values.tolist(), "counts", counts.tolist(), "back again", values[inverse].tolist())
    return values.tolist(), counts.tolist()


nan = float("nan")
assert look([2, 1, 2]) == ([1, 2], [1, 2])
assert look([1, nan, nan]) == ([1], [3])
values, counts = look([nan, 1, 2])
assert np.isnan(values[0]) and counts == [3]
PY
python/bin/python look.py
