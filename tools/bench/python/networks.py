"""The networks of `npm run bench -- networks` in PyTorch and JAX.

`networks.py PEER NETWORK BATCH BATCHES SECONDS` trains on the same random batches over and over and prints a JSON object
whose `value` is samples per second and `cpu` samples per second of the processor, of all threads.
"""

import json
import sys

from jax_adam import BETA1, BETA2, EPSILON, RATE, training
from measure import epoch_rate

CLASSES = 10
INPUTS = {"cnn": (28, 28, 1), "lstm": (50, 16), "transformer": (64, 64)}


def torch_model(name):
    from torch import nn

    if name == "cnn":
        return nn.Sequential(
            nn.Conv2d(1, 32, 3),
            nn.ReLU(),
            nn.Conv2d(32, 64, 3),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(12 * 12 * 64, 128),
            nn.ReLU(),
            nn.Linear(128, CLASSES),
        )

    class Last(nn.Module):
        def __init__(self):
            super().__init__()
            self.lstm = nn.LSTM(16, 64, batch_first=True)
            self.dense = nn.Linear(64, CLASSES)

        def forward(self, x):
            return self.dense(self.lstm(x)[0][:, -1])

    class Encoder(nn.Module):
        def __init__(self):
            super().__init__()
            block = lambda: nn.TransformerEncoderLayer(64, 4, 256, dropout=0.0, batch_first=True)
            self.blocks = nn.Sequential(block(), block())
            self.dense = nn.Linear(64, CLASSES)

        def forward(self, x):
            return self.dense(self.blocks(x).mean(1))

    return Last() if name == "lstm" else Encoder()


def pytorch(name, x, y, seconds):
    import torch

    torch.set_num_threads(2)
    model = torch_model(name)
    adam = torch.optim.Adam(model.parameters(), lr=RATE, betas=(BETA1, BETA2), eps=EPSILON)
    loss_of = torch.nn.CrossEntropyLoss()
    # Channels first, as usual there.
    batches = [
        (torch.from_numpy(a.transpose(0, 3, 1, 2).copy() if name == "cnn" else a), torch.from_numpy(b))
        for a, b in zip(x, y)
    ]

    def epoch():
        for inputs, targets in batches:
            adam.zero_grad(set_to_none=True)
            loss = loss_of(model(inputs), targets)
            loss.backward()
            adam.step()
        loss.item()

    return epoch_rate(x.shape[0] * x.shape[1], seconds, epoch, 2), f"{torch.get_num_threads()} threads"


def jax_parts(name):
    """Shapes of the weights, and what is computed of them and a batch."""
    import jax
    import jax.numpy as jnp

    def cnn(p, x):
        for i in (0, 2):
            x = jax.lax.conv_general_dilated(x, p[i], (1, 1), "VALID", dimension_numbers=("NHWC", "HWIO", "NHWC"))
            x = jax.nn.relu(x + p[i + 1])
        x = jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
        x = jax.nn.relu(x.reshape(x.shape[0], -1) @ p[4] + p[5])
        return x @ p[6] + p[7]

    def lstm(p, x):
        def step(carry, given):
            h, c = carry
            i, f, g, o = jnp.split(given + h @ p[1], 4, axis=1)
            c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
            return (jax.nn.sigmoid(o) * jnp.tanh(c), c), None

        zero = jnp.zeros((x.shape[0], 64))
        (h, _), _ = jax.lax.scan(step, (zero, zero), jnp.swapaxes(x @ p[0] + p[2], 0, 1))
        return h @ p[3] + p[4]

    if name == "cnn":
        return [(3, 3, 1, 32), (32,), (3, 3, 32, 64), (64,), (9216, 128), (128,), (128, 10), (10,)], cnn
    if name == "lstm":
        return [(16, 256), (64, 256), (256,), (64, 10), (10,)], lstm
    raise SystemExit("no transformer by hand")


def jax_step(name, x, y, seconds):
    import jax
    import jax.numpy as jnp

    shapes, forward = jax_parts(name)
    keys = jax.random.split(jax.random.key(0), len(shapes))
    params = [0.05 * jax.random.normal(key, shape) for key, shape in zip(keys, shapes)]

    def loss_of(params, x, y):
        logs = jax.nn.log_softmax(forward(params, x))
        return -jnp.take_along_axis(logs, y[:, None], axis=1).mean()

    held, update = training(params, loss_of)

    def epoch():
        for a, b in zip(x, y):
            loss = update(a, b)
        jax.block_until_ready((held, loss))

    return epoch_rate(x.shape[0] * x.shape[1], seconds, epoch, 2), None


def main():
    import numpy as np

    peer, name, batch, batches, seconds = sys.argv[1:]
    generator = np.random.default_rng(1)
    x = generator.random((int(batches), int(batch), *INPUTS[name]), dtype=np.float32)
    y = generator.integers(0, CLASSES, (int(batches), int(batch)))
    train = {"pytorch-2-threads": pytorch, "jax": jax_step}[peer]
    (value, cpu), note = train(name, x, y, float(seconds))
    found = {"value": value, "cpu": cpu, "note": note}
    print(json.dumps({key: each for key, each in found.items() if each is not None}))


main()
