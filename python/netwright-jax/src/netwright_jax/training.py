"""The loop of a training: steps, validation, early stopping, checkpoints. It goes the way of Netwright's own."""

import contextlib
import dataclasses
import math
import pathlib
import time
from collections.abc import Callable, Iterator, Mapping

import numpy as np

from netwright_jax import checkpoint as checkpoints
from netwright_jax.checkpoint import Best, Checkpoint, Place
from netwright_jax.device import Devices, is_first, same_everywhere, same_number, same_text
from netwright_jax.manifest import BadExport, Manifest, Rows
from netwright_jax.tensor_file import Array

WEIGHT = "weight"


class NotFinite(Exception):
    """A loss is no finite number."""


@dataclasses.dataclass(frozen=True)
class Settings:
    """`steps` ends a training before its end, after so many steps in all; it can go on from there."""

    checkpoint: pathlib.Path
    every_steps: int | None = None
    every_seconds: float = 60.0
    log_every: int | None = None
    steps: int | None = None
    mixed: bool = False


def train(manifest: Manifest, settings: Settings) -> Place:
    """From the start, or from the checkpoint where there is one; gives where it has come to. Every process calls it."""
    if same_text(manifest.digest) != manifest.digest:
        raise BadExport("the first process has another export: copy the same folder to every machine")
    return _Training(manifest, settings).run()


