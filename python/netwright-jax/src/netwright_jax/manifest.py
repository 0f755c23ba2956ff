"""`training.json`, which says what each file of an exported training is."""

import dataclasses
import hashlib
import json
import pathlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from netwright_jax.tensor_file import Array

FILE = "training.json"
FORMAT = "netwright-training"
VERSION = 1
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

    def function(self, kind: str, rows: int) -> Function:
        """The one of that kind for so many rows."""
        for each in self.functions:
            if each.kind == kind and each.rows == rows:
                return each
        raise BadExport(f"the export has no {kind} for {rows} rows")

    def evaluation(self) -> Function:
        """The one that sums losses."""
        return next(each for each in self.functions if each.kind == "evaluate")


def whole(path: pathlib.Path, files: Mapping[str, str]) -> pathlib.Path:
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
        text = path.read_bytes()
    except OSError as error:
        raise BadExport(
            f"{path} cannot be read ({error.strerror}): `netwright export FILE.net --format stablehlo --output FOLDER` writes it"
        ) from error
    try:
        return _manifest(json.loads(text), folder, hashlib.sha256(text).hexdigest())
    except (KeyError, TypeError, ValueError, AttributeError, OSError) as error:
        raise BadExport(f"{path} is not as Netwright writes it: {type(error).__name__}: {error}") from error


def _manifest(json_: Mapping[str, Any], folder: pathlib.Path, digest: str) -> Manifest:
    if json_.get("format") != FORMAT:
        raise BadExport(f"{folder / FILE} is no exported training")
    if json_["version"] > VERSION:
        raise BadExport(f"the export is of version {json_['version']}, and this release reads {VERSION}")
    stop = json_["stop"]
    files = json_["files"]
    validation = json_["rows"]["validation"]
    training = _rows(json_["rows"]["train"], folder, files)
    order = _array(_beside(folder, json_["order"]["file"]), files)
    if order.shape != (json_["epochs"], training.count):
        raise BadExport("the orders of the export are not those of its rows")
    return Manifest(
        run=json_["hash"]["run"],
        digest=digest,
        epochs=_from_one(json_, "epochs"),
        batch=_from_one(json_, "batch"),
        accumulate=_from_one(json_, "accumulate"),
        stop=None if stop is None else StopRule(stop["patience"], stop["min_delta"]),
        state={each["name"]: _array_of(each) for each in json_["state"]},
        saved=frozenset(each["name"] for each in json_["state"] if each["saved"]),
        functions=tuple(_function(each, folder) for each in json_["functions"]),
        train=training,
        validation=None if validation is None else _rows(validation, folder, files),
        order=order,
        start=_beside(folder, json_["start"]),
        files=files,
    )


def _from_one(json_: Mapping[str, Any], name: str) -> int:
    number = json_[name]
    if not isinstance(number, int) or number < 1:
        raise ValueError(f"{name} is {number!r}, and no whole number from 1")
    return number


def _function(json_: Mapping[str, Any], folder: pathlib.Path) -> Function:
    return Function(
        kind=json_["kind"],
        rows=json_["rows"],
        file=_beside(folder, json_["file"]),
        reads=tuple(json_["reads"]),
        feeds=tuple(_array_of(each) for each in json_["feeds"]),
        writes=tuple(json_["writes"]),
        results=tuple(_array_of(each) for each in json_["results"]),
    )


def _array_of(json_: Mapping[str, Any]) -> ArrayOf:
    return ArrayOf(json_["name"], json_["dtype"], tuple(json_["shape"]))


def _rows(json_: Mapping[str, Any], folder: pathlib.Path, files: Mapping[str, str]) -> Rows:
    fields = {}
    for each in json_["fields"]:
        array = _array(_beside(folder, each["file"]), files)
        if list(array.shape) != each["shape"] or array.dtype != DTYPES[each["dtype"]]:
            raise BadExport(f"{each['file']} is {array.dtype}{list(array.shape)}, and not {each['dtype']}{each['shape']}")
        if len(array) != json_["rows"]:
            raise BadExport(f"{each['file']} has {len(array)} rows, and not {json_['rows']}")
        fields[each["name"]] = array
    return Rows(_from_one(json_, "rows"), fields)


def _array(path: pathlib.Path, files: Mapping[str, str]) -> Array:
    """On the disk: no code of a file is run, as no objects are read."""
    array: Array = np.load(whole(path, files), mmap_mode="r", allow_pickle=False)
    return array


def _beside(folder: pathlib.Path, name: str) -> pathlib.Path:
    """A file of the folder itself; the manifest names no other."""
    if pathlib.PurePath(name).name != name:
        raise BadExport(f"{name!r} is no name of a file")
    return folder / name
