"""Writes `scikit-learn.jsonl`: what scikit-learn and NumPy make of some columns. Needs scikit-learn.

    python scikit_learn.py > scikit-learn.jsonl
"""

import json
import warnings

import numpy as np
import sklearn
from sklearn import preprocessing
from sklearn.utils import murmurhash3_32

warnings.simplefilter("ignore")

SKEWED = [round(float(np.exp(0.9 * np.sin(1.7 * i + 0.3) * 2)), 6) for i in range(40)]
COLUMNS = {
    "small": [1.0, 2, 2, 3, 10],
    "both signs": [-2.0, 0, 1, 5, 3],
    "skewed": SKEWED,
    "negative": [-x for x in SKEWED],
    "many zeros": [0.0] * 8 + [1.0, 4.0, 9.0, 100.0],
    "large": [1e6 + 37 * x for x in SKEWED],
    "constant": [5.0, 5, 5],
}
INPUT = [-3.0, 0, 0.5, 1, 2, 2.5, 5, 7, 10, 99, 1e6]


def write(**case):
    print(json.dumps(case))


def column(values):
    return np.array(values, dtype=np.float64)[:, None]


def transformer(name, encoder, made, args, learned=lambda t: {}):
    for key, values in COLUMNS.items():
        fitted = made().fit(column(values))
        output = fitted.transform(column(INPUT))[:, 0]
        write(
            name=f"{name}, {key}",
            encoder=encoder,
            args=args,
            fit=values,
            input=INPUT,
            output=output.tolist(),
            inverse=fitted.inverse_transform(output[:, None])[:, 0].tolist(),
            learned=learned(fitted),
        )


def smooth_clip(values):
    """pytabkit 1.8, `RobustScaleSmoothClipTransform`, in NumPy."""
    x = np.array(values)
    spread = np.quantile(x, 0.75) - np.quantile(x, 0.25)
    if spread == 0:
        spread = 0.5 * (x.max() - x.min())
    factor = 0.0 if spread == 0 else 1 / (spread + 1e-30)
    scaled = factor * (np.array(INPUT) - np.median(x))
    return (scaled / np.sqrt(1 + (scaled / 3) ** 2)).tolist()


def piecewise_linear(values, bins):
    """The formula of Gorishniy, Rubachev, Babenko 2022, section 3.2, over the different quantiles."""
    edges = np.unique(np.quantile(np.array(values), np.linspace(0, 1, bins + 1)))
    rows = []
    for x in INPUT:
        row = [0.0] * bins
        for t in range(1, len(edges)):
            low, high = edges[t - 1], edges[t]
            if x < low and t > 1:
                row[t - 1] = 0.0
            elif x >= high and t < len(edges) - 1:
                row[t - 1] = 1.0
            else:
                row[t - 1] = float((x - low) / (high - low))
        rows.append(row)
    return rows


def target_mean(name, words, target, kind, smooth):
    encoder = preprocessing.TargetEncoder(smooth=smooth, target_type=kind)
    known = sorted(set(words))
    fitted = encoder.fit(np.array(words, dtype=object)[:, None], np.array(target))
    rows = fitted.transform(np.array([*known, "unknown"], dtype=object)[:, None])
    write(
        name=name,
        encoder="target_mean",
        words=words,
        target=target,
        smoothing=smooth,
        input=[*known, "unknown"],
        output=rows.tolist(),
    )


write(source=f"scikit-learn {sklearn.__version__}, numpy {np.__version__}")
transformer("robust", "robust", preprocessing.RobustScaler, {})
for n in (5, 7, 1000):
    for distribution in ("uniform", "normal"):
        transformer(
            f"quantile {n} {distribution}",
            "quantile",
            lambda: preprocessing.QuantileTransformer(
                n_quantiles=n, output_distribution=distribution, subsample=None
            ),
            {"n_quantiles": n, "output_distribution": distribution},
        )
transformer(
    "power", "power", preprocessing.PowerTransformer, {}, lambda t: {"lambda": float(t.lambdas_[0])}
)
for key, values in COLUMNS.items():
    write(name=f"smooth_clip, {key}", encoder="smooth_clip", args={}, fit=values, input=INPUT, output=smooth_clip(values))
for key, values in COLUMNS.items():
    for bins in (1, 4, 10):
        write(
            name=f"piecewise_linear {bins}, {key}",
            encoder="piecewise_linear",
            args={"bins": bins},
            fit=values,
            input=INPUT,
            output=piecewise_linear(values, bins),
        )
WORDS = ["gas", "wood", "gas", "oil", "wood", "gas", "coal", "oil"]
for smooth in (0.0, 1.0, 10.0):
    target_mean(f"target_mean of numbers, {smooth}", WORDS, [3.0, 1, 4, 1.5, 9, 2.5, 6, 5], "continuous", smooth)
    target_mean(f"target_mean of two classes, {smooth}", WORDS, [0, 1, 1, 0, 1, 1, 0, 1], "binary", smooth)
    target_mean(f"target_mean of three classes, {smooth}", WORDS, [0, 1, 2, 0, 1, 1, 2, 1], "multiclass", smooth)
TEXTS = ["", "a", "gas", "Straße", "日本", "👩‍👩‍👧", "a longer text of several words"]
for seed in (0, 1, 2**31 + 7):
    write(
        name=f"hashes, seed {seed}",
        encoder="hashing",
        seed=seed,
        input=TEXTS,
        output=[int(murmurhash3_32(text, seed=seed, positive=True)) for text in TEXTS],
    )
