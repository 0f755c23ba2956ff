"""Makes the files beside this one: pip install -r requirements.txt && python make.py"""

import datetime as dt
import decimal
import json
import os
import zipfile

import fastparquet
import numpy as np
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq
import duckdb
import xlsxwriter
import zstandard

HERE = os.path.dirname(os.path.abspath(__file__))
os.chdir(HERE)

# The same five rows in every format.
SMALL = pd.DataFrame(
    {
        "size": [1.5, -2.0, float("nan"), 1e-3, 12345678.25],
        "count": pd.array([1, 2, 3, None, 5], dtype="Int64"),
        "word": ["a", "b", None, "ä€😀", "a"],
        "code": ["007", "008", "007", "010", "011"],
    }
)
SMALL.to_csv("small.csv", index=False)
SMALL.to_json("small.jsonl", orient="records", lines=True)
SMALL.to_json("small.json", orient="records", indent=1)
SMALL.to_json("columns.json", orient="columns")
SMALL.to_json("split.json", orient="split")
SMALL.to_parquet("small.parquet", index=False)
SMALL.to_feather("small.feather")
SMALL.to_excel("small.xlsx", index=False)

# NumPy.
for name, array in {
    "f8": np.array([[1.5, 2.0], [-0.0, np.nan], [1e300, 3.0]], "<f8"),
    "f8-fortran": np.asfortranarray(np.array([[1.5, 2.0], [-0.0, np.nan], [1e300, 3.0]], "<f8")),
    "f8-big": np.array([[1.5, 2.0], [-0.0, np.nan], [1e300, 3.0]], ">f8"),
    "f4": np.array([0.5, 1.25, -3], "<f4"),
    "f2": np.array([1.5, -0.0, 6e-8, np.inf, np.nan], "<f2"),
    "i8": np.array([1, -2, 2**53 + 1], "<i8"),
    "u8": np.array([0, 2**63, 7], "<u8"),
    "i2-big": np.array([1, -2, 300], ">i2"),
    "bool": np.array([True, False, True]),
    "text": np.array(["a", "", "bä😀"]),
    "bytes": np.array([b"ab", b"c"]),
    "complex": np.array([1 + 2j]),
    "dates": np.array(["2024-01-02"], "M8[D]"),
    "structured": np.array([(1, 2.0)], [("a", "<i4"), ("b", "<f8")]),
    "cube": np.arange(24, dtype="<u1").reshape(2, 3, 2, 2),
    "cube-fortran": np.asfortranarray(np.arange(24, dtype="<u1").reshape(2, 3, 2, 2)),
    "objects": np.array([{}], dtype=object),
}.items():
    np.save(f"{name}.npy", array, allow_pickle=True)
np.savez("arrays.npz", x=np.arange(6.0).reshape(3, 2), y=np.array([1, 0, 1]))
np.savez_compressed("packed.npz", x=np.arange(6.0).reshape(3, 2), y=np.array([1, 0, 1]))
np.savez("uneven.npz", x=np.arange(6.0).reshape(3, 2), y=np.array([1, 0]))

# Parquet: the types.
UTC = dt.timezone.utc
D = decimal.Decimal
types = pa.table(
    {
        "i8": pa.array([-128, 127, None], pa.int8()),
        "u32": pa.array([0, 4294967295, None], pa.uint32()),
        "i64": pa.array([-(2**63), 2**53, None], pa.int64()),
        "u64": pa.array([2**63, 1, None], pa.uint64()),
        "f16": pa.array(np.array([1.5, -0.0, np.nan], np.float16)),
        "f64": pa.array([float("nan"), 0.1, None], pa.float64()),
        "flag": pa.array([True, False, None]),
        "price": pa.array([D("1.23"), D("-0.10"), None], pa.decimal128(9, 2)),
        "exact": pa.array([D("12345678901234567890.1234567890"), D("0.1"), None], pa.decimal128(38, 10)),
        "text": pa.array(["x", "", None]),
        "view": pa.array(["x", "a longer text than twelve", None], pa.string_view()),
        "choice": pa.array(["r", "g", None]).dictionary_encode(),
        "raw": pa.array([b"\xff\xfe", b"a", None]),
        "day": pa.array([dt.date(1969, 12, 31), dt.date(2024, 2, 29), None]),
        "ms": pa.array([-1, 1700000000123, None], pa.timestamp("ms")),
        "us": pa.array([-1, 1700000000123456, None], pa.timestamp("us")),
        "ns": pa.array([-1, 1700000000123456789, None], pa.timestamp("ns", "UTC")),
        "clock": pa.array([dt.time(12, 30), dt.time(23, 59, 59, 999999), None]),
        "list": pa.array([[1, 2], [], None]),
        "struct": pa.array([{"a": 1}, {"a": None}, None]),
        "map": pa.array([[(1, "a")], [], None], pa.map_(pa.int64(), pa.string())),
        "nothing": pa.nulls(3),
    }
)
pq.write_table(types, "types.parquet")
pq.write_table(types.drop_columns(["list", "struct", "map", "raw"]), "types-int96.parquet", use_deprecated_int96_timestamps=True)
numbers = pa.table({"i": pa.array(range(50)), "x": pa.array([i / 7 for i in range(50)]), "w": pa.array([f"w{i % 5}" for i in range(50)])})
for codec in ["none", "snappy", "gzip", "zstd", "brotli", "lz4"]:
    pq.write_table(numbers, f"codec-{codec}.parquet", compression=codec, row_group_size=20)
