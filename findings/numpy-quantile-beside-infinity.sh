#!/usr/bin/env bash
# numpy 2.4.6 (pandas 3.1.1): `numpy.quantile` is NaN where the number that it falls on is finite and the next one is infinite: of
# [1, 2, inf] the quantile 0.5 is NaN and `numpy.median` is 2, and of [1, 2, 3, 4, inf] the quantile 0.75 is NaN and not 4. It goes on
# from 4 by none of an infinite distance, and 0 times infinity is NaN. Between two infinities it is NaN as well. Pandas has it of NumPy, so that
# `describe()` names no median of a column that has one. Polars and DuckDB give 2, 4 and infinity. One would have guessed that a
# quantile is robust against what lies beyond it, which is what it is taken for, and that the middle one is the median.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check numpy==2.4.6 pandas==3.1.1 polars==2.1.0 duckdb==2.0.1
cat > look.py <<'PY'
import math
import warnings

import duckdb
import numpy as np
import pandas
import polars

warnings.simplefilter("ignore")
inf = math.inf


def look(numbers, share):
    of_numpy = float(np.quantile(numbers, share))
    assert math.isnan(of_numpy) == math.isnan(pandas.Series(numbers).quantile(share))
    of_polars = polars.Series(numbers).quantile(share, interpolation="linear")
    query = "select quantile_cont(x::double, $share) from unnest($numbers) t(x)"
    of_duckdb = duckdb.execute(query, {"share": share, "numbers": numbers}).fetchone()[0]
    print(numbers, share, "NumPy", of_numpy, "Polars", of_polars, "DuckDB", of_duckdb)
    assert of_polars == of_duckdb
    return of_numpy, of_polars


for numbers, share, right in (([1.0, 2, inf], 0.5, 2), ([1.0, 2, 3, 4, inf], 0.75, 4), ([1.0, inf, inf], 0.75, inf)):
    found, other = look(numbers, share)
    assert math.isnan(found) and other == right
assert look([1.0, 2, 3, inf], 0.5) == (2.5, 2.5)
assert np.median([1, 2, inf]) == 2
assert math.isnan(pandas.Series([1, 2, inf]).describe()["50%"]) and pandas.Series([1, 2, inf]).median() == 2
PY
python/bin/python look.py
