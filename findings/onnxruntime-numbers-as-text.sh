#!/usr/bin/env bash
# onnxruntime 1.32.0: a `Cast` of a DOUBLE to text keeps eight digits: 123456789.125 becomes "1.2345679e+08", which is another number
# when it is read again. Eight are not even enough for every FLOAT, which needs up to nine. In the other direction it reads as far
# as a text looks like a number and leaves the rest: "1e3" is 1000 as a FLOAT and 1 as an INT32, "1,5", as half of Europe writes 1.5, is
# 1, and 99999999999 as an INT32 is what multiples of 2^32 leave of it. One would have guessed the digits that lead back to the number,
# as onnx's own evaluator gives, and for text that is no number as a whole the error that there is for text without one.
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


def cast(values, kind, to):
    graph = helper.make_graph(
        [helper.make_node("Cast", ["x"], ["y"], to=to)], "cast",
        [helper.make_tensor_value_info("x", kind, [None])], [helper.make_tensor_value_info("y", to, [None])],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 19)], ir_version=10)
    try:
        return onnxruntime.InferenceSession(model.SerializeToString()).run(None, {"x": values})[0].tolist()
    except Exception as error:
        return type(error).__name__


def of_text(text, to):
    number = cast(np.array([text], object), TensorProto.STRING, to)
    print(repr(text), TensorProto.DataType.Name(to), number)
    return number


assert of_text("1e3", TensorProto.FLOAT) == [1000]
assert of_text("1e3", TensorProto.INT32) == [1]
assert of_text("1,5", TensorProto.FLOAT) == [1]
assert of_text("99999999999", TensorProto.INT32) == [99999999999 - 23 * 2**32]
assert isinstance(of_text("apples", TensorProto.FLOAT), str)
texts = cast(np.float64([123456789.125]), TensorProto.DOUBLE, TensorProto.STRING)
print("to text", texts)
assert texts == ["1.2345679e+08"]
texts = cast(np.float32([104251.3359375]), TensorProto.FLOAT, TensorProto.STRING)
print("to text", texts)
assert texts == ["104251.34"] and np.float32(texts[0]) != np.float32(104251.3359375)
PY
python/bin/python look.py 2>/dev/null
