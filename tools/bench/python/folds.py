"""The peer of `npm run bench -- folds`: scikit-learn's logistic regression on standardised columns, on the same folds.

`folds.py write FOLDER REPEATS PENGUINS` writes digits, iris, wine and penguins as `NAME-REPEAT.csv`, with the column `fold`
that says in which of ten stratified folds each row is. `folds.py measure FOLDER REPEATS TABLES` reads those of some tables,
separated by commas, and prints a JSON object: of each the accuracy in each fold of each repeat, and the seconds that the fits took.
"""

import csv
import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits, load_iris, load_wine
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

FOLDS = 10
MISSING = ("", "NA")


def plain(data, target):
    """Columns of numbers x0, x1 ... and the class as a word, which says that it is one."""
    names = [f"x{i}" for i in range(data.shape[1])]
    rows = [[repr(float(x)) for x in row] + [f"c{y}"] for row, y in zip(data, target)]
    return [*names, "class"], rows


def penguins(path):
    with open(path, newline="", encoding="utf-8") as file:
        header, *rows = list(csv.reader(file))
    at = header.index("species")
    order = [i for i in range(len(header)) if i != at] + [at]
    rows = [[row[i] for i in order] for row in rows]
    # Rows that have no measures at all are nobody's question.
    measured = [row for row in rows if row[[header[i] for i in order].index("body_mass_g")] not in MISSING]
    return [*[header[i] for i in order[:-1]], "class"], measured


def write(folder, repeats, path):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    loaded = {"digits": load_digits(), "iris": load_iris(), "wine": load_wine()}
    tables = {name: plain(one.data, one.target) for name, one in loaded.items()}
    tables["penguins"] = penguins(path)
    for name, (header, rows) in tables.items():
        classes = [row[-1] for row in rows]
        for repeat in range(repeats):
            folds = np.zeros(len(rows), int)
            split = StratifiedKFold(FOLDS, shuffle=True, random_state=repeat).split(rows, classes)
            for fold, (_, test) in enumerate(split):
                folds[test] = fold
            with open(folder / f"{name}-{repeat}.csv", "w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow([*header, "fold"])
                writer.writerows([*row, f"f{fold}"] for row, fold in zip(rows, folds))


def encoded(rows, train):
    """Numbers as they are, words as one number each; a missing number is the median of the training rows."""
    columns = []
    for cells in zip(*rows):
        numbers = [cell for cell in cells if cell not in MISSING]
        try:
            values = np.array([float(cell) if cell not in MISSING else np.nan for cell in cells])
            values[np.isnan(values)] = np.nanmedian(values[train])
            columns.append(values)
        except ValueError:
            words = sorted(set(numbers) | ({""} if len(numbers) < len(cells) else set()))
            known = np.array([cell if cell not in MISSING else "" for cell in cells])
            columns += [(known == word).astype(float) for word in words]
    return np.stack(columns, axis=1)


def measure(folder, repeats, tables):
    found = {}
    for name in tables:
        accuracy, seconds = [], 0.0
        for repeat in range(repeats):
            with open(Path(folder) / f"{name}-{repeat}.csv", newline="", encoding="utf-8") as file:
                _, *rows = list(csv.reader(file))
            folds = np.array([row[-1] for row in rows])
            classes = np.array([row[-2] for row in rows])
            for fold in range(FOLDS):
                test = folds == f"f{fold}"
                x = encoded([row[:-2] for row in rows], ~test)
                start = time.perf_counter()
                model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=10_000))
                model.fit(x[~test], classes[~test])
                seconds += time.perf_counter() - start
                accuracy.append(float(model.score(x[test], classes[test])))
        found[name] = {"accuracy": accuracy, "seconds": seconds}
    return found


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    if sys.argv[1] == "write":
        write(sys.argv[2], int(sys.argv[3]), sys.argv[4])
    else:
        print(json.dumps(measure(sys.argv[2], int(sys.argv[3]), sys.argv[4].split(","))))
