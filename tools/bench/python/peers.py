"""Peers of the benchmark that live in Python: the network, the loss, the optimizer and the protocol of the others.

`peers.py list` prints the versions of what is installed. `peers.py PEER BATCH ROWS FEATURES SECONDS` reads the
training rows from standard input, little-endian float32, inputs and then targets, and prints a JSON object whose
`value` is samples per second and `cpu` samples per second of the processor, of all threads; with `predict` as batch
`value` is the seconds that the prediction of one row takes.
"""

import importlib.metadata
import json
import os
import sys
import time

from jax_adam import BETA1, BETA2, EPSILON, RATE, training
from measure import epoch_rate, fastest_rate

WIDTHS = (512, 512, 512, 1)


def median_time(seconds, call):
    """Seconds of one call, the median, after some that warm up."""
    for _ in range(50):
        call()
    times = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < 3:
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return sorted(times)[len(times) // 2]


def batches(np, rows, batch):
    """The rows of an epoch, shuffled; the last batch may be smaller."""
    order = np.random.permutation(rows)
    return [order[i : i + batch] for i in range(0, rows, batch)]


def pytorch(x, y, batch, seconds, threads=None, fused=False):
    import numpy as np
    import torch

    if threads is not None:
        torch.set_num_threads(threads)
    layers = []
    for inputs, outputs in zip((x.shape[1], *WIDTHS), WIDTHS):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
    model = torch.nn.Sequential(*layers[:-1])
    note = f"{torch.get_num_threads()} threads"
    if batch == "predict":
        row = x[:1]
        with torch.inference_mode():
            return median_time(seconds, lambda: model(torch.from_numpy(row)).numpy()), note
    adam = torch.optim.Adam(model.parameters(), lr=RATE, betas=(BETA1, BETA2), eps=EPSILON, fused=fused or None)
    loss_of = torch.nn.L1Loss()
    inputs, targets = torch.from_numpy(x), torch.from_numpy(y)

    def epoch():
        for indices in map(torch.from_numpy, batches(np, len(x), batch)):
            adam.zero_grad(set_to_none=True)
            loss = loss_of(model(inputs[indices]), targets[indices])
            loss.backward()
            adam.step()
        loss.item()

    return epoch_rate(len(x), seconds, epoch), note


def jax_step(x, y, batch, seconds):
    import jax
    import jax.numpy as jnp
    import numpy as np

    initial = jax.nn.initializers.glorot_uniform()
    keys = jax.random.split(jax.random.key(0), len(WIDTHS))
    shapes = zip((x.shape[1], *WIDTHS), WIDTHS)
    params = [(initial(key, shape), jnp.zeros(shape[1])) for key, shape in zip(keys, shapes)]

    def forward(params, x):
        for weights, bias in params[:-1]:
            x = jax.nn.relu(x @ weights + bias)
        weights, bias = params[-1]
        return x @ weights + bias

    if batch == "predict":
        predict = jax.jit(forward)
        row = x[:1]
        return median_time(seconds, lambda: np.asarray(predict(params, row))), None

    held, update = training(params, lambda params, x, y: jnp.abs(forward(params, x) - y).mean())

    def epoch():
        for indices in batches(np, len(x), batch):
            loss = update(x[indices], y[indices])
        jax.block_until_ready((held, loss))

    return epoch_rate(len(x), seconds, epoch), None


def keras_fit(x, y, batch, seconds, backend):
    os.environ["KERAS_BACKEND"] = backend
    import keras

    class Timer(keras.callbacks.Callback):
        """One call of fit for all epochs, as its users make it; ends it when the time is over."""

        def __init__(self):
            super().__init__()
            self.times = []
            self.last = self.end = self.begun = None

        def on_epoch_end(self, epoch, logs=None):
            now = time.perf_counter()
            if self.last is None:
                self.end = now + seconds
                self.begun = time.process_time()
            else:
                self.times.append(now - self.last)
                self.cpu = len(x) * len(self.times) / (time.process_time() - self.begun)
                self.model.stop_training = now > self.end and len(self.times) >= 3
            self.last = time.perf_counter()

    hidden = [keras.layers.Dense(width, activation="relu") for width in WIDTHS[:-1]]
    model = keras.Sequential([keras.Input((x.shape[1],)), *hidden, keras.layers.Dense(WIDTHS[-1])])
    if batch == "predict":
        row = x[:1]
        return median_time(seconds, lambda: model.predict(row, verbose=0)), None
    optimizer = keras.optimizers.Adam(RATE, beta_1=BETA1, beta_2=BETA2, epsilon=EPSILON)
    model.compile(optimizer=optimizer, loss="mean_absolute_error")
    timer = Timer()
    model.fit(x, y, batch_size=batch, epochs=1_000_000, shuffle=True, verbose=0, callbacks=[timer])
    return (fastest_rate(len(x), timer.times), timer.cpu), None


PEERS = {
    "pytorch": pytorch,
    "pytorch-2-threads": lambda *args: pytorch(*args, threads=2),
    "pytorch-fused": lambda *args: pytorch(*args, fused=True),
    "jax": jax_step,
    "keras-tensorflow": lambda *args: keras_fit(*args, backend="tensorflow"),
    "keras-jax": lambda *args: keras_fit(*args, backend="jax"),
}


def versions():
    found = {}
    for name, packages in {
        "torch": ["torch"],
        "jax": ["jax"],
        "keras": ["keras"],
        "tensorflow": ["tensorflow", "tensorflow-cpu"],
    }.items():
        for package in packages:
            try:
                found[name] = importlib.metadata.version(package)
            except importlib.metadata.PackageNotFoundError:
                pass
    return found


def main():
    if sys.argv[1] == "list":
        print(json.dumps(versions()))
        return
    import numpy as np

    peer, batch, rows, features, seconds = sys.argv[1:]
    numbers = np.frombuffer(sys.stdin.buffer.read(), dtype="<f4").astype(np.float32)
    x = numbers[: int(rows) * int(features)].reshape(int(rows), int(features)).copy()
    y = numbers[x.size :].reshape(int(rows), -1).copy()
    measured, note = PEERS[peer](x, y, batch if batch == "predict" else int(batch), float(seconds))
    value, cpu = measured if isinstance(measured, tuple) else (measured, None)
    found = {"value": value, "cpu": cpu, "note": note}
    print(json.dumps({key: each for key, each in found.items() if each is not None}))


main()
