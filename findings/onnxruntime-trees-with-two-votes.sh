#!/usr/bin/env bash
# onnxruntime 1.32.0: a `TreeEnsembleClassifier` of two classes whose leaves vote for both answers the second class for every row
# in which that one has a vote above 0, whatever the first one has: the scores 0.7 and 0.3 come with the label of 0.3. Where the
# labels are whole numbers, 7 and 8, it answers 1, which is none of them. The scores are right. With a third class that nobody
# votes for, or with votes for one class alone, as converters mostly write, the labels are right, too. One would have guessed the
# label of the largest score, as onnx's own evaluator gives.
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

rows = np.float32([[1], [2]])


def answers(**labels):
    """A tree that asks whether x is at most 1.5: votes of 0.7 and 0.3 then, and of 0.2 and 0.8 else."""
    node = helper.make_node(
        "TreeEnsembleClassifier", ["x"], ["label", "scores"], domain="ai.onnx.ml",
        nodes_treeids=[0, 0, 0], nodes_nodeids=[0, 1, 2], nodes_featureids=[0, 0, 0], nodes_values=[1.5, 0.0, 0.0],
        nodes_modes=["BRANCH_LEQ", "LEAF", "LEAF"], nodes_truenodeids=[1, 0, 0], nodes_falsenodeids=[2, 0, 0],
        class_treeids=[0, 0, 0, 0], class_nodeids=[1, 1, 2, 2], class_ids=[0, 1, 0, 1],
        class_weights=[0.7, 0.3, 0.2, 0.8], **labels,
    )
    kind = TensorProto.STRING if "classlabels_strings" in labels else TensorProto.INT64
    graph = helper.make_graph(
        [node], "tree", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [2, 1])],
        [helper.make_tensor_value_info("label", kind, [2]), helper.make_tensor_value_info("scores", TensorProto.FLOAT, None)],
    )
    opsets = [helper.make_opsetid("", 21), helper.make_opsetid("ai.onnx.ml", 3)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=10).SerializeToString()
    label, scores = onnxruntime.InferenceSession(model).run(None, {"x": rows})
    print(labels, "label", label.tolist(), "scores", np.round(scores, 3).tolist())
    assert np.allclose(scores[:, :2], [[0.7, 0.3], [0.2, 0.8]])
    return label.tolist()


assert answers(classlabels_strings=["no", "yes"]) == ["yes", "yes"]
assert answers(classlabels_int64s=[7, 8]) == [1, 1]
assert answers(classlabels_int64s=[7, 8, 9]) == [7, 8]
PY
python/bin/python look.py
