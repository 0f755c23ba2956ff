#!/usr/bin/env bash
# onnx 1.23.2: `ReferenceEvaluator` reads the `pads` of a `MaxPool` with strides of 1 in another order than the operation has them,
# begin and end of each axis and not all begins before all ends: with [0, 0, 1, 1], one line of nothing below and one column of it to
# the right, 3 x 3 pixels in windows of 2 x 2 become 2 x 4 in place of 3 x 3. With other strides, or pads that are alike on all
# sides, it is right, and onnx's own inference of shapes is right always. One would have guessed that the evaluator and the shapes of
# one package agree. What Keras and TensorFlow call "same" has such pads wherever windows have an even size.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check onnx==1.23.2 numpy==2.4.6
cat > look.py <<'PY'
import numpy as np
from onnx import TensorProto, helper, shape_inference
from onnx.reference import ReferenceEvaluator


def shapes(**attributes):
    graph = helper.make_graph(
        [helper.make_node("MaxPool", ["x"], ["y"], kernel_shape=[2, 2], **attributes)], "pool",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 1, 3, 3])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
    inferred = shape_inference.infer_shapes(model, strict_mode=True).graph.output[0].type.tensor_type.shape.dim
    pooled = ReferenceEvaluator(model).run(None, {"x": np.arange(1, 10, dtype=np.float32).reshape(1, 1, 3, 3)})[0]
    found = pooled.shape[2:], tuple(size.dim_value for size in inferred)[2:]
    print(attributes, "computed", found[0], "inferred", found[1], pooled[0, 0].tolist())
    return found


assert shapes(pads=[0, 0, 1, 1]) == ((2, 4), (3, 3))
assert shapes(pads=[1, 1, 1, 1]) == ((4, 4), (4, 4))
assert shapes(pads=[0, 0, 1, 1], strides=[2, 2]) == ((2, 2), (2, 2))
PY
python/bin/python look.py
