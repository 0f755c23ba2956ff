"""Runs queries in a database: python sql_answers.py DIALECT FOLDER.

FOLDER has 0.sql, 1.sql and so on, each with 0.setup.sql, which makes its table. answers.json is written there: of each query a list of
rows by column, numbers as numbers. PostgreSQL is asked through psql, which finds its server by PGHOST.
"""

import csv
import io
import json
import pathlib
import subprocess
import sys

DIALECT, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])


def duckdb(setup, query):
    import duckdb

    connection = duckdb.connect()
    connection.execute(setup)
    result = connection.execute(query)
    return rows([column[0] for column in result.description], result.fetchall()), duckdb.__version__


def sqlite(setup, query):
    import sqlite3

    connection = sqlite3.connect(":memory:")
    connection.executescript(setup)
    result = connection.execute(query)
    return rows([column[0] for column in result.description], result.fetchall()), sqlite3.sqlite_version


def clickhouse(setup, query):
    # Queries of a session share its tables.
    from chdb.session import Session

    session = Session()
    for statement in setup.split(";\n"):
        if statement.strip():
            session.query(statement)
    made = json.loads(session.query(query.strip().rstrip(";"), "JSONCompact").bytes())
    version = str(session.query("select version()")).strip().strip('"')
    session.close()
    return rows([column["name"] for column in made["meta"]], made["data"]), version


def postgres(setup, query):
    def psql(sql):
        run = subprocess.run(
            ["psql", "-X", "-q", "--csv", "-v", "ON_ERROR_STOP=1", "-d", "postgres"],
            input=sql, capture_output=True, text=True, check=False,
        )
        if run.returncode != 0:
            raise SystemExit(run.stderr[-2000:])
        return list(csv.reader(io.StringIO(run.stdout)))

    psql(f"drop schema public cascade; create schema public;\n{setup}")
    names, *told = psql(query)
    return rows(names, told), psql("show server_version")[1][0]


def rows(names, told):
    return [{name: value(cell) for name, cell in zip(names, row)} for row in told]


def value(cell):
    if cell is None or cell == "":
        return None
    try:
        return float(cell)
    except ValueError:
        return cell


answers = []
number = 0
while (FOLDER / f"{number}.sql").exists():
    setup = (FOLDER / f"{number}.setup.sql").read_text()
    made, version = globals()[DIALECT](setup, (FOLDER / f"{number}.sql").read_text())
    answers.append(made)
    number += 1
print(version, file=sys.stderr)
(FOLDER / "answers.json").write_text(json.dumps(answers))
