"""Loads exported weights into modules of PyTorch, strictly, and predicts: python torch_models.py FOLDER.

FOLDER has cases.json and the weights; answers.json is written there. Channels are last between the layers, as Netwright has them.
"""

import json
import math
import pathlib
import sys

import torch
from safetensors import safe_open
from torch import nn
from torch.nn import functional

FOLDER = pathlib.Path(sys.argv[1])
ACTIVATIONS = {"linear": lambda x: x, "relu": torch.relu, "gelu": functional.gelu, "tanh": torch.tanh}


class Attention(nn.Module):
    """Heads lie one behind the other in the last size; PyTorch's own module has its weights otherwise."""

    def __init__(self, tensors, heads):
        super().__init__()
        self.heads = heads
        for name, tensor in tensors.items():
            self.register_parameter(name, nn.Parameter(torch.empty_like(tensor)))

    def part(self, x, which):
        projected = x @ getattr(self, f"{which}_kernel") + getattr(self, f"{which}_bias")
        return projected.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def forward(self, x):
        query, key, value = (self.part(x, which) for which in ("query", "key", "value"))
        shares = torch.softmax(query @ key.transpose(-1, -2) / math.sqrt(query.shape[-1]), -1)
        return (shares @ value).transpose(1, 2).flatten(2) @ self.output_kernel + self.output_bias


def module(node, kind, tensors):
    """As PyTorch's users would write it down, by the sizes of the weights."""
    args = node["args"]
    if kind == "Linear":
        outputs, inputs = tensors["weight"].shape
        return nn.Linear(inputs, outputs)
    if kind == "Conv2d":
        outputs, inputs, *sizes = tensors["weight"].shape
        return nn.Conv2d(inputs, outputs, tuple(sizes), padding=args["padding"])
    if kind == "LSTM":
        return nn.LSTM(tensors["weight_ih_l0"].shape[1], args["units"], batch_first=True)
    if kind == "LayerNorm":
        return nn.LayerNorm(tensors["weight"].shape[0], eps=args["epsilon"])
    if node["layer"] == "multi_head_attention":
        return Attention(tensors, args["num_heads"])
    raise ValueError(f"{node['layer']} is no module here")


def positions(x, longest):
    """Sines and cosines in turn, as Keras' `SinePositionEncoding` has them."""
    steps, width = x.shape[-2:]
    place = torch.arange(width)
    rates = longest ** -(2 * (place // 2) / width)
    angles = torch.arange(steps)[:, None] * rates
    return torch.where(place % 2 == 0, torch.sin(angles), torch.cos(angles))


def called(own, node, given):
    x, args = given[0], node["args"]
    match node["layer"]:
        case "dense" | "conv2d":
            sums = own(x) if node["layer"] == "dense" else own(x.movedim(-1, 1)).movedim(1, -1)
            return ACTIVATIONS[args["activation"]["name"]](sums)
        case "lstm":
            every, _ = own(x)
            return every if args["return_sequences"] else every[:, -1]
        case "layer_norm" | "multi_head_attention":
            return own(x)
        case "max_pooling2d":
            return functional.max_pool2d(x.movedim(-1, 1), args["pool_size"]).movedim(1, -1)
        case "flatten":
            return x.flatten(1)
        case "add":
            return sum(given)
        case "sine_position_encoding":
            return x + positions(x, args["max_wavelength"])
        case "global_average_pooling1d":
            return x.mean(1)
        case "dropout" | "random_translation":
            return x
    raise ValueError(f"{node['layer']} is no layer here")


def answers(case):
    with safe_open(FOLDER / case["file"], "pt") as file:
        kinds = {layer["name"]: layer["module"] for layer in json.loads(file.metadata()["netwright.layers"])}
        state = {name: file.get_tensor(name) for name in file.keys()}
    nodes = {node["name"]: node for node in case["nodes"]}
    model = nn.ModuleDict(
        {
            name: module(
                nodes[name],
                kind,
                {key.split(".", 1)[1]: tensor for key, tensor in state.items() if key.startswith(f"{name}.")},
            )
            for name, kind in kinds.items()
        }
    )
    model.load_state_dict(state, strict=True)
    model.eval()
    values = {feed["name"]: torch.tensor(feed["data"]).reshape(feed["shape"]) for feed in case["inputs"]}
    with torch.inference_mode():
        for node in case["nodes"]:
            own = model[node["name"]] if node["name"] in kinds else None
            values[node["name"]] = called(own, node, [values[name] for name in node["inputs"]])
        given = values[case["output"]]
        if case["link"] == "softmax":
            given = torch.softmax(given, -1)
    return {"given": given.reshape(-1).tolist(), "problem": None}


def tried(case):
    """A file that PyTorch refuses is one that is wrong, and no end of the others."""
    try:
        return answers(case)
    except Exception as problem:  # whatever PyTorch raises
        return {"given": [], "problem": f"{type(problem).__name__}: {str(problem)[:500]}"}


cases = json.loads((FOLDER / "cases.json").read_text())
(FOLDER / "answers.json").write_text(json.dumps([tried(case) for case in cases]))
