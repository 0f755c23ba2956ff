"""Writes models as other people's tools write them as ONNX, with inputs and what ONNX Runtime answers: python onnx_foreign.py FOLDER [TORCH].

FOLDER gets NAME.onnx for each and cases.json; TORCH is a folder of site-packages with PyTorch, which is looked into last.
The node tests and small models of the onnx wheel are among the cases, with the answers that they come with.
"""

import json
import pathlib
import sys
import traceback
import warnings

import numpy as np
import onnx
import onnxruntime

FOLDER = pathlib.Path(sys.argv[1])
if len(sys.argv) > 2:
    import site

    site.addsitedir(sys.argv[2])

warnings.filterwarnings("ignore")
rng = np.random.default_rng(7)
cases = []
failures = []


def told(array):
    array = np.asarray(array)
    kind = "int" if array.dtype.kind in "iub" else "float"
    return {"shape": list(array.shape), "type": kind, "data": array.astype(np.float64).reshape(-1).tolist()}


def shares(result):
    """A map of shares for each row as a table."""
    return [list(row.values()) for row in result] if isinstance(result, list) and isinstance(result[0], dict) else result


def finite(array):
    return array is not None and np.asarray(array).dtype.kind in "fiub" and bool((np.abs(np.asarray(array, np.float64)) < 1e30).all())


def case(name, group, writer, feeds, output=None, also=()):
    """`output` is the name of what predicts; the first output of numbers where it is not given."""
    path = FOLDER / f"{name}.onnx"
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    results = session.run(None, feeds)
    names = [one.name for one in session.get_outputs()]
    chosen = names.index(output) if output else next(
        i for i, (one, result) in enumerate(zip(session.get_outputs(), results)) if "float" in one.type or "double" in one.type
    )
    cases.append({
        "name": name, "group": group, "writer": writer, "files": [f"{name}.onnx", *also],
        "feeds": [{"name": key, **told(value)} for key, value in feeds.items()],
        "answer": told(shares(results[chosen])),
    })


def tried(what):
    def run(make):
        try:
            make()
        except Exception as error:
            failures.append({"name": what, "why": "".join(traceback.format_exception_only(error)).strip()[:300]})
            print(f"{what}: {failures[-1]['why']}", file=sys.stderr)
    return run


def scikit():
    import sklearn
    import skl2onnx
    from skl2onnx import to_onnx
    from sklearn.linear_model import LogisticRegression, LinearRegression
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import MinMaxScaler, StandardScaler

    writer = f"skl2onnx {skl2onnx.__version__}"
    x = (rng.normal(size=(200, 6)) * [1, 10, 0.1, 100, 1, 1] + [0, 5, 0, 300, 0, 0]).astype(np.float32)
    number = x[:, 0] * 2 + np.sin(x[:, 4]) + x[:, 1] / 10
    pair = (number > np.median(number)).astype(int)
    several = np.digitize(number, np.quantile(number, [0.3, 0.7]))
    words = np.array(["low", "middle", "high"])[several]

    def wrote(name, model, target, options=None):
        @tried(name)
        def _():
            model.fit(x, target)
            written = to_onnx(model, x[:1], options=options)
            (FOLDER / f"{name}.onnx").write_bytes(written.SerializeToString())
            output = [one.name for one in written.graph.output][-1]
            if options is None and not hasattr(model, "predict_proba"):
                output = None
            case(name, "scikit-learn", writer, {"X": x[:20]}, output)

    plain = {"max_iter": 40, "random_state": 1}
    wrote("MLPRegressor", MLPRegressor(hidden_layer_sizes=(16, 8), **plain), number)
    wrote("MLPRegressor of two targets, tanh", MLPRegressor(hidden_layer_sizes=(12,), activation="tanh", **plain), np.stack([number, -number], 1))
    wrote("MLPRegressor in a pipeline with StandardScaler", make_pipeline(StandardScaler(), MLPRegressor(hidden_layer_sizes=(16,), activation="logistic", **plain)), number)
    wrote("MLPRegressor in a pipeline with MinMaxScaler", make_pipeline(MinMaxScaler(), MLPRegressor(hidden_layer_sizes=(16,), activation="identity", **plain)), number)
    no_map = lambda model: {id(model): {"zipmap": False}}
    for name, model, target in [
        ("MLPClassifier of two classes", MLPClassifier(hidden_layer_sizes=(16,), **plain), pair),
        ("MLPClassifier of three classes", MLPClassifier(hidden_layer_sizes=(16, 8), **plain), several),
        ("MLPClassifier of words in a pipeline with StandardScaler", make_pipeline(StandardScaler(), MLPClassifier(hidden_layer_sizes=(16,), **plain)), words),
        ("LogisticRegression of three classes", make_pipeline(StandardScaler(), LogisticRegression()), words),
        ("LogisticRegression of two classes", LogisticRegression(max_iter=20), pair),
    ]:
        wrote(name, model, target, no_map(model))
    wrote("LinearRegression", LinearRegression(), number)
    wrote("MLPClassifier of words with a map of shares", MLPClassifier(hidden_layer_sizes=(16,), **plain), words)


