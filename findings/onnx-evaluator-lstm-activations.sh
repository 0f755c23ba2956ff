#!/usr/bin/env bash
# onnx 1.23.2: `ReferenceEvaluator`, which is there to say what a model means, takes `activations`, `clip`, `input_forget` and
# `sequence_lens` of an LSTM and does nothing about them: with Relu in place of the second tanh, or with rows of other lengths, it gives
# the numbers of a plain LSTM to the bit. Nothing is said, although the same evaluator refuses an RNN with an activation that
# it does not know, and ONNX Runtime computes all four. One would have guessed the right numbers or an error. Whoever holds an
# exported model to this evaluator finds an error where there is none, or misses one that is there.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6
cat > look.py <<'PY'
import numpy as np
import onnxruntime
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

draw = np.random.default_rng(0)
arrays = {
    "x": draw.normal(size=(3, 2, 2)).astype(np.float32),
    "w": draw.normal(size=(1, 12, 2)).astype(np.float32),
    "r": draw.normal(size=(1, 12, 3)).astype(np.float32),
}


def results(lengths=None, **attributes):
    given = arrays if lengths is None else {**arrays, "lengths": np.int32(lengths)}
    inputs = ["x", "w", "r"] if lengths is None else ["x", "w", "r", "", "lengths"]
    kinds = {name: helper.np_dtype_to_tensor_dtype(array.dtype) for name, array in given.items()}
    graph = helper.make_graph(
        [helper.make_node("LSTM", inputs, ["y"], hidden_size=3, **attributes)], "lstm",
        [helper.make_tensor_value_info(name, kinds[name], array.shape) for name, array in given.items()],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
    runtime = onnxruntime.InferenceSession(model.SerializeToString()).run(None, given)[0]
    return ReferenceEvaluator(model).run(None, given)[0], runtime


plain, plain_runtime = results()
assert np.allclose(plain, plain_runtime, atol=1e-6)
for name, options in {
    "activations": {"activations": ["Sigmoid", "Tanh", "Relu"]},
    "clip": {"clip": 0.5},
    "input_forget": {"input_forget": 1},
    "sequence_lens": {"lengths": [3, 1]},
}.items():
    evaluated, runtime = results(**options)
    same, other = evaluated.tobytes() == plain.tobytes(), not np.allclose(runtime, plain_runtime, atol=1e-3)
    print(name.ljust(14), "evaluator: as without it" if same else "evaluator: other", "| runtime: other" if other else "")
    assert same and other
PY
python/bin/python look.py
