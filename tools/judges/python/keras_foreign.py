"""Models of Keras by code, saved as Keras saves them, with inputs and what Keras predicts: what `netwright import` is held to.

    python keras_foreign.py FOLDER

KERAS_PACKAGE=tf_keras takes Keras 2. Every model gets weights by a seed of its own, none of which are 0.
"""

import importlib
import json
import os
import sys

import numpy as np

PACKAGE = os.environ.get("KERAS_PACKAGE", "keras")
keras = importlib.import_module(PACKAGE)
layers = keras.layers
IS_3 = PACKAGE == "keras"
ROWS = 16


def sequential(shape, *parts):
    return keras.Sequential([keras.Input(shape), *parts])


def model(inputs, output):
    return keras.Model(inputs, output)


def normalised():
    scale = layers.Normalization()
    scale.adapt(np.random.default_rng(5).normal(3, 20, (200, 5)).astype("float32"))
    return sequential((5,), scale, layers.Dense(16, "relu"), layers.Dense(16, "relu"), layers.Dense(1))


def stated_normalisation():
    scale = layers.Normalization(mean=[1.0, 2.0, 3.0], variance=[4.0, 0.25, 9.0])
    return sequential((3,), scale, layers.Dense(8, "selu"), layers.Dense(2), layers.Rescaling(3.5, 12.0))


def classes():
    return sequential(
        (6,), layers.Dense(12, "tanh"), layers.Dropout(0.3), layers.Dense(8, "elu"), layers.Dense(4, "softmax")
    )


def binary():
    return sequential(
        (6,), layers.Dense(10), layers.BatchNormalization(), layers.ReLU(), layers.Dense(1, "sigmoid")
    )