def pytorch():
    import torch
    from torch import nn
    import torch.nn.functional as F

    torch.manual_seed(3)

    class Residual(nn.Module):
        def __init__(self):
            super().__init__()
            self.stem = nn.Conv2d(3, 8, 3, stride=2, padding=1, bias=False)
            self.norm = nn.BatchNorm2d(8)
            self.pool = nn.MaxPool2d(3, stride=2, padding=1)
            self.a, self.b = nn.Conv2d(8, 16, 3, stride=2, padding=1, bias=False), nn.Conv2d(16, 16, 3, padding=1, bias=False)
            self.na, self.nb = nn.BatchNorm2d(16), nn.BatchNorm2d(16)
            self.short = nn.Conv2d(8, 16, 1, stride=2, bias=False)
            self.head = nn.Linear(16, 5)

        def forward(self, x):
            x = self.pool(F.relu(self.norm(self.stem(x))))
            y = F.relu(self.na(self.a(x)))
            x = F.relu(self.nb(self.b(y)) + self.short(x))
            return self.head(torch.flatten(F.adaptive_avg_pool2d(x, 1), 1))

    class Excited(nn.Module):
        """Depthwise separable, with a squeeze and an excitation, as in MobileNetV3."""
        def __init__(self):
            super().__init__()
            self.up = nn.Conv2d(4, 8, 1)
            self.each = nn.Conv2d(8, 8, 5, padding=2, groups=8, bias=False)
            self.norm = nn.BatchNorm2d(8)
            self.less, self.more = nn.Conv2d(8, 2, 1), nn.Conv2d(2, 8, 1)
            self.down = nn.Conv2d(8, 4, 1)

        def forward(self, x):
            y = F.hardswish(self.norm(self.each(F.hardswish(self.up(x)))))
            y = y * F.hardsigmoid(self.more(F.relu(self.less(F.adaptive_avg_pool2d(y, 1)))))
            return (x + self.down(y)).mean((2, 3))

    class Recurrent(nn.Module):
        def __init__(self, cell, last, **options):
            super().__init__()
            self.cell, self.last = cell(3, 8, **options), last
            self.head = nn.Linear(16 if options.get("bidirectional") else 8, 2)

        def forward(self, x):
            y, state = self.cell(x)
            state = state[0] if isinstance(state, tuple) else state
            y = {"last": lambda: y[:, -1], "state": lambda: state[-1], "all": lambda: y, "both": lambda: torch.cat([state[-2], state[-1]], 1)}[self.last]()
            return self.head(y)

    class Attending(nn.Module):
        def __init__(self):
            super().__init__()
            self.up = nn.Linear(3, 16)
            self.places = nn.Parameter(torch.randn(1, 6, 16))
            self.layers = nn.TransformerEncoder(nn.TransformerEncoderLayer(16, 4, 32, batch_first=True, activation="gelu", norm_first=True), 2, enable_nested_tensor=False)
            self.head = nn.Linear(16, 2)

        def forward(self, x):
            return self.head(self.layers(self.up(x) + self.places).mean(1))

    class Looking(nn.Module):
        def __init__(self, causal=False):
            super().__init__()
            self.attention, self.causal = nn.MultiheadAttention(12, 3, batch_first=True), causal

        def forward(self, x, y=None):
            y = x if y is None else y
            mask = nn.Transformer.generate_square_subsequent_mask(x.shape[1]) if self.causal else None
            return self.attention(x, y, y, need_weights=False, attn_mask=mask)[0]

    class Dotted(nn.Module):
        """scaled_dot_product_attention, as people write it by hand."""
        def __init__(self):
            super().__init__()
            self.qkv, self.out = nn.Linear(12, 36), nn.Linear(12, 12)

        def forward(self, x):
            n, t, d = x.shape
            q, k, v = self.qkv(x).split(12, dim=2)
            q, k, v = (z.view(n, t, 3, 4).transpose(1, 2) for z in (q, k, v))
            y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
            return x + self.out(y.transpose(1, 2).reshape(n, t, d))

    class Embedded(nn.Module):
        def __init__(self):
            super().__init__()
            self.words, self.head = nn.Embedding(20, 6), nn.Sequential(nn.Flatten(), nn.Linear(30, 4), nn.SiLU(), nn.Linear(4, 2))

        def forward(self, x):
            return self.head(self.words(x))

    class Gated(nn.Module):
        def __init__(self):
            super().__init__()
            self.a, self.b, self.c = nn.Linear(6, 8), nn.Linear(6, 8), nn.Linear(4, 2)

        def forward(self, x):
            return torch.log_softmax(self.c(F.glu(self.a(x) * torch.tanh(self.b(x)))), -1)

    def sequential(*layers):
        return nn.Sequential(*layers)

    activations = sequential(
        nn.Linear(6, 8), nn.GELU(), nn.Linear(8, 8), nn.Mish(), nn.Linear(8, 8), nn.Softplus(), nn.Linear(8, 8), nn.Hardtanh(),
        nn.Linear(8, 8), nn.ELU(0.5), nn.Linear(8, 8), nn.CELU(0.7), nn.Linear(8, 8), nn.SELU(), nn.Linear(8, 8), nn.Softsign(),
        nn.Linear(8, 8), nn.LogSigmoid(), nn.Linear(8, 8), nn.ReLU6(), nn.Linear(8, 8), nn.LeakyReLU(0.2), nn.Linear(8, 8), nn.PReLU(),
        nn.Linear(8, 8), nn.Tanhshrink(), nn.Linear(8, 8), nn.SiLU(),
        nn.Linear(8, 3), nn.Softmax(-1))
    cases_ = {
        "MLP with dropout": (sequential(nn.Linear(6, 16), nn.ReLU(), nn.Dropout(0.2), nn.Linear(16, 16), nn.Tanh(), nn.Linear(16, 1)), (4, 6)),
        "MLP with batch norm": (sequential(nn.Linear(6, 16), nn.BatchNorm1d(16), nn.Sigmoid(), nn.Linear(16, 3)), (4, 6)),
        "activations": (activations, (4, 6)),
        "shrinks": (sequential(nn.Linear(6, 8), nn.Hardshrink(0.1), nn.Linear(8, 8), nn.Softshrink(0.1)), (4, 6)),
        "gelu by tanh": (sequential(nn.Linear(6, 8), nn.GELU(approximate="tanh"), nn.Linear(8, 2)), (4, 6)),
        "3D convolution": (sequential(nn.Conv3d(1, 2, 3), nn.Flatten(), nn.LazyLinear(2)), (2, 1, 4, 4, 4)),
        "gates": (Gated(), (4, 6)),
        "CNN with batch norm and pooling": (sequential(
            nn.Conv2d(1, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 12, 3), nn.ReLU(), nn.AvgPool2d(2),
            nn.Flatten(), nn.Linear(12 * 2 * 2, 10)), (3, 1, 12, 12)),
        "CNN, strides, dilations, groups": (sequential(
            nn.Conv2d(4, 8, (3, 2), stride=(2, 1), padding=(2, 1), dilation=(2, 1), groups=2), nn.GroupNorm(2, 8), nn.SiLU(),
            nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1, output_padding=1), nn.InstanceNorm2d(4, affine=True), nn.Flatten(), nn.LazyLinear(3)), (2, 4, 9, 8)),
        "CNN of sequences": (sequential(
            nn.Conv1d(3, 8, 5, padding=2), nn.ReLU(), nn.MaxPool1d(2), nn.ConstantPad1d((3, 0), 0.0), nn.Conv1d(8, 8, 4), nn.GELU(), nn.Upsample(scale_factor=2),
            nn.AdaptiveAvgPool1d(1), nn.Flatten(), nn.Linear(8, 2)), (2, 3, 20)),
        "residual block": (Residual(), (2, 3, 32, 32)),
        "depthwise separable with squeeze and excitation": (Excited(), (2, 4, 8, 8)),
        "autoencoder of images": (sequential(
            nn.Conv2d(1, 4, 3, stride=2, padding=1), nn.ReLU(), nn.Upsample(scale_factor=2, mode="bilinear"), nn.ConvTranspose2d(4, 1, 2, stride=2), nn.Sigmoid()), (2, 1, 8, 8)),
        "LSTM, last step": (Recurrent(nn.LSTM, "last", batch_first=True), (4, 7, 3)),
        "LSTM of two layers, last state": (Recurrent(nn.LSTM, "state", batch_first=True, num_layers=2), (4, 7, 3)),
        "LSTM both ways, all steps": (Recurrent(nn.LSTM, "all", batch_first=True, bidirectional=True), (4, 7, 3)),
        "LSTM both ways, both states": (Recurrent(nn.LSTM, "both", batch_first=True, bidirectional=True), (4, 7, 3)),
        "GRU, steps first": (Recurrent(nn.GRU, "all"), (7, 4, 3)),
        "GRU, last step": (Recurrent(nn.GRU, "last", batch_first=True), (4, 7, 3)),
        "RNN with relu": (Recurrent(nn.RNN, "last", batch_first=True, nonlinearity="relu"), (4, 7, 3)),
        "transformer encoder": (Attending(), (4, 6, 3)),
        "layer norm": (sequential(nn.Linear(6, 8), nn.LayerNorm(8), nn.ReLU(), nn.Linear(8, 2)), (4, 6)),
        "RMS norm": (sequential(nn.Linear(6, 8), nn.RMSNorm(8, eps=1e-6), nn.Linear(8, 2)), (4, 6)),
        "multi-head attention": (Looking(), (4, 6, 12)),
        "multi-head attention with a causal mask": (Looking(True), (4, 6, 12)),
        "attention by hand": (Dotted(), (4, 6, 12)),
        "embedding": (Embedded(), None),
    }
    for name, (model, shape) in cases_.items():
        value = torch.randint(0, 20, (4, 5)) if shape is None else torch.randn(shape)
        model(value)
        for part in model.modules():
            if isinstance(part, (nn.BatchNorm1d, nn.BatchNorm2d)):
                part.running_mean.normal_(0, 0.3), part.running_var.uniform_(0.5, 2), part.weight.data.normal_(1, 0.2), part.bias.data.normal_(0, 0.2)
        model.eval()
        rows = 1 if "steps first" in name else 0
        for way in ("TorchScript", "dynamo", "TorchScript, one size of rows", "TorchScript, opset 12"):
            title = f"{name} ({way})"

            @tried(title)
            def _():
                path = FOLDER / f"{title}.onnx"
                also = []
                options = {"input_names": ["input"], "output_names": ["output"]}
                if way == "dynamo":
                    shapes = ({rows: torch.export.Dim("batch")},)
                    torch.onnx.export(model, (value,), path, dynamo=True, dynamic_shapes=shapes, verbose=False, external_data=False, **options)
                else:
                    version = {"opset_version": 12} if "12" in way else {}
                    axes = {} if "one size" in way else {"dynamic_axes": {"input": {rows: "batch"}, "output": {rows: "batch"}}}
                    torch.onnx.export(model, (value,), str(path), dynamo=False, **version, **axes, **options)
                case(title, "PyTorch", f"PyTorch {torch.__version__.split('+')[0]}", {"input": value.numpy()}, "output", also)