pq.write_table(numbers, "plain-v2.parquet", use_dictionary=False, data_page_version="2.0", row_group_size=7, column_encoding={"i": "DELTA_BINARY_PACKED", "x": "BYTE_STREAM_SPLIT", "w": "DELTA_BYTE_ARRAY"})
# Many pages in a group, with values that are missing, and dictionaries that end in the middle of it.
count = range(2000)
pages = pa.table(
    {
        "f64": pa.array([None if i % 11 == 0 else (i * 7 % 300) / 4 for i in count], pa.float64()),
        "f32": pa.array([i / 4 for i in count], pa.float32()),
        "i32": pa.array([None if 500 < i < 900 else i % 17 for i in count], pa.int32()),
        "i64": pa.array([i * 2**20 for i in count], pa.int64()),
        "word": pa.array([None if i % 5 == 0 else f"w{i * i % 130}" for i in count]),
        "none": pa.array([None for i in count], pa.float64()),
    }
)
for version in ["1.0", "2.0"]:
    pq.write_table(pages, f"pages-v{version[0]}.parquet", data_page_version=version, row_group_size=1500, data_page_size=600, write_batch_size=100, dictionary_pagesize_limit=1000, compression="zstd")
indexed = pd.DataFrame({"x": [1.0, 2.0, 3.0]}, index=[5, 9, 6])
indexed.to_parquet("index.parquet")
fastparquet.write("index-fast.parquet", indexed)
named = pd.DataFrame({"id": [5, 9, 6], "x": [1.0, 2.0, 3.0]}).set_index("id")
named.to_parquet("index-named.parquet")
pl.DataFrame({"x": [1, 2], "big": pl.Series([1, 2], dtype=pl.Int128)}).write_parquet("polars.parquet")
pq.write_table(pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"]), "twice.parquet")
duckdb.sql(
    "copy (select DATE 'infinity' as day, TIMESTAMP 'infinity' as moment, INTERVAL 1 MONTH as span, 2 as n, "
    "'e'::ENUM('d', 'e') as choice) to 'duckdb.parquet' (format parquet)"
)
pq.write_table(pa.table({"a": pa.array([], pa.int64())}), "empty.parquet")
whole = open("codec-snappy.parquet", "rb").read()
open("cut.parquet", "wb").write(whole[:-20])
open("holes.parquet", "wb").write(whole[:40] + b"\0" * 60 + whole[100:])

# Arrow: the types, the codecs, dictionaries that change.
arrow = types.append_column("runs", pa.RunEndEncodedArray.from_arrays([2, 3], pa.array([1.5, None])))
arrow = arrow.append_column("list_view", pa.array([[1], [], None], pa.list_view(pa.int64())))
arrow = arrow.append_column("span", pa.array([1, -1, None], pa.duration("us")))
feather.write_feather(arrow, "types.arrow", compression="uncompressed")
long = pa.table({"i": pa.array(range(9000)), "x": pa.array([i % 100 / 7 for i in range(9000)])})
for codec in ["lz4", "zstd"]:
    feather.write_feather(long, f"codec-{codec}.arrow", compression=codec)
options = pa.ipc.IpcWriteOptions(emit_dictionary_deltas=False)
schema = pa.schema([("w", pa.dictionary(pa.int8(), pa.string()))])
with pa.ipc.new_stream("replaced.arrows", schema, options=options) as writer:
    for words in [["a", "b"], ["z", "x"]]:
        batch = pa.record_batch([pa.array(words).dictionary_encode().cast(schema.field(0).type)], schema)
        writer.write_batch(batch)
feather.write_feather(pa.table({"x": pa.array([1.5])}), "old.feather", version=1)
pl.DataFrame({"x": [1.5, None], "w": ["a", None]}).write_ipc("polars.arrow")

# Workbooks.
book = xlsxwriter.Workbook("cells.xlsx")
sheet = book.add_worksheet("first")
day = book.add_format({"num_format": "yyyy-mm-dd"})
moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
clock = book.add_format({"num_format": "hh:mm"})
sheet.write_row(0, 0, ["day", "moment", "clock", "share", "sum", "empty", "code", "group", "text"])
for row in range(1, 5):
    sheet.write_datetime(row, 0, dt.datetime(2024, 1, row), day)
    sheet.write_datetime(row, 1, dt.datetime(2024, 1, row, 12, 30), moment)
    sheet.write_datetime(row, 2, dt.time(8 + row, 15), clock)
    sheet.write_number(row, 3, row / 8, book.add_format({"num_format": "0%"}))
    sheet.write_formula(row, 4, f"=D{row + 1}*2", None, row / 4)
    sheet.write_string(row, 6, "007")
    sheet.write_string(row, 8, 'a "b", c\nd')
sheet.write_formula(2, 5, "=NA()", None, "#N/A")
sheet.write_number(1, 5, 3)
sheet.write_number(3, 5, 4)
sheet.merge_range(1, 7, 2, 7, "g1")
sheet.write_string(3, 7, "g2")
sheet.write_string(4, 7, "g2")
other = book.add_worksheet("second")
other.write_row(0, 0, ["a", "b"])
other.write_row(1, 0, [1, 2])
book.close()
uncached = openpyxl.Workbook()
uncached.active.append(["a", "b"])
uncached.active.append([1, "=A2*2"])
uncached.active.append([2, "=A3*2"])
uncached.save("uncached.xlsx")
early = openpyxl.Workbook()
early.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
early.active.append(["title of it all"])
early.active.append(["day", "n", "m"])
early.active.append([dt.date(2024, 1, 2), 1, 0])
early.active.append([dt.date(2024, 1, 3), 2, 5])
early.save("1904.xlsx")

# Packed.
text = open("small.csv", "rb").read()
half = len(text) // 2
pack = zstandard.ZstdCompressor(write_checksum=True).compress
skipped = (0x184D2A50).to_bytes(4, "little") + (3).to_bytes(4, "little") + b"abc"
open("small.csv.zst", "wb").write(pack(text))
open("frames.csv.zst", "wb").write(skipped + pack(text[:half]) + skipped + pack(text[half:]))
open("cut.csv.zst", "wb").write(pack(text)[:-30])
import gzip
open("members.csv.gz", "wb").write(gzip.compress(text[:half], mtime=0) + gzip.compress(text[half:], mtime=0))

# Ids of more digits than a number of 64 bits holds, beside decimals that are written with many.
ids = {
    "signed": pa.array([2**60 + 3 * i for i in range(6)], pa.int64()),
    "unsigned": pa.array([2**63 + 5 * i for i in range(6)], pa.uint64()),
    "whole": pa.array([10**19 + 7 * i for i in range(6)], pa.decimal128(38, 0)),
    "price": pa.array([decimal.Decimal(i * i) + decimal.Decimal("0.5") for i in range(6)], pa.decimal128(38, 18)),
    "third": pa.array([decimal.Decimal(i).scaleb(-18) + decimal.Decimal("0.333333333333333333") for i in range(6)], pa.decimal128(38, 18)),
    "y": pa.array([float(i) for i in range(6)]),
}
pq.write_table(pa.table(ids), "ids.parquet")
feather.write_feather(pa.table(ids), "ids.arrow", compression="uncompressed")
np.savez("ids.npz", both=np.array([[2**60 + 3 * i, i] for i in range(6)]), unsigned=np.array([2**63 + 5 * i for i in range(6)], "<u8"), y=np.arange(6.0))
