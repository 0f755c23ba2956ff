"""Writes `scikit-learn.jsonl`: what scikit-learn's simple models predict for some rows. Needs scikit-learn.

    python scikit_learn.py > scikit-learn.jsonl
"""

import json

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression, PoissonRegressor, Ridge
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.preprocessing import StandardScaler

ROWS, NEW, WIDTH = 48, 12, 4


def table(rows, offset):
    """Numbers of 32 bits, of other scales, one column mostly 0."""
    i = np.arange(rows)[:, None] + offset
    j = np.arange(WIDTH)[None, :]
    x = np.sin(1.3 * i * (j + 1) + j) * np.array([1.0, 10.0, 0.1, 1.0]) + np.array([0.0, 5.0, 0.0, 0.0])
    x[:, 3] = np.where((np.arange(rows) + offset) % 4 == 0, 1.0, 0.0)
    return np.float32(x).astype(np.float64)


X, NEW_X = table(ROWS, 0), table(NEW, 1000)
SIGNAL = X[:, 0] + 0.1 * X[:, 1] + X[:, 3] + 0.5 * np.cos(np.arange(ROWS))
Y = np.round(SIGNAL * 2, 3)
COUNTS = np.floor(np.exp(np.clip(SIGNAL, -2, 3)))
TWO = (SIGNAL > np.median(SIGNAL)).astype(int)
THREE = np.digitize(SIGNAL, np.quantile(SIGNAL, [0.3, 0.6]))
LABELS = np.stack([SIGNAL > 0.5, X[:, 0] + np.sin(np.arange(ROWS)) > 0], axis=1).astype(int)
WEIGHTS = 0.5 + (np.arange(ROWS) % 5) / 2
SCALER = StandardScaler().fit(X)
Z, NEW_Z = SCALER.transform(X), SCALER.transform(NEW_X)


def write(**case):
    print(json.dumps({k: v.tolist() if isinstance(v, np.ndarray) else v for k, v in case.items()}))


def one_hot(classes):
    return np.eye(classes.max() + 1)[classes]


print(json.dumps({"source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}"}))
print(json.dumps({"x": X.tolist(), "new": NEW_X.tolist(), "weights": WEIGHTS.tolist()}))

for penalty in [1.0, 0.01, 0.0001]:
    for weights in [None, WEIGHTS]:
        total = ROWS if weights is None else weights.sum()
        own = {"penalty": penalty, "weighted": weights is not None}

        ridge = Ridge(alpha=penalty * total).fit(Z, Y, sample_weight=weights)
        write(model="linear", kind="number", y=Y[:, None], predicted=ridge.predict(NEW_Z)[:, None], **own)

        poisson = PoissonRegressor(alpha=penalty, tol=1e-9, max_iter=10_000).fit(Z, COUNTS, sample_weight=weights)
        write(model="linear", kind="count", y=COUNTS[:, None], predicted=poisson.predict(NEW_Z)[:, None], **own)

        logistic = LogisticRegression(C=1 / (penalty * total), tol=1e-10, max_iter=100_000)
        for classes in [TWO, THREE]:
            fitted = logistic.fit(Z, classes, sample_weight=weights)
            write(model="linear", kind="class", y=one_hot(classes), predicted=fitted.predict_proba(NEW_Z), **own)
        shares = [logistic.fit(Z, LABELS[:, j], sample_weight=weights).predict_proba(NEW_Z)[:, 1] for j in range(2)]
        write(model="linear", kind="labels", y=LABELS, predicted=np.stack(shares, axis=1), **own)

for k in [1, 3, 10]:
    numbers = KNeighborsRegressor(k, algorithm="brute").fit(X, Y)
    write(model="neighbours", kind="number", k=k, y=Y[:, None], predicted=numbers.predict(NEW_X)[:, None])
    # The k votes and one more, of the shares of all rows.
    classes = KNeighborsClassifier(k, algorithm="brute").fit(X, THREE)
    prior = one_hot(THREE).mean(axis=0)
    shares = (k * classes.predict_proba(NEW_X) + prior) / (k + 1)
    write(model="neighbours", kind="class", k=k, y=one_hot(THREE), predicted=shares)
