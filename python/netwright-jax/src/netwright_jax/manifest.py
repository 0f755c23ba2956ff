"""`training.json`, which says what each file of an exported training is."""

import dataclasses
import hashlib
import json
import math
import pathlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from netwright_jax.tensor_file import Array
from netwright_jax.typed import items, mapping, number, text, whole

FILE = "training.json"
FORMAT = "netwright-training"
VERSION = 1
ANEW = "Take the folder whole and as it is, or export it anew"
DTYPES: Mapping[str, Any] = {"f32": np.dtype("<f4"), "i32": np.dtype("<i4"), "u32": np.dtype("<u4"), "pred": np.dtype("?")}


class BadExport(Exception):
    """The folder holds no exported training, or one that this release does not read."""


@dataclasses.dataclass(frozen=True)
class ArrayOf:
    """An array as a function takes or gives it."""

    name: str
    dtype: str
    shape: tuple[int, ...]


@dataclasses.dataclass(frozen=True)
class Function:
    """A module: `@main` takes `reads` of the state, then `feeds`, and gives `writes`, then `results`."""

    kind: str
    rows: int
    file: pathlib.Path
    reads: tuple[str, ...]
    feeds: tuple[ArrayOf, ...]
    writes: tuple[str, ...]
    results: tuple[ArrayOf, ...]


@dataclasses.dataclass(frozen=True)
class Rows:
    """Encoded rows, by the name under which they are fed; they lie on the disk until a batch is taken."""

    count: int
    fields: Mapping[str, Array]


@dataclasses.dataclass(frozen=True)
class StopRule:
    """Ends a training after `patience` epochs whose validation loss is not below the best by more than `min_delta`."""

    patience: int
    min_delta: float


@dataclasses.dataclass(frozen=True)
class Manifest:
    """A training, whole."""

    run: str
    digest: str
    epochs: int
    batch: int
    accumulate: int
    stop: StopRule | None
    state: Mapping[str, ArrayOf]
    saved: frozenset[str]
    functions: tuple[Function, ...]
    train: Rows
    validation: Rows | None
    order: Array
    start: pathlib.Path
    # Of each file its SHA-256.
    files: Mapping[str, str]

    def steps(self) -> int:
        """Of an epoch; the last one may have fewer rows."""
        return math.ceil(self.train.count / self.batch)

    def function(self, kind: str, rows: int) -> Function:
        """The one of that kind for so many rows."""
        for each in self.functions:
            if each.kind == kind and each.rows == rows:
                return each
        raise BadExport(f"the export has no {kind} for {rows} rows")

    def evaluation(self) -> Function:
        """The one that sums losses."""
        for each in self.functions:
            if each.kind == "evaluate":
                return each
        raise BadExport("the export has no evaluate for its validation rows")


def intact(path: pathlib.Path, files: Mapping[str, str]) -> pathlib.Path:
    """A file that is as it was exported. Raises BadExport."""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != files.get(path.name):
        raise BadExport(f"{path} is not as it was exported: export again, or copy the folder again")
    return path


def read(folder: pathlib.Path) -> Manifest:
    """Raises BadExport."""
    path = folder / FILE
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadExport(
            f"{path} cannot be read ({error.strerror}): `netwright export FILE.net --format stablehlo --output FOLDER` writes it"
        ) from error
    try:
        return _manifest(json.loads(content), folder, hashlib.sha256(content).hexdigest())
    except KeyError as error:
        raise BadExport(f"{path} is not as Netwright writes it: it has no {error}. {ANEW}") from error
    except (ValueError, RecursionError, OSError) as error:
        raise BadExport(f"{path} is not as Netwright writes it: {error}. {ANEW}") from error