def keras_own():
    """What Keras itself writes, with PyTorch behind it."""
    import os
    os.environ["KERAS_BACKEND"] = "torch"
    import keras
    from keras import layers

    def block(x):
        y = layers.LayerNormalization()(x)
        return layers.add([x, layers.MultiHeadAttention(2, 4)(y, y)])

    sequence = keras.Input((6, 8))
    scaled = layers.Normalization(mean=[1.0, 2.0, 3.0, 4.0], variance=[1.0, 4.0, 9.0, 16.0])
    models = {
        "MLP with a normalisation": keras.Sequential([keras.Input((4,)), scaled, layers.Dense(8, "elu"), layers.Dropout(0.2), layers.Dense(3, "softmax")]),
        "CNN with separable convolution": keras.Sequential([
            keras.Input((12, 12, 3)), layers.Conv2D(8, 3, padding="same", activation="relu"), layers.BatchNormalization(), layers.MaxPooling2D(),
            layers.SeparableConv2D(6, 3, activation="swish"), layers.GlobalAveragePooling2D(), layers.Dense(4, activation="softmax")]),
        "attention block": keras.Model(sequence, layers.GlobalAveragePooling1D()(block(sequence))),
    }
    for name, model in models.items():
        title = f"{name} (Keras)"

        @tried(title)
        def _():
            value = rng.normal(size=(4, *model.input_shape[1:])).astype(np.float32)
            model(value)
            path = FOLDER / f"{title}.onnx"
            model.export(str(path), format="onnx", verbose=False)
            case(title, "Keras", f"Keras {keras.__version__}, PyTorch", {onnx.load(path).graph.input[0].name: value})


