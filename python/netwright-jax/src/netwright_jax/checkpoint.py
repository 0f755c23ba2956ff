"""Where a training stands between two steps: the checkpoint of Netwright's own runs, and beside it what has trained."""

import dataclasses
import json
import os
import pathlib
from collections.abc import Mapping
from typing import Any

from netwright_jax import tensor_file
from netwright_jax.manifest import DTYPES, ArrayOf, BadExport, Manifest
from netwright_jax.tensor_file import Array
from netwright_jax.typed import items, mapping, number, text, whole

KEY = "netwright.checkpoint"
ENGINE = "netwright.engine"
STATE = "state/"
BEST = "best/"


class OtherEngine(Exception):
    """A checkpoint that goes on only with other bits."""


class BadPlace(Exception):
    """A file that cannot be a checkpoint."""


@dataclasses.dataclass(frozen=True)
class Best:
    """The best epoch so far, by its validation loss."""

    epoch: int
    loss: float


@dataclasses.dataclass
class Place:
    """`epoch` counts from 1 and is under way, with `step` of its steps done."""

    format: int
    run: str
    epoch: int
    step: int
    loss_sum: float
    seconds: float
    waited: int
    best: Best | None
    history: list[dict[str, Any]]

    def text(self) -> str:
        """As the header of a checkpoint."""
        best = None if self.best is None else dataclasses.asdict(self.best)
        return json.dumps(
            {
                "format": self.format,
                "run": self.run,
                "epoch": self.epoch,
                "step": self.step,
                "lossSum": self.loss_sum,
                "seconds": self.seconds,
                "waited": self.waited,
                "best": best,
                "history": self.history,
            },
            allow_nan=False,
        )


@dataclasses.dataclass(frozen=True)
class Engine:
    """What trains. Another version, or another number of devices, gives other bits."""

    versions: Mapping[str, str]
    devices: int
    platform: str

    def text(self) -> str:
        """As Netwright reads it."""
        return json.dumps({"versions": dict(self.versions), "devices": self.devices, "platform": self.platform}, sort_keys=True)


@dataclasses.dataclass
class Checkpoint:
    """`best_weights` is empty where `place.best` is None."""

    place: Place
    state: dict[str, Array]
    best_weights: dict[str, Array]
    engine: str | None


def place_of(header_text: str) -> Place:
    """Of the header of a checkpoint. Raises KeyError, ValueError, RecursionError."""
    header = mapping(json.loads(header_text))
    best = header["best"]
    return Place(
        format=whole(header["format"]),
        run=text(header["run"]),
        epoch=whole(header["epoch"], 1),
        step=whole(header["step"]),
        loss_sum=number(header["lossSum"]),
        seconds=number(header["seconds"]),
        waited=whole(header["waited"]),
        best=None if best is None else Best(whole(mapping(best)["epoch"], 1), number(best["loss"])),
        history=[dict(mapping(line)) for line in items(header["history"])],
    )


def read(path: pathlib.Path, manifest: Manifest) -> Checkpoint:
    """Of this training. Raises DamagedFile, BadExport."""
    tensors, metadata = tensor_file.read(path)
    try:
        place = place_of(metadata[KEY])
    except KeyError as error:
        raise tensor_file.DamagedFile(f"{path} is no checkpoint: it has no {error}") from error
    except (ValueError, RecursionError) as error:
        raise tensor_file.DamagedFile(f"{path} is no checkpoint: {error}") from error
    if place.run != manifest.run:
        raise BadExport(f"{path} is a checkpoint of another training: remove it, or name another with --checkpoint")
    done = len(place.history)
    if place.epoch > manifest.epochs + 1 or place.step >= manifest.steps() or done != place.epoch - 1:
        where = f"step {place.step} of epoch {place.epoch}, after {done} epochs"
        raise tensor_file.DamagedFile(f"{path} is no checkpoint: it stands at {where}, of {manifest.epochs} in all")
    state = _held(path, _under(STATE, tensors), manifest.state)
    saved = {} if place.best is None else {name: manifest.state[name] for name in manifest.saved}
    return Checkpoint(place, state, _held(path, _under(BEST, tensors), saved), metadata.get(ENGINE))


