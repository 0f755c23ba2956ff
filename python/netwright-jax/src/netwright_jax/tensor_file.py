"""Tensor files as Netwright seals them: safetensors whose metadata holds the SHA-256 of the whole file.

The seal stands in the file itself, and is hashed as 64 zeros. A file is written beside its place and then put there, so that
whoever ends the process finds the old one or the new one, whole.
"""

import hashlib
import json
import os
import pathlib
from collections.abc import Mapping
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

DTYPES: Mapping[str, Any] = {"F32": np.dtype("<f4"), "I32": np.dtype("<i4"), "U32": np.dtype("<u4")}
NAMES = {dtype: name for name, dtype in DTYPES.items()}
SEAL = "netwright.seal"
METADATA = "__metadata__"
UNSEALED = "0" * 64
LENGTH_BYTES = 8
ALIGNMENT = 8


class DamagedFile(Exception):
    """A file that is not as it was written."""


def read(path: pathlib.Path) -> tuple[dict[str, Array], dict[str, str]]:
    """The tensors by name, and the metadata. Raises DamagedFile."""
    data = path.read_bytes()
    try:
        length = int.from_bytes(data[:LENGTH_BYTES], "little")
        header = json.loads(data[LENGTH_BYTES : LENGTH_BYTES + length])
        metadata: dict[str, str] = header.pop(METADATA)
        at = _place_of_seal(data, length)
        if metadata[SEAL] != _seal_of(data, at):
            raise DamagedFile(f"{path} is not as it was written: its hash is another one than it holds")
        body = memoryview(data)[LENGTH_BYTES + length :]
        return {name: _tensor(body, entry) for name, entry in header.items()}, metadata
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise DamagedFile(f"{path} is no tensor file, or is cut short: {error}") from error


def write(path: pathlib.Path, tensors: Mapping[str, Array], metadata: Mapping[str, str]) -> None:
    """Equal content gives equal bytes: all is sorted by name."""
    entries: dict[str, object] = {METADATA: dict(sorted({**metadata, SEAL: UNSEALED}.items()))}
    parts: list[bytes] = []
    offset = 0
    for name in sorted(tensors):
        tensor = np.asarray(tensors[name], order="C")
        content = tensor.astype(tensor.dtype.newbyteorder("<"), copy=False).tobytes()
        end = offset + len(content)
        dtype = NAMES[tensor.dtype.newbyteorder("<")]
        entries[name] = {"dtype": dtype, "shape": list(tensor.shape), "data_offsets": [offset, end]}
        parts.append(content)
        offset = end
    header = json.dumps(entries, separators=(",", ":"), ensure_ascii=False).encode()
    header += b" " * (-len(header) % ALIGNMENT)
    data = bytearray(len(header).to_bytes(LENGTH_BYTES, "little") + header + b"".join(parts))
    at = _place_of_seal(data, len(header))
    data[at : at + len(UNSEALED)] = _seal_of(data, at).encode()
    _put(path, data)


def _tensor(body: memoryview, entry: Mapping[str, Any]) -> Array:
    begin, end = entry["data_offsets"]
    return np.frombuffer(body[begin:end], DTYPES[entry["dtype"]]).reshape(entry["shape"])


def _place_of_seal(data: bytes | bytearray, length: int) -> int:
    """The byte where its digits begin. Inside of texts the quotes would be escaped."""
    before = f'"{SEAL}":"'.encode()
    return data.index(before, LENGTH_BYTES, LENGTH_BYTES + length) + len(before)


def _seal_of(data: bytes | bytearray, at: int) -> str:
    view = memoryview(data)
    digest = hashlib.sha256(view[:at])
    digest.update(UNSEALED.encode())
    digest.update(view[at + len(UNSEALED) :])
    return digest.hexdigest()


def _put(path: pathlib.Path, data: bytes | bytearray) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    # The name is safe when its folder is, where a system can say so.
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
