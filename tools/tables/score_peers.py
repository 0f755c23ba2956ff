"""Scores of other libraries on tables with a column `fold` and the target before it, as a JSON object for each score.

Arguments: a table, and peers (hgb, mlp, catboost, realmlp). All learn of the rows `train`, stop by `validation` where they
can, and are scored on `test`, with their defaults and one thread. What each needs: scikit-learn, catboost, pytabkit.
"""

import json
import os
import sys
import time
import warnings

os.environ.setdefault("OMP_NUM_THREADS", "1")
import logging

import numpy
import pandas


def is_words(column):
    return not pandas.api.types.is_numeric_dtype(column)


class Rows:
    """`features` has words as categories, `filled` means where numbers are missing."""

    def __init__(self, path):
        table = pandas.read_csv(path)
        target = table.columns[-2]
        features = table.drop(columns=[target, "fold"])
        self.words = [name for name in features.columns if is_words(features[name])]
        self.numbers = [name for name in features.columns if name not in self.words]
        for name in self.words:
            known = features[name].astype(object)
            features[name] = known.where(known.notna(), "NA").astype(str).astype("category")
        self.parts = {part: (table["fold"] == part).to_numpy() for part in ("train", "validation", "test")}
        self.features = features
        self.filled = features.copy()
        if self.numbers:
            means = features.loc[self.parts["train"], self.numbers].mean()
            self.filled[self.numbers] = features[self.numbers].fillna(means)
        self.of_classes = is_words(table[target])
        self.y = table[target]
        if self.of_classes:
            self.classes = sorted(self.y.astype(str).unique())
            self.y = self.y.astype(str).map({word: i for i, word in enumerate(self.classes)})

    def of(self, part, filled=False):
        rows = self.parts[part]
        return (self.filled if filled else self.features)[rows], self.y[rows]


def hgb(rows):
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

    kind = HistGradientBoostingClassifier if rows.of_classes else HistGradientBoostingRegressor
    model = kind(categorical_features=rows.words or None, random_state=0).fit(*rows.of("train"))
    return model, rows.of("test")[0]


def catboost(rows):
    from catboost import CatBoostClassifier, CatBoostRegressor

    kind = CatBoostClassifier if rows.of_classes else CatBoostRegressor
    model = kind(verbose=0, random_seed=0, thread_count=1, cat_features=rows.words, allow_writing_files=False)
    model.fit(*rows.of("train"), eval_set=rows.of("validation"))
    return model, rows.of("test")[0]


def mlp(rows):
    from sklearn.compose import TransformedTargetRegressor, make_column_transformer
    from sklearn.impute import SimpleImputer
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    encoder = make_column_transformer(
        (make_pipeline(SimpleImputer(), StandardScaler()), rows.numbers),
        (OneHotEncoder(handle_unknown="ignore"), rows.words),
    )
    kind = MLPClassifier if rows.of_classes else MLPRegressor
    network = kind(hidden_layer_sizes=(256, 128), early_stopping=True, random_state=0, max_iter=300)
    model = make_pipeline(encoder, network)
    if not rows.of_classes:
        model = TransformedTargetRegressor(model, transformer=StandardScaler())
    return model.fit(*rows.of("train", filled=True)), rows.of("test", filled=True)[0]


def realmlp(rows):
    import torch
    from pytabkit import RealMLP_TD_Classifier, RealMLP_TD_Regressor

    torch.set_num_threads(1)
    kind = RealMLP_TD_Classifier if rows.of_classes else RealMLP_TD_Regressor
    known = rows.parts["train"] | rows.parts["validation"]
    model = kind(device="cpu", random_state=0, n_cv=1, verbosity=0)
    stops_by = numpy.where(rows.parts["validation"][known])[0]
    return model.fit(rows.filled[known], rows.y[known], val_idxs=stops_by), rows.of("test", filled=True)[0]


PEERS = {"hgb": hgb, "mlp": mlp, "catboost": catboost, "realmlp": realmlp}


def score(rows, peer):
    from sklearn.metrics import log_loss, mean_squared_error

    start = time.time()
    model, features = PEERS[peer](rows)
    truth = rows.of("test")[1]
    if rows.of_classes:
        value = log_loss(truth, model.predict_proba(features), labels=range(len(rows.classes)))
    else:
        value = mean_squared_error(truth, numpy.asarray(model.predict(features)).ravel()) ** 0.5
    return {"peer": peer, "score": value, "seconds": time.time() - start}


def main(path, peers):
    warnings.filterwarnings("ignore")
    logging.disable(logging.CRITICAL)
    rows = Rows(path)
    for peer in peers:
        print(json.dumps(score(rows, peer)), flush=True)


main(sys.argv[1], sys.argv[2:])
