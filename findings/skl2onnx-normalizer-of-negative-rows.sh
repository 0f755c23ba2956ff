#!/usr/bin/env bash
# skl2onnx 1.20.0 (scikit-learn 1.9.1, onnxruntime 1.32.0): scikit-learn's `Normalizer(norm="max")` divides each row by its largest
# magnitude, and the operation of ONNX of the same name and setting, as which it is written, by its largest number: [1, -4, 2]
# becomes [0.5, -2, 1] and not [0.25, -1, 0.5], and a row of numbers below zero, [-2, -4], comes out above it, [1, 2]. Where the largest magnitude is
# of a number above zero both agree, so that a test on such numbers passes. ONNX's own evaluator sides with scikit-learn. One would
# have guessed that a converter knows by what a "max" divides.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check scikit-learn==1.9.1 skl2onnx==1.20.0 onnxruntime==1.32.0 onnx==1.23.2 numpy==2.4.6
cat > look.py <<'PY'
import numpy as np
import onnxruntime
from onnx.reference import ReferenceEvaluator
from skl2onnx import to_onnx
from sklearn.preprocessing import Normalizer


def look(row):
    x = np.float32([row])
    model = Normalizer(norm="max").fit(x)
    file = to_onnx(model, x)
    runtime = onnxruntime.InferenceSession(file.SerializeToString()).run(None, {"X": x})[0]
    evaluated = ReferenceEvaluator(file).run(None, {"X": x})[0]
    found = [values[0].tolist() for values in (model.transform(x), runtime, evaluated)]
    print(row, "scikit-learn", found[0], "ONNX Runtime", found[1], "evaluator", found[2])
    return found


assert look([1, -4, 2]) == [[0.25, -1, 0.5], [0.5, -2, 1], [0.25, -1, 0.5]]
assert look([-2, -4]) == [[-0.5, -1], [1, 2], [-0.5, -1]]
assert look([4, -1]) == [[1, -0.25]] * 3
PY
python/bin/python look.py
