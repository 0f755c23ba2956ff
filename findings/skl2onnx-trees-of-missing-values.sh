#!/usr/bin/env bash
# skl2onnx 1.20.0 (scikit-learn 1.9.1): trees learn at each split to which side rows go whose number is missing, and the file that is
# written says of all splits that they go to the right, so that what was learned with missing numbers predicts something else for
# them: 0 in place of 5 below, for a tree and for a forest of them. Rows without missing numbers are right, the format has a field
# for it (`nodes_missing_value_tracks_true`), which is there and holds zeros, and nothing is said. One would have guessed the side that
# was learned, or a refusal.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check scikit-learn==1.9.1 skl2onnx==1.20.0 onnxruntime==1.32.0 onnx==1.23.2 numpy==2.4.6
cat > look.py <<'PY'
import numpy as np
import onnxruntime
from skl2onnx import to_onnx
from sklearn.ensemble import RandomForestRegressor
from sklearn.tree import DecisionTreeRegressor

x = np.float32([[1], [2], [3], [4], [np.nan], [np.nan]])


def predictions(model, missing):
    model.fit(x, np.array([5, 5, 0, 0, missing, missing]))
    own = model.predict(x)
    converted = onnxruntime.InferenceSession(to_onnx(model, x[:1]).SerializeToString()).run(None, {"X": x})[0].reshape(-1)
    print(type(model).__name__, "missing as", missing, "scikit-learn", own.tolist(), "ONNX", converted.tolist())
    return own.tolist(), converted.tolist()


left, right = [5, 5, 0, 0, 5, 5], [5, 5, 0, 0, 0, 0]
forest = RandomForestRegressor(3, max_depth=1, bootstrap=False, random_state=0)
for model in (DecisionTreeRegressor(max_depth=1), forest):
    assert predictions(model, 5) == (left, right)
    assert predictions(model, 0) == (right, right)
PY
python/bin/python look.py
