#!/usr/bin/env bash
# skl2onnx 1.20.0 (scikit-learn 1.9.1): an MLPRegressor that was fitted on two targets is written with a last `Reshape` to [-1, 1], so that the
# file gives two rows for each row, one below the other, where `predict` gives two columns. Nothing is said while it is written, and ONNX
# Runtime runs it. One would have guessed [rows, 2], as LinearRegression gives it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check skl2onnx==1.20.0 scikit-learn==1.9.1 onnx==1.23.2 onnxruntime==1.32.0
cat >look.py <<'PY'
import sys
import warnings

import numpy as np
import onnxruntime
from skl2onnx import to_onnx
from sklearn.neural_network import MLPRegressor

warnings.filterwarnings("ignore")
x = np.random.default_rng(0).normal(size=(50, 3)).astype(np.float32)
model = MLPRegressor(hidden_layer_sizes=(4,), max_iter=20, random_state=0).fit(x, np.stack([x[:, 0], x[:, 1]], 1))
session = onnxruntime.InferenceSession(to_onnx(model, x[:1]).SerializeToString())
(given,) = session.run(None, {"X": x[:5]})
expected = model.predict(x[:5])
print("scikit-learn", expected.shape, "ONNX", given.shape)
same = given.shape == (10, 1) and np.allclose(given.reshape(5, 2), expected, atol=1e-4)
sys.exit(0 if same else "changed: it gives other numbers of rows")
PY
venv/bin/python look.py
