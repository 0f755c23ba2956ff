#!/usr/bin/env bash
# keras 3.15.1 (on jax 0.10.2): `ReduceLROnPlateau` with `cooldown=1` has no cooldown at all, and with `cooldown=3` two
# epochs of it: the first epoch after a reduction already counts the cooldown down before it is asked whether it is over. One
# would have guessed that as many epochs as given do not count, as with the rules of the same name in PyTorch and Optax.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check keras==3.15.1 jax==0.10.2 jaxlib==0.10.2
cat > look.py <<'PY'
import os

os.environ["KERAS_BACKEND"] = "jax"
import keras

model = keras.Sequential([keras.layers.Input((1,)), keras.layers.Dense(1)])
model.compile(keras.optimizers.SGD(1.0), "mse")


def rates(cooldown):
    """The rate after each of eight epochs whose loss stays the same."""
    model.optimizer.learning_rate = 1.0
    rule = keras.callbacks.ReduceLROnPlateau(monitor="loss", patience=1, factor=0.5, cooldown=cooldown)
    rule.set_model(model)
    rule.on_train_begin()
    seen = []
    for epoch in range(8):
        rule.on_epoch_end(epoch, {"loss": 1.0})
        seen.append(float(model.optimizer.learning_rate))
    return seen


for cooldown in range(4):
    print("cooldown", cooldown, rates(cooldown))
assert rates(1) == rates(0)
assert rates(3)[1:5] == [0.5, 0.5, 0.5, 0.25]
PY
python/bin/python look.py 2>&1 | grep -v "^$"