def wheel():
    """The node tests, converted modules and light models that come with the onnx wheel; the first output is looked at."""
    import onnx.backend.test.case.node as node_tests
    from onnx import numpy_helper

    folder = pathlib.Path(onnx.__file__).parent / "backend" / "test" / "data"
    writer = f"onnx {onnx.__version__}"

    def kept(name, group, model, feeds, answer):
        file = f"{name}.onnx".replace("/", "_")
        (FOLDER / file).write_bytes(model.SerializeToString())
        fits = feeds is not None and all(finite(value) for value in feeds.values()) and finite(answer)
        cases.append({
            "name": name, "group": group, "writer": writer, "files": [file],
            "feeds": [{"name": key, **told(value)} for key, value in feeds.items()] if fits else [],
            "answer": told(answer) if fits else None,
        })

    def both(name, group, model, values, answer):
        """As it is, and with all inputs but the first as weights, as models have them."""
        held = {one.name for one in model.graph.initializer}
        names = [one.name for one in model.graph.input if one.name not in held]
        feeds = dict(zip(names, values))
        kept(name, group, model, feeds, answer)
        if len(names) < 2 or any(not isinstance(feeds.get(key), (np.ndarray, np.generic)) for key in names[1:]):
            return
        for key in names[1:]:
            model.graph.initializer.append(numpy_helper.from_array(np.asarray(feeds[key]), key))
        kept(f"{name}, weights inside", group, model, {key: feeds[key] for key in names[:1]}, answer)

    for test in node_tests.collect_testcases(None):
        # The expansions of operations into others have the same answers as these.
        if test.model is None or not test.data_sets:
            continue
        values, answers = test.data_sets[0]
        try:
            both(f"node {test.name}", "node", test.model, values, answers[0])
        except Exception as error:
            failures.append({"name": test.name, "why": str(error)[:200]})
    for group in ("pytorch-converted", "pytorch-operator", "simple"):
        for test in sorted((folder / group).iterdir()):
            sets = test / "test_data_set_0"
            if not (test / "model.onnx").exists() or not sets.exists():
                continue
            try:
                read = lambda file: numpy_helper.to_array(onnx.load_tensor(file))
                values = [read(file) for file in sorted(sets.glob("input_*.pb"))]
                both(f"{group} {test.name}", group, onnx.load(test / "model.onnx"), values, read(sets / "output_0.pb"))
            except Exception as error:
                failures.append({"name": f"{group} {test.name}", "why": str(error)[:200]})
    for path in sorted((folder / "light").glob("*.onnx")):
        model = onnx.load(path)
        held = {one.name for one in model.graph.initializer}
        value = next(one for one in model.graph.input if one.name not in held)
        shape = [size.dim_value for size in value.type.tensor_type.shape.dim]
        (FOLDER / path.name).write_bytes(path.read_bytes())
        case(path.stem, "light", writer, {value.name: rng.normal(size=shape).astype(np.float32)})


scikit()
if len(sys.argv) > 2:
    pytorch()
    keras_own()
wheel()
print(f"onnx {onnx.__version__}, onnxruntime {onnxruntime.__version__}", file=sys.stderr)
(FOLDER / "cases.json").write_text(json.dumps({"cases": cases, "failures": failures}))
