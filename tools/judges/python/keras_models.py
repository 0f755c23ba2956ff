"""Predicts with exported models of Keras: KERAS_BACKEND=jax python keras_models.py FOLDER.

FOLDER has cases.json and a folder for each case; answers.json is written there: of each case the predictions of its rows, what the
model gives, and how many of the rows were predicted that are to be refused.
"""

import importlib.util
import json
import pathlib
import sys

import keras
import numpy as np

FOLDER = pathlib.Path(sys.argv[1])


def module(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def taken(beside, row):
    try:
        beside.inputs([row])
    except ValueError:
        return False
    return True


def answers(case):
    folder = FOLDER / case["folder"]
    beside = module(folder / case["beside"])
    path = folder / case["model"]
    model = keras.models.load_model(path) if path.suffix == ".keras" else module(path).load()
    given = np.asarray(model.predict(beside.inputs(case["rows"]), verbose=0))
    return {
        "given": given.reshape(-1).tolist(),
        "predictions": beside.predictions(given),
        "taken": sum(taken(beside, row) for row in case["refused"]),
    }


print(f"keras {keras.__version__} on {keras.backend.backend()}", file=sys.stderr)
def tried(case):
    """A model that Keras refuses is one that is wrong, and no end of the others."""
    try:
        return answers(case)
    except Exception as problem:  # whatever Keras raises
        print(str(problem)[:700], file=sys.stderr)
        return {"given": [], "predictions": [], "taken": 0}


cases = json.loads((FOLDER / "cases.json").read_text())
(FOLDER / "answers.json").write_text(json.dumps([tried(case) for case in cases]))
