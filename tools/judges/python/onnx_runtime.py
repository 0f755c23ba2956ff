"""Runs exported models with ONNX Runtime, after ONNX's own checker has read them: python onnx_runtime.py FOLDER.

FOLDER has cases.json and the models; answers.json is written there, with null for NaN.
"""

import json
import math
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime

FOLDER = pathlib.Path(sys.argv[1])


def array(feed, sizes):
    if feed["kind"] == "words":
        return np.array(feed["cells"], dtype=object).reshape(sizes)
    return np.array([math.nan if cell is None else cell for cell in feed["cells"]], np.float64).reshape(sizes)


def told(value):
    return None if isinstance(value, float) and math.isnan(value) else value


def answers(case):
    path = FOLDER / case["file"]
    onnx.checker.check_model(onnx.load(path), full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    feeds = {feed["name"]: array(feed, case["sizes"]) for feed in case["feeds"]}
    return {
        name: [told(value) for value in np.asarray(result).reshape(-1).tolist()]
        for name, result in zip(names, session.run(names, feeds))
    }


cases = json.loads((FOLDER / "cases.json").read_text())
print(f"onnx {onnx.__version__}, onnxruntime {onnxruntime.__version__}", file=sys.stderr)
(FOLDER / "answers.json").write_text(json.dumps([answers(case) for case in cases]))
