#!/usr/bin/env bash
# duckdb 2.0.1: which type a column of a CSV file has depends on the order of its rows, far inside of what is looked at for it. 1.5 above
# Infinity are two numbers, Infinity above 1.5 two texts, and Infinity alone is an endless DATE. Likewise the
# versions 10.11.12 above 1.2.3 are days of the years 2010 and 2001, and the other way round they are texts. One would have guessed
# that a type is asked of all rows that are looked at, as the number of them is a setting (`sample_size`, 20,480), so that a
# table that is sorted in another way has the same columns.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check duckdb==2.0.1
cat > look.py <<'PY'
import duckdb


def kind(*cells):
    with open("table.csv", "w") as file:
        file.write("\n".join(("x", *cells, "")))
    rows = duckdb.sql("select * from read_csv('table.csv')")
    found = str(rows.types[0])
    print(" above ".join(cells).ljust(24), found.ljust(9), [str(value) for (value,) in rows.fetchall()])
    return found


assert kind("1.5", "Infinity") == "DOUBLE"
assert kind("Infinity", "1.5") == "VARCHAR"
assert kind("Infinity") == "DATE"
assert kind("10.11.12", "1.2.3") == "DATE"
assert kind("1.2.3", "10.11.12") == "VARCHAR"
PY
python/bin/python look.py
