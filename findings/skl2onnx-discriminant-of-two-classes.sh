#!/usr/bin/env bash
# skl2onnx 1.20.0 (scikit-learn 1.9.1): a LinearDiscriminantAnalysis of two classes is written with the right labels and with other
# shares than `predict_proba` has: the logarithm of their odds is twice as large, so that 0.455 becomes 0.411. The file says the softmax of
# two scores that differ by twice the decision, where scikit-learn takes the logistic function of the decision itself. Of three
# classes the shares are right, and so are those of a LogisticRegression of two. One would have guessed that a test of the labels
# tells whether a conversion is right.
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
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import LogisticRegression

draw = np.random.default_rng(0)
x = draw.normal(size=(60, 2)).astype(np.float32)
noisy = x[:, 0] + draw.normal(size=60)


def log_odds(model, classes):
    model.fit(x, np.digitize(noisy, [0] if classes == 2 else [-0.5, 0.5]))
    file = to_onnx(model, x[:1], options={"zipmap": False}).SerializeToString()
    label, shares = onnxruntime.InferenceSession(file).run(None, {"X": x})
    assert (label == model.predict(x)).all()
    print(type(model).__name__, classes, "scikit-learn", model.predict_proba(x)[0].round(3), "ONNX", shares[0].round(3))
    return [np.log(of[:, 1] / of[:, 0]) for of in (model.predict_proba(x), shares)]


own, converted = log_odds(LinearDiscriminantAnalysis(), 2)
assert np.allclose(converted, 2 * own, rtol=1e-3, atol=1e-4)
for model, classes in ((LinearDiscriminantAnalysis(), 3), (LogisticRegression(), 2)):
    own, converted = log_odds(model, classes)
    assert np.allclose(converted, own, rtol=1e-3, atol=1e-4)
PY
python/bin/python look.py