def _manifest(json_: Mapping[str, Any], folder: pathlib.Path, digest: str) -> Manifest:
    if mapping(json_).get("format") != FORMAT:
        raise BadExport(f"{folder / FILE} is no exported training")
    if _from_one(json_, "version") > VERSION:
        raise BadExport(f"the export is of version {json_['version']}, and this release reads {VERSION}: take a newer one")
    files = {name: text(hashed) for name, hashed in mapping(json_["files"]).items()}
    rows = mapping(json_["rows"])
    training = _rows(rows["train"], folder, files)
    order = _array(_beside(folder, mapping(json_["order"])["file"]), files)
    epochs = _from_one(json_, "epochs")
    if order.shape != (epochs, training.count) or order.dtype != DTYPES["u32"]:
        raise BadExport(f"the orders of the export are not those of its rows and epochs. {ANEW}")
    state = [(_array_of(each), each["saved"]) for each in items(json_["state"])]
    return Manifest(
        run=text(mapping(json_["hash"])["run"]),
        digest=digest,
        epochs=epochs,
        batch=_from_one(json_, "batch"),
        accumulate=_from_one(json_, "accumulate"),
        stop=None if json_["stop"] is None else _stop(mapping(json_["stop"])),
        state={variable.name: variable for variable, _ in state},
        saved=frozenset(variable.name for variable, saved in state if saved is True),
        functions=tuple(_function(mapping(each), folder) for each in items(json_["functions"])),
        train=training,
        validation=None if rows["validation"] is None else _rows(rows["validation"], folder, files),
        order=order,
        start=_beside(folder, json_["start"]),
        files=files,
    )


def _from_one(json_: Mapping[str, Any], name: str) -> int:
    try:
        return whole(json_[name], 1)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


def _stop(json_: Mapping[str, Any]) -> StopRule:
    return StopRule(_from_one(json_, "patience"), number(json_["min_delta"]))


def _function(json_: Mapping[str, Any], folder: pathlib.Path) -> Function:
    return Function(
        kind=text(json_["kind"]),
        rows=whole(json_["rows"]),
        file=_beside(folder, json_["file"]),
        reads=tuple(text(each) for each in items(json_["reads"])),
        feeds=tuple(_array_of(each) for each in items(json_["feeds"])),
        writes=tuple(text(each) for each in items(json_["writes"])),
        results=tuple(_array_of(each) for each in items(json_["results"])),
    )


def _array_of(json_: object) -> ArrayOf:
    array = mapping(json_)
    dtype = text(array["dtype"])
    if dtype not in DTYPES:
        raise ValueError(f"expected one of {', '.join(DTYPES)}, and found {dtype!r}")
    return ArrayOf(text(array["name"]), dtype, tuple(whole(size) for size in items(array["shape"])))


def _rows(json_: object, folder: pathlib.Path, files: Mapping[str, str]) -> Rows:
    count = _from_one(mapping(json_), "rows")
    fields = {}
    for each in items(mapping(json_)["fields"]):
        expected = _array_of(each)
        array = _array(_beside(folder, each["file"]), files)
        if array.shape != expected.shape or array.dtype != DTYPES[expected.dtype]:
            found = f"{array.dtype}{list(array.shape)}"
            raise BadExport(f"{each['file']} is {found}, and not {expected.dtype}{list(expected.shape)}. {ANEW}")
        if expected.shape[:1] != (count,):
            raise BadExport(f"{each['file']} has {len(array)} rows, and not {count}. {ANEW}")
        fields[expected.name] = array
    return Rows(count, fields)


def _array(path: pathlib.Path, files: Mapping[str, str]) -> Array:
    """On the disk: no code of a file is run, as no objects are read."""
    try:
        # Not by `np.load`, which opens archives, too.
        array: Array = np.lib.format.open_memmap(intact(path, files), mode="r")
    except OSError as error:
        raise BadExport(f"{path} cannot be read ({error.strerror or error}). {ANEW}") from error
    except (ValueError, EOFError) as error:
        raise BadExport(f"{path} is no array, or is cut short: {error}. {ANEW}") from error
    return array


def _beside(folder: pathlib.Path, name: object) -> pathlib.Path:
    """A file of the folder itself; the manifest names no other."""
    file = text(name)
    if pathlib.PurePath(file).name != file or file in ("", "..") or "\0" in file:
        raise BadExport(f"{file!r} is no name of a file")
    return folder / file
