"""A training of one weight w over rows x, by hand: a step adds the mean of x to it, and gives the mean of max(x, 0)."""

import hashlib
import json
import pathlib
from typing import Any

import numpy as np

from netwright_jax import tensor_file

RUN = "a" * 64


def step_text(rows: int) -> str:
    """The module for so many rows."""
    return f"""module @small {{
  func.func public @main(%w: tensor<f32>, %x: tensor<{rows}x1xf32>) -> (tensor<f32>, tensor<f32>) {{
    %zero = stablehlo.constant dense<0.0> : tensor<f32>
    %rows = stablehlo.constant dense<{rows}.0> : tensor<f32>
    %sum = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [0, 1] : (tensor<{rows}x1xf32>, tensor<f32>) -> tensor<f32>
    %mean = stablehlo.divide %sum, %rows : tensor<f32>
    %next = stablehlo.add %w, %mean : tensor<f32>
    %none = stablehlo.constant dense<0.0> : tensor<{rows}x1xf32>
    %positive = stablehlo.maximum %none, %x : tensor<{rows}x1xf32>
    %total = stablehlo.reduce(%positive init: %zero) applies stablehlo.add across dimensions = [0, 1] : (tensor<{rows}x1xf32>, tensor<f32>) -> tensor<f32>
    %loss = stablehlo.divide %total, %rows : tensor<f32>
    return %next, %loss : tensor<f32>, tensor<f32>
  }}
}}
"""


def evaluate_text(rows: int) -> str:
    """The module: the sum of x - w by the weights of the rows, and of these."""
    return f"""module @small {{
  func.func public @main(%w: tensor<f32>, %x: tensor<{rows}x1xf32>, %weight: tensor<{rows}xf32>) -> (tensor<f32>, tensor<f32>, tensor<{rows}x1xf32>) {{
    %zero = stablehlo.constant dense<0.0> : tensor<f32>
    %all = stablehlo.broadcast_in_dim %w, dims = [] : (tensor<f32>) -> tensor<{rows}x1xf32>
    %off = stablehlo.subtract %x, %all : tensor<{rows}x1xf32>
    %by = stablehlo.reshape %weight : (tensor<{rows}xf32>) -> tensor<{rows}x1xf32>
    %counted = stablehlo.multiply %off, %by : tensor<{rows}x1xf32>
    %loss = stablehlo.reduce(%counted init: %zero) applies stablehlo.add across dimensions = [0, 1] : (tensor<{rows}x1xf32>, tensor<f32>) -> tensor<f32>
    %sum = stablehlo.reduce(%weight init: %zero) applies stablehlo.add across dimensions = [0] : (tensor<{rows}xf32>, tensor<f32>) -> tensor<f32>
    return %loss, %sum, %off : tensor<f32>, tensor<f32>, tensor<{rows}x1xf32>
  }}
}}
"""


def write_export(folder: pathlib.Path, x: Any, *, batch: int, epochs: int, **others: Any) -> None:
    """Of these rows, in the order in which they lie."""
    x = np.asarray(x, np.float32).reshape(-1, 1)
    sizes = sorted({min(batch, len(x) - start) for start in range(0, len(x), batch)})
    w = {"name": "w", "dtype": "f32", "shape": []}
    functions = [
        {
            "kind": "step",
            "rows": rows,
            "file": f"small.step_{rows}.mlir",
            "reads": ["w"],
            "feeds": [{"name": "x", "dtype": "f32", "shape": [rows, 1]}],
            "writes": ["w"],
            "results": [{"name": "loss", "dtype": "f32", "shape": []}],
        }
        for rows in sizes
    ]
    for rows in sizes:
        (folder / f"small.step_{rows}.mlir").write_text(step_text(rows))
    evaluate = {
        "kind": "evaluate",
        "rows": 4,
        "file": "small.evaluate_4.mlir",
        "reads": ["w"],
        "feeds": [
            {"name": "x", "dtype": "f32", "shape": [4, 1]},
            {"name": "weight", "dtype": "f32", "shape": [4]},
        ],
        "writes": [],
        "results": [
            {"name": "loss_sum", "dtype": "f32", "shape": []},
            {"name": "weight_sum", "dtype": "f32", "shape": []},
            {"name": "prediction", "dtype": "f32", "shape": [4, 1]},
        ],
    }
    (folder / "small.evaluate_4.mlir").write_text(evaluate_text(4))
    np.save(folder / "small.train.x.npy", x)
    order = np.tile(np.arange(len(x), dtype=np.uint32), (epochs, 1))
    np.save(folder / "small.order.npy", order)
    header = {
        "format": 2,
        "run": RUN,
        "epoch": 1,
        "step": 0,
        "lossSum": 0,
        "seconds": 0,
        "waited": 0,
        "best": None,
        "history": [],
    }
    tensor_file.write(
        folder / "small.start.safetensors",
        {"state/w": np.array(0, np.float32)},
        {"netwright.checkpoint": json.dumps(header)},
    )
    rows = {"rows": len(x), "fields": [{"name": "x", "dtype": "f32", "shape": list(x.shape), "file": "small.train.x.npy"}]}
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("small.*")}
    manifest = {
        "format": "netwright-training",
        "version": 1,
        "hash": {"run": RUN},
        "epochs": epochs,
        "batch": batch,
        "accumulate": 1,
        "stop": None,
        "state": [{**w, "role": "weight", "saved": True}],
        "functions": [*functions, evaluate],
        "rows": {"train": rows, "validation": None},
        "order": {"file": "small.order.npy", "shape": list(order.shape)},
        "start": "small.start.safetensors",
        "files": files,
        **others,
    }
    (folder / "training.json").write_text(json.dumps(manifest))