def _held(path: pathlib.Path, found: dict[str, Array], expected: Mapping[str, ArrayOf]) -> dict[str, Array]:
    """Those that are expected, and no other: processes send them to each other by their names."""
    for name, each in expected.items():
        array = found.get(name)
        if array is None or array.shape != each.shape or array.dtype != DTYPES[each.dtype]:
            raise tensor_file.DamagedFile(f"{path} has no {name} of the type {each.dtype}{list(each.shape)}")
    if len(found) != len(expected):
        raise tensor_file.DamagedFile(f"{path} has {', '.join(sorted(set(found) - set(expected)))}, which the training has not")
    return found


def check_place(path: pathlib.Path) -> None:
    """Before a training that would be lost in the end: whether a checkpoint can be kept there. Raises BadPlace."""
    if path.exists() and not path.is_file():
        raise BadPlace(f"the checkpoint cannot be kept at {path}, which is no file: name another with --checkpoint")
    if not path.parent.is_dir():
        raise BadPlace(f"the checkpoint cannot be kept at {path}: there is no folder {path.parent}")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise BadPlace(f"the checkpoint cannot be kept at {path}: nothing can be written to {path.parent}")


def write(path: pathlib.Path, checkpoint: Checkpoint) -> None:
    """Whole, or not at all."""
    tensors = {STATE + name: array for name, array in checkpoint.state.items()}
    tensors.update({BEST + name: array for name, array in checkpoint.best_weights.items()})
    engine = {} if checkpoint.engine is None else {ENGINE: checkpoint.engine}
    tensor_file.write(path, tensors, {"format": "netwright", KEY: checkpoint.place.text(), **engine})


def engine_for(before: str | None, now: Engine, *, mixed: bool) -> str:
    """What a checkpoint says that goes on with one of `before`. Raises OtherEngine where that is another, and not `mixed`."""
    if before is None or before == now.text():
        return now.text()
    if not mixed:
        raise OtherEngine(
            f"the checkpoint was made by {before}, and here is {now.text()}: the result would have other bits. "
            "--mixed goes on anyway; without the checkpoint training begins anew"
        )
    earlier = _engine_of(before)
    names = sorted({*earlier.versions, *now.versions})
    versions = {name: _both(earlier.versions.get(name), now.versions.get(name)) for name in names}
    for name, was, is_now in (
        ("devices", str(earlier.devices), str(now.devices)),
        ("platform", earlier.platform, now.platform),
    ):
        if was != is_now:
            versions[f"earlier {name}"] = _both(versions.get(f"earlier {name}"), was)
    return Engine(versions, now.devices, now.platform).text()


def _engine_of(engine: str) -> Engine:
    try:
        said = mapping(json.loads(engine))
        versions = {name: text(version) for name, version in mapping(said["versions"]).items()}
        return Engine(versions, whole(said["devices"], 1), text(said["platform"]))
    except KeyError as error:
        raise tensor_file.DamagedFile(f"the checkpoint does not say what has trained it: it has no {error}") from error
    except (ValueError, RecursionError) as error:
        raise tensor_file.DamagedFile(f"the checkpoint does not say what has trained it: {error}") from error


def _both(before: str | None, now: str | None) -> str:
    """Each once, however often a training was gone on with."""
    told = [*([] if before is None else before.split(" and ")), *([] if now is None else [now])]
    return " and ".join(dict.fromkeys(told))


def _under(prefix: str, tensors: Mapping[str, Array]) -> dict[str, Array]:
    return {name[len(prefix) :]: array for name, array in tensors.items() if name.startswith(prefix)}