def convolution():
    return sequential(
        (12, 12, 1),
        layers.Rescaling(1 / 255),
        layers.Conv2D(6, 3, padding="same", use_bias=False),
        layers.BatchNormalization(),
        layers.Activation("relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(8, (3, 2), strides=2, activation="relu"),
        layers.Flatten(),
        layers.Dense(5, "softmax"),
    )


def separable():
    return sequential(
        (10, 8, 3),
        layers.Rescaling(1 / 127.5, -1),
        layers.DepthwiseConv2D(3, depth_multiplier=2, activation="relu"),
        layers.SeparableConv2D(6, 3, padding="same", activation="relu"),
        layers.AveragePooling2D(2, padding="same"),
        layers.SpatialDropout2D(0.2),
        layers.GlobalAveragePooling2D(),
        layers.Dense(3),
    )


def decoder():
    return sequential(
        (12,),
        layers.Dense(24, "relu"),
        layers.Reshape((3, 4, 2)),
        layers.Conv2DTranspose(4, 3, strides=2, padding="same", activation="relu"),
        layers.UpSampling2D(2, interpolation="bilinear"),
        layers.ZeroPadding2D(((1, 0), (2, 1))),
        layers.Cropping2D(2),
        layers.Conv2D(1, 3, activation="sigmoid"),
    )


def sequences_1d():
    return sequential(
        (16, 3),
        layers.Conv1D(6, 3, padding="causal", dilation_rate=2, activation="relu"),
        layers.MaxPooling1D(2),
        layers.SpatialDropout1D(0.1),
        layers.Conv1D(4, 2, strides=2, padding="same"),
        layers.UpSampling1D(2),
        layers.ZeroPadding1D(1),
        layers.Cropping1D((1, 0)),
        layers.AveragePooling1D(2),
        layers.GlobalMaxPooling1D(),
        layers.Dense(1),
    )


def lstm():
    return sequential(
        (9, 4), layers.LSTM(7, return_sequences=True), layers.LSTM(5, activation="relu"), layers.Dense(1)
    )


def gru():
    return sequential(
        (9, 4),
        layers.GRU(6, return_sequences=True),
        layers.GRU(5, reset_after=False, return_sequences=True, go_backwards=True),
        layers.GRU(4, recurrent_activation="hard_sigmoid"),
        layers.Dense(2),
    )


def bidirectional():
    return sequential(
        (8, 3),
        layers.Bidirectional(layers.LSTM(4, return_sequences=True)),
        layers.Bidirectional(layers.GRU(3), merge_mode="sum"),
        layers.Dense(1),
    )


def simple_rnn():
    return sequential((7, 2), layers.SimpleRNN(6), layers.Dense(1))


def masked():
    return sequential((8, 3), layers.Masking(0.0), layers.GRU(5), layers.Dense(1))


def tokens():
    return sequential(
        (12,),
        layers.Embedding(40, 6, mask_zero=True),
        layers.LSTM(5),
        layers.Dense(1, "sigmoid"),
    )


def tokens_functional():
    x = keras.Input((10,), dtype="int32")
    y = layers.Embedding(30, 8, mask_zero=True)(x)
    y = layers.Bidirectional(layers.LSTM(4))(y)
    return model(x, layers.Dense(3, "softmax")(y))


def token_convolution():
    return sequential(
        (14,),
        layers.Embedding(50, 8),
        layers.Conv1D(6, 3, activation="relu"),
        layers.GlobalMaxPooling1D(),
        layers.Dense(2, "softmax"),
    )


def branches():
    x = keras.Input((7,))
    a = layers.Dense(6, "relu")(x)
    b = layers.Dense(6, "tanh")(layers.Dense(5, "relu")(x))
    c = layers.Multiply()([a, b])
    d = layers.Average()([layers.Dense(6)(x), layers.Dense(6)(x)])
    return model(x, layers.Dense(1)(layers.Concatenate()([c, d])))


def residual():
    x = keras.Input((8, 8, 2))
    y = layers.Conv2D(4, 3, padding="same")(x)
    for width, strides in [(4, 1), (6, 2)]:
        z = layers.Conv2D(width, 3, strides=strides, padding="same", use_bias=False)(y)
        z = layers.BatchNormalization()(z)
        z = layers.ReLU()(z)
        z = layers.Conv2D(width, 3, padding="same", use_bias=False)(z)
        z = layers.BatchNormalization()(z)
        if strides > 1:
            y = layers.Conv2D(width, 1, strides=strides)(y)
        y = layers.ReLU()(layers.Add()([y, z]))
    return model(x, layers.Dense(3, "softmax")(layers.GlobalAveragePooling2D()(y)))


def u_net():
    x = keras.Input((8, 8, 1))
    a = layers.Conv2D(4, 3, padding="same", activation="relu")(x)
    b = layers.Conv2D(6, 3, padding="same", activation="relu")(layers.MaxPooling2D()(a))
    c = layers.Conv2D(8, 3, padding="same", activation="relu")(layers.MaxPooling2D()(b))
    d = layers.Concatenate()([layers.UpSampling2D()(c), b])
    d = layers.Conv2D(6, 3, padding="same", activation="relu")(d)
    e = layers.Concatenate()([layers.UpSampling2D()(d), a])
    return model(x, layers.Conv2D(1, 1, activation="sigmoid")(e))


def siamese():
    left, right = keras.Input((4,), name="left"), keras.Input((4,), name="right")
    tower = sequential((4,), layers.Dense(6, "relu"), layers.Dense(5, "tanh"))
    return model([left, right], layers.Dense(1)(layers.Concatenate()([tower(left), tower(right)])))


def shared_layer():
    x = keras.Input((6,))
    step = layers.Dense(6, "tanh")
    return model(x, layers.Dense(2)(step(step(step(x)))))


def columns_by_name():
    inputs = [keras.Input((1,), name=name) for name in ("age", "height", "weight")]
    return model(inputs, layers.Dense(1)(layers.Dense(8, "relu")(layers.Concatenate()(inputs))))


def several_inputs():
    a, b = keras.Input((3,), name="numbers"), keras.Input((5,), name="more")
    y = layers.Concatenate()([layers.Dense(4, "relu")(a), layers.Dense(4, "relu")(b)])
    return model([a, b], layers.Dense(1)(y))


def transformer():
    x = keras.Input((10, 8))
    y = x
    for _ in range(2):
        a = layers.MultiHeadAttention(2, 4)(y, y)
        y = layers.LayerNormalization()(layers.Add()([y, layers.Dropout(0.1)(a)]))
        b = layers.Dense(8)(layers.Dense(16, "gelu")(y))
        y = layers.LayerNormalization()(layers.Add()([y, b]))
    return model(x, layers.Dense(2, "softmax")(layers.GlobalAveragePooling1D()(y)))


def cross_attention():
    x = keras.Input((6, 5))
    q = layers.Dense(4)(x)
    v = layers.Dense(6)(x)
    y = layers.MultiHeadAttention(2, 3, output_shape=7)(q, v)
    return model(x, layers.Dense(1)(layers.Flatten()(y)))


def causal_attention():
    x = keras.Input((6, 8))
    y = layers.MultiHeadAttention(4, 2, use_bias=False)(x, x, use_causal_mask=True)
    return model(x, layers.Dense(1)(layers.Flatten()(y)))


def activations():
    names = "relu elu selu softplus softsign sigmoid tanh exponential linear gelu swish".split()
    if IS_3:
        names += "hard_sigmoid relu6 mish silu leaky_relu celu hard_silu hard_tanh tanh_shrink".split()
        names += "hard_shrink soft_shrink log_sigmoid squareplus sparse_plus log_softmax".split()
    x = keras.Input((6,))
    return model(x, layers.Dense(1)(layers.Concatenate()([layers.Dense(3, name)(x) for name in names])))


def activation_layers():
    x = keras.Input((6,))
    y = layers.Dense(8)(x)
    slope = {"negative_slope": 0.15} if IS_3 else {"alpha": 0.15}
    parts = [
        layers.LeakyReLU(**slope)(y),
        layers.ELU(0.7)(y),
        layers.PReLU()(y),
        layers.ReLU(max_value=1.5, negative_slope=0.1, threshold=0.2)(y),
        layers.Softmax()(y),
        layers.Activation("hard_sigmoid")(y),
    ]
    return model(x, layers.Dense(1)(layers.Concatenate()(parts)))


def normalisations():
    x = keras.Input((6, 8))
    y = layers.LayerNormalization()(x)
    y = layers.BatchNormalization(axis=1)(y)
    y = layers.UnitNormalization()(y)
    if IS_3:
        y = layers.GroupNormalization(4)(y)
    if hasattr(layers, "RMSNormalization"):
        y = layers.RMSNormalization()(y)
    y = layers.GaussianNoise(0.1)(layers.GaussianDropout(0.1)(layers.AlphaDropout(0.1)(y)))
    return model(x, layers.Dense(1)(layers.Flatten()(y)))


def shapes():
    return sequential(
        (12,),
        layers.Reshape((4, 3)),
        layers.Permute((2, 1)),
        layers.Flatten(),
        layers.Dense(4, "relu"),
        layers.RepeatVector(5),
        layers.LSTM(4, return_sequences=True),
        layers.TimeDistributed(layers.Dense(3)),
        layers.Flatten(),
        layers.Dense(2),
    )


def nested():
    inner = keras.Sequential([keras.Input((6,)), layers.Dense(5, "relu"), layers.Dense(4)], name="inner")
    outer = keras.Sequential([keras.Input((6,)), inner, layers.ReLU(), layers.Dense(1)], name="outer")
    return outer


def augmented():
    return sequential(
        (8, 8, 3),
        layers.RandomFlip("horizontal"),
        layers.RandomRotation(0.1),
        layers.Conv2D(4, 3, activation="relu"),
        layers.GlobalAveragePooling2D(),
        layers.Dense(2),
    )


def operators():
    x = keras.Input((5,))
    a, b = layers.Dense(4, "relu")(x), layers.Dense(4)(x)
    return model(x, layers.Dense(1)(a + b))


def any_length():
    return sequential((None, 3), layers.GRU(4), layers.Dense(1))


def two_outputs():
    x = keras.Input((5,))
    y = layers.Dense(4, "relu")(x)
    return model(x, [layers.Dense(1)(y), layers.Dense(2)(y)])


def own_code():
    return sequential((5,), layers.Dense(4), layers.Lambda(lambda x: x * 2), layers.Dense(1))


def channels_first():
    return sequential(
        (3, 8, 8), layers.GlobalAveragePooling2D(data_format="channels_first"), layers.Dense(1)
    )


def spectral():
    return sequential((5,), layers.SpectralNormalization(layers.Dense(4)), layers.Dense(1))


def dense_net():
    x = keras.Input((4,))
    a = layers.Dense(4, "relu")(x)
    b = layers.Dense(4, "relu")(layers.Add()([x, a]))
    c = layers.Dense(4, "relu")(layers.Concatenate()([x, a, b]))
    return model(x, layers.Dense(1)(c))


def convolution_3d():
    return sequential((4, 4, 4, 1), layers.Conv3D(2, 2), layers.Flatten(), layers.Dense(1))


MODELS = [
    ("a normalisation that was adapted, dense layers", normalised, "numbers"),
    ("a normalisation that is stated, a rescaled output", stated_normalisation, "numbers"),
    ("classes, dropout", classes, "numbers"),
    ("two classes, batch normalisation", binary, "numbers"),
    ("a convolutional network for pixels", convolution, "pixels"),
    ("depthwise and separable convolutions", separable, "pixels"),
    ("a decoder of images", decoder, "numbers"),
    ("convolutions and pooling of sequences", sequences_1d, "numbers"),
    ("two LSTMs", lstm, "numbers"),
    ("three GRUs", gru, "numbers"),
    ("bidirectional layers", bidirectional, "numbers"),
    ("a simple recurrent layer", simple_rnn, "numbers"),
    ("masked steps", masked, "steps"),
    ("tokens with padding, an LSTM", tokens, "tokens"),
    ("tokens with padding, both directions", tokens_functional, "tokens"),
    ("tokens, a convolution", token_convolution, "tokens"),
    ("branches that are multiplied, averaged, joined", branches, "numbers"),
    ("residual blocks", residual, "numbers"),
    ("a small U-Net", u_net, "numbers"),
    ("a model that is used twice", siamese, "numbers"),
    ("a layer that is used three times", shared_layer, "numbers"),
    ("inputs that are columns", columns_by_name, "numbers"),
    ("several inputs", several_inputs, "numbers"),
    ("a transformer", transformer, "numbers"),
    ("attention from one sequence to another", cross_attention, "numbers"),
    ("causal attention", causal_attention, "numbers"),
    ("activations by name", activations, "numbers"),
    ("activations as layers", activation_layers, "numbers"),
    ("normalisations and noise", normalisations, "numbers"),
    ("layers of shapes, a layer at each step", shapes, "numbers"),
    ("models in models", nested, "numbers"),
    ("pictures that are changed while training", augmented, "numbers"),
    ("a plus between layers", operators, "numbers"),
    ("sequences of any length", any_length, "numbers"),
    ("two outputs", two_outputs, "numbers", True),
    ("code of its own", own_code, "numbers", True),
    ("channels first", channels_first, "numbers", True),
    ("spectral normalisation", spectral, "numbers", True),
    ("branches that cross", dense_net, "numbers", True),
    ("convolutions of volumes", convolution_3d, "numbers", True),
]


def shake(network, seed):
    """Weights that are not those of a start: biases of 0 would hide a mistake."""
    rng = np.random.default_rng(seed)
    own = []
    for weight in network.weights:
        value = np.asarray(weight)
        name = getattr(weight, "path", weight.name).split(":")[0]
        is_adapted = name.split("/")[-1] in ("mean", "variance", "count")
        if not np.issubdtype(value.dtype, np.floating) or is_adapted:
            own.append(value)
        elif "variance" in name:
            own.append(value + rng.uniform(0, 1, value.shape).astype(value.dtype))
        else:
            own.append((value + rng.normal(0, 0.2, value.shape)).astype(value.dtype))
    network.set_weights(own)


def rows_for(network, kind, seed):
    rng = np.random.default_rng(seed + 1)
    rows = []
    for tensor in network.inputs:
        shape = (ROWS, *[6 if size is None else size for size in tensor.shape[1:]])
        if kind == "tokens":
            given = rng.integers(1, 30, shape)
            for row in given:
                row[rng.integers(3, shape[1] + 1) :] = 0
            rows.append(given.astype("int32"))
        elif kind == "pixels":
            rows.append(rng.integers(0, 256, shape).astype("float32"))
        else:
            given = rng.normal(0, 2, shape).astype("float32")
            if kind == "steps":
                given[::2, -3:] = 0
            rows.append(given)
    return rows


def main(folder):
    told = []
    for number, (title, build, kind, *refused) in enumerate(MODELS):
        keras.utils.set_random_seed(number)
        try:
            network = build()
        except Exception as error:  # The version has no such layer.
            told.append({"title": title, "absent": str(error)[:200], "refused": False})
            continue
        shake(network, number)
        rows = rows_for(network, kind, number)
        given = network.predict(rows if len(rows) > 1 else rows[0], verbose=0)
        files = []
        for ending in ("keras", "h5"):
            name = f"{number}.{ending}"
            try:
                network.save(os.path.join(folder, name))
                files.append(name)
            except Exception as error:
                told.append({"title": f"{title} ({ending})", "absent": str(error)[:200], "refused": False})
        told.append(
            {
                "title": title,
                "files": files,
                # What Netwright has no form of.
                "refused": len(refused) > 0,
                "inputs": [{"rows": values.reshape(ROWS, -1).tolist()} for values in rows],
                "predictions": None if isinstance(given, list) else np.asarray(given).reshape(ROWS, -1).tolist(),
            }
        )
    with open(os.path.join(folder, "cases.json"), "w") as file:
        json.dump({"version": keras.__version__, "cases": told}, file)


main(sys.argv[1])