class _Training:
    def __init__(self, manifest: Manifest, settings: Settings) -> None:
        self.manifest = manifest
        self.settings = settings
        self.devices = Devices(manifest)
        begun = self._begin()
        self.place = begun.place
        self.best_weights = begun.best_weights
        self.engine = begun.engine
        self.kept_at = time.monotonic()
        self.kept_step = self._steps_done()
        self.devices.put_state(begun.state)
        if not self.devices.shares(manifest.batch):
            say(f"{self.devices.engine().devices} devices cannot share a batch of {manifest.batch} rows: each computes all of it")

    def _begin(self) -> Checkpoint:
        """What the first process goes on with is what all go on with: the others need not see its file."""
        start = checkpoints.read(self.manifest.start, self.manifest)
        own = is_first() and self.settings.checkpoint.exists()
        found = checkpoints.read(self.settings.checkpoint, self.manifest) if own else start
        place = checkpoints.place_of(same_text(found.place.text()))
        before = same_text(found.engine or "") or None
        engine = checkpoints.engine_for(before, self.devices.engine(), mixed=self.settings.mixed)
        best = {name: array for name, array in start.state.items() if name in self.manifest.saved}
        best_weights = same_everywhere(found.best_weights or best) if place.best is not None else {}
        if own:
            say(f"going on in epoch {place.epoch} after step {place.step}, from {self.settings.checkpoint}")
        return Checkpoint(place, same_everywhere(found.state), best_weights, engine)

    def run(self) -> Place:
        while not self._is_done() and not self._has_enough():
            self._epoch()
        self._keep()
        return self.place

    def _is_done(self) -> bool:
        stop, place = self.manifest.stop, self.place
        stopped = stop is not None and 0 < place.waited >= stop.patience
        return stopped or place.epoch > self.manifest.epochs

    def _steps(self) -> int:
        return math.ceil(self.manifest.train.count / self.manifest.batch)

    def _steps_done(self) -> int:
        return (self.place.epoch - 1) * self._steps() + self.place.step

    def _has_enough(self) -> bool:
        return self.settings.steps is not None and self._steps_done() >= self.settings.steps

    def _epoch(self) -> None:
        place = self.place
        order = self.manifest.order[place.epoch - 1]
        while place.step < self._steps():
            if self._has_enough():
                return
            with self._timed():
                rows = order[place.step * self.manifest.batch :][: self.manifest.batch]
                loss = self._step(rows)
                place.step += 1
                place.loss_sum += loss * len(rows)
            if self.settings.log_every is not None and self._steps_done() % self.settings.log_every == 0:
                say(f"step {self._steps_done()}  loss {loss!r}")
            self._keep_if_due()
        with self._timed():
            validation = self._validate()
        self._close(place.loss_sum / self.manifest.train.count, validation)
        self._keep_if_due()

    def _step(self, rows: Array) -> float:
        is_last = self.place.step + 1 == self._steps()
        updates = is_last or (self.place.step + 1) % self.manifest.accumulate == 0
        function = self.manifest.function("step" if updates else "accumulate", len(rows))
        feeds = {name: _taken(field, rows) for name, field in self.manifest.train.fields.items()}
        loss = self.devices.run(function, feeds)["loss"]
        if not math.isfinite(loss):
            raise NotFinite(f"the loss of step {self.place.step + 1} of epoch {self.place.epoch} is {loss}")
        return loss

    def _validate(self) -> float | None:
        """Mean over the rows by their weights. The last piece is filled up with rows of weight 0, which count nothing."""
        rows = self.manifest.validation
        if rows is None:
            return None
        function = self.manifest.evaluation()
        loss = weight = 0.0
        for start in range(0, rows.count, function.rows):
            sums = self.devices.run(function, _filled_up(rows, start, function.rows))
            loss += sums["loss_sum"]
            weight += sums["weight_sum"]
        if not math.isfinite(loss):
            raise NotFinite(f"the validation loss of epoch {self.place.epoch} is {loss}")
        # All go by one number, should machines differ in its last digit.
        return same_number(loss / weight)

    def _close(self, loss: float, validation: float | None) -> None:
        place = self.place
        improved = False
        if self.manifest.stop is not None and validation is not None:
            best = place.best
            improved = best is None or validation < best.loss - self.manifest.stop.min_delta
            place.waited = 0 if improved else place.waited + 1
            if improved:
                place.best = Best(place.epoch, validation)
                self.best_weights = self.devices.state(self.manifest.saved)
        line = {"epoch": place.epoch, "loss": loss, "validation_loss": validation, "seconds": place.seconds}
        place.history.append(line)
        told = "" if validation is None else f"  validation {validation:.6g}"
        say(
            f"epoch {place.epoch}/{self.manifest.epochs}  loss {loss:.6g}{told}  "
            f"{place.seconds:.1f} s{'  best so far' if improved else ''}"
        )
        place.epoch += 1
        place.step = 0
        place.loss_sum = place.seconds = 0.0

    @contextlib.contextmanager
    def _timed(self) -> Iterator[None]:
        started = time.monotonic()
        yield
        self.place.seconds += time.monotonic() - started

    def _keep_if_due(self) -> None:
        every = self.settings.every_steps
        by_steps = every is not None and self._steps_done() - self.kept_step >= every
        if not by_steps and time.monotonic() - self.kept_at < self.settings.every_seconds:
            return
        try:
            self._keep()
        except OSError as error:
            # Training goes on: the next one may find room again.
            say(f"the checkpoint could not be kept: {error}")
            self.kept_at = time.monotonic()
            self.kept_step = self._steps_done()

    def _keep(self) -> None:
        """By the first process, whose clock decides: the others have no part in it."""
        if is_first():
            kept = Checkpoint(self.place, self.devices.state(), self.best_weights, self.engine)
            checkpoints.write(self.settings.checkpoint, kept)
        self.kept_at = time.monotonic()
        self.kept_step = self._steps_done()


def _taken(field: Array, rows: Array) -> Callable[[slice], Array]:
    return lambda part: np.asarray(field[rows[part]])


def _filled_up(rows: Rows, start: int, size: int) -> Mapping[str, Callable[[slice], Array]]:
    end = min(start + size, rows.count)
    weights = np.ones(rows.count, np.float32) if WEIGHT not in rows.fields else rows.fields[WEIGHT]

    def part_of(field: Array) -> Callable[[slice], Array]:
        whole = np.zeros((size, *field.shape[1:]), field.dtype)
        whole[: end - start] = field[start:end]
        return lambda part: whole[part]

    return {name: part_of(field) for name, field in {**rows.fields, WEIGHT: weights}.items()}


def say(line: str) -> None:
    """By the first process alone."""
    if is_first():
        print(line, flush=True)
