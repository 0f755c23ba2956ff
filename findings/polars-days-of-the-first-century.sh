#!/usr/bin/env bash
# polars 2.1.0: `read_csv` with `try_parse_dates` takes a year of two digits, or of one, as it stands: 31/12/99 is the last day of the
# year 99, when Trajan was emperor, and the versions 1.2.3 and 1.10.2 are days of the years 3 and 2, without a word. DuckDB reads the
# same cell as 1999. One would have guessed a year of this age, or a text, as it stays for 12/31/99, where the month comes
# first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check polars==2.1.0 duckdb==2.0.1
cat > look.py <<'PY'
import io

import duckdb
import polars


def read(*cells):
    column = polars.read_csv(io.StringIO("\n".join(("x", *cells, ""))), try_parse_dates=True)["x"]
    found = str(column.dtype), column.cast(polars.String).to_list()
    print(cells, *found)
    return found


assert read("31/12/99", "01/02/20") == ("Date", ["0099-12-31", "0020-02-01"])
assert read("1.2.3", "1.10.2") == ("Date", ["0003-02-01", "0002-10-01"])
assert read("12/31/99") == ("String", ["12/31/99"])
with open("table.csv", "w") as file:
    file.write("x\n31/12/99\n01/02/20\n")
days = [str(day) for (day,) in duckdb.sql("select * from read_csv('table.csv')").fetchall()]
print("DuckDB", days)
assert days == ["1999-12-31", "2020-02-01"]
PY
python/bin/python look.py
