"""A small training on two devices of one process: where it comes to, what it keeps, and what it refuses."""

import contextlib
import io
import json
import os
import pathlib
import tempfile
import unittest
from typing import Any
from unittest import mock

# Before JAX is loaded.
os.environ["JAX_NUM_CPU_DEVICES"] = "2"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
import numpy as np

from netwright_jax import checkpoint, device, manifest
from netwright_jax.cli import main
from netwright_jax.device import Devices, keeping_nan
from netwright_jax.processes import NOT_FINITE, REFUSED
from tests.small_export import write_export

X = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]


class TrainingTest(unittest.TestCase):
    """In a folder of its own."""

    def setUp(self) -> None:
        """Makes it."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def export(self, x: Any = X, **others: Any) -> None:
        """Four rows a step, then three, which two devices cannot share."""
        write_export(self.folder, x, **{"batch": 4, "epochs": 2, **others})

    def train(self, *options: str) -> tuple[int, str]:
        """The exit code, and all that was said."""
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = main(["train", str(self.folder), *options])
        return code, said.getvalue()

    def kept(self) -> checkpoint.Checkpoint:
        """What it has come to."""
        return checkpoint.read(self.folder / "checkpoint.safetensors", manifest.read(self.folder))

    def test_whole(self) -> None:
        """Sums over both devices, and the smaller batch at the end."""
        self.export()
        self.assertEqual(self.train()[0], 0)
        found = self.kept()
        self.assertEqual(found.state["w"], np.float32(2 * (2.5 + 6.0)))
        self.assertEqual((found.place.epoch, found.place.step), (3, 0))
        self.assertEqual([line["loss"] for line in found.place.history], [4.0, 4.0])
        self.assertEqual(json.loads(found.engine or "")["devices"], 2)

    def test_rows_are_shared(self) -> None:
        """Each device is given its own rows alone, where they can be dealt out."""
        self.export()
        training = manifest.read(self.folder)
        devices = Devices(training)
        devices.put_state({"w": np.array(0, np.float32)})
        asked: list[int] = []

        def rows(part: slice) -> manifest.Array:
            taken = np.ones((training.function("step", 4).rows, 1), np.float32)[part]
            asked.append(len(taken))
            return taken

        self.assertEqual(devices.run(training.function("step", 4), {"x": rows}), {"loss": 1.0})
        self.assertEqual(asked, [2, 2])

    def test_goes_on(self) -> None:
        """After any step, to the same bits."""
        self.export(x=np.linspace(0.1, 0.9, 7))
        self.train("--checkpoint", str(self.folder / "whole.safetensors"))
        whole = checkpoint.read(self.folder / "whole.safetensors", manifest.read(self.folder))
        self.assertEqual(self.train("--steps", "3")[0], 0)
        self.assertEqual((self.kept().place.epoch, self.kept().place.step), (2, 1))
        code, said = self.train()
        self.assertEqual(code, 0)
        self.assertIn("going on in epoch 2 after step 1", said)
        self.assertEqual(self.kept().state["w"].tobytes(), whole.state["w"].tobytes())
        self.assertEqual(self.kept().place.loss_sum, whole.place.loss_sum)

    def test_early_stop(self) -> None:
        """By the validation loss, here x - w, which never falls by as much as is asked."""
        fields = [{"name": "x", "dtype": "f32", "shape": [7, 1], "file": "small.train.x.npy"}]
        training = {"rows": 7, "fields": fields}
        self.export(
            x=[1.0] * 7, epochs=9, stop={"patience": 2, "min_delta": 100.0}, rows={"train": training, "validation": training}
        )
        self.assertEqual(self.train()[0], 0)
        place = self.kept().place
        self.assertEqual((place.epoch, place.waited), (4, 2))
        self.assertEqual(place.best, checkpoint.Best(1, -1.0))
        self.assertEqual(self.kept().best_weights["w"], np.float32(2))

    def test_not_finite(self) -> None:
        """A maximum keeps NaN, so the loss tells of it; the checkpoint is the one before."""
        self.export(x=[1.0, 1.0, 1.0, 1.0, 1.0, np.nan, 1.0])
        code, said = self.train("--checkpoint-steps", "1")
        self.assertEqual(code, NOT_FINITE)
        self.assertIn("the loss of step 2 of epoch 1 is nan", said)
        self.assertEqual(self.kept().place.step, 1)

    def test_large_maximum(self) -> None:
        """One over some thousand numbers keeps NaN as well."""
        x = np.ones((16, 512), np.float32)
        x[0, 0] = np.nan
        largest = jax.jit(lambda numbers: jnp.max(numbers, 1), compiler_options=keeping_nan())
        self.assertTrue(np.isnan(largest(x)[0]))
        with mock.patch.object(device, "LIBRARY_OPTION", "xla_of_another_release"):
            self.assertEqual(list(keeping_nan.__wrapped__()), ["xla_cpu_enable_fast_min_max"])

    def test_changed_files(self) -> None:
        """Rows, orders and modules that are others than those that were exported, and rows that are fewer than is said."""
        for name in ("small.train.x.npy", "small.order.npy", "small.step_4.mlir"):
            self.export()
            changed = bytearray((self.folder / name).read_bytes())
            changed[-1] ^= 1
            (self.folder / name).write_bytes(changed)
            code, said = self.train()
            self.assertEqual(code, REFUSED)
            self.assertIn(f"{name} is not as it was exported", said)
        fields = [{"name": "x", "dtype": "f32", "shape": [7, 1], "file": "small.train.x.npy"}]
        self.export(rows={"train": {"rows": 8, "fields": fields}, "validation": None})
        self.assertIn("has 7 rows, and not 8", self.train()[1])
        self.export(batch=4)
        text = (self.folder / "training.json").read_text()
        (self.folder / "training.json").write_text(text.replace('"batch": 4', '"batch": 0'))
        self.assertIn("no whole number from 1", self.train()[1])

    def test_weights_of_the_best_epoch(self) -> None:
        """A checkpoint that names one has them, and no variable that the training has not."""
        self.export()
        kept = checkpoint.read(self.folder / "small.start.safetensors", manifest.read(self.folder))
        kept.place.best = checkpoint.Best(1, 0.5)
        place = self.folder / "checkpoint.safetensors"
        checkpoint.write(place, kept)
        self.assertIn("has no w of the type f32[]", self.train()[1])
        kept.best_weights = {"w": np.array(1, np.float32), "v": np.array(1, np.float32)}
        checkpoint.write(place, kept)
        self.assertIn("has v, which the training has not", self.train()[1])

    def test_refused(self) -> None:
        """No export, one of a stranger, a checkpoint of another training or of other devices."""
        self.assertEqual(self.train()[0], REFUSED)
        self.export(start="../small.start.safetensors")
        self.assertIn("is no name of a file", self.train()[1])
        self.export()
        self.train("--steps", "1")
        kept = self.kept()
        kept.engine = checkpoint.Engine({"jax": "0.0.1"}, 3, "cpu").text()
        checkpoint.write(self.folder / "checkpoint.safetensors", kept)
        code, said = self.train()
        self.assertEqual(code, REFUSED)
        self.assertIn("other bits", said)
        self.assertEqual(self.train("--mixed")[0], 0)
        mixed = json.loads(self.kept().engine or "")
        self.assertEqual(mixed["versions"]["jax"], f"0.0.1 and {jax.__version__}")
        self.assertEqual((mixed["versions"]["earlier devices"], mixed["devices"]), ("3", 2))
        # However often it goes on.
        self.assertEqual(self.train("--mixed")[0], 0)
        self.assertEqual(json.loads(self.kept().engine or ""), mixed)
        kept.engine = "{}"
        checkpoint.write(self.folder / "checkpoint.safetensors", kept)
        self.assertIn("does not say what has trained", self.train("--mixed")[1])
        self.export(hash={"run": "b" * 64})
        self.assertIn(
            "a checkpoint of another training", self.train("--checkpoint", str(self.folder / "small.start.safetensors"))[1]
        )

    def test_bits_of_a_checkpoint(self) -> None:
        """Two processes have what the first one has read, to the bit: also the sign of a zero."""
        self.export()
        done = checkpoint.read(self.folder / "small.start.safetensors", manifest.read(self.folder))
        done.place.epoch = 3
        done.place.history = [{"epoch": epoch, "loss": 1.0, "validation_loss": None} for epoch in (1, 2)]
        done.state["w"] = np.array(-0.0, np.float32)
        checkpoint.write(self.folder / "checkpoint.safetensors", done)
        self.assertEqual(self.train("--processes", "2", "--restarts", "0")[0], 0)
        self.assertTrue(np.signbit(self.kept().state["w"]))
        self.assertEqual(json.loads(self.kept().engine or "")["devices"], 4)


if __name__ == "__main__":
    unittest.main()
