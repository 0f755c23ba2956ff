"""A small training on two devices of one process: where it comes to, what it keeps, and what it refuses."""

import contextlib
import hashlib
import io
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from typing import Any
from unittest import mock

# Before JAX is loaded.
os.environ["JAX_NUM_CPU_DEVICES"] = "2"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
import numpy as np

from netwright_jax import checkpoint, device, manifest, tensor_file
from netwright_jax.cli import INTERRUPTED, main
from netwright_jax.device import Devices, keeping_nan
from netwright_jax.processes import NOT_FINITE, REFUSED
from tests.small_export import write_export

FILES = ["..", ".", "", "/etc/passwd", "a/b", "none", "a\0b", 1, None]
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

    def hash_anew(self) -> None:
        """As if the export had been written like this."""
        path = self.folder / "training.json"
        changed = json.loads(path.read_text())
        changed["files"] = {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in self.folder.glob("[sw]*.*")}
        path.write_text(json.dumps(changed))

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
        self.assertIn("expected a whole number from 1, and found", self.train()[1])

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

    def test_changed_manifest(self) -> None:
        """Whatever is changed is refused before a step is done, and told without a traceback."""
        self.export()
        whole = json.loads((self.folder / "training.json").read_text())
        field = ("rows", "train", "fields", 0)
        changes: list[tuple[tuple[str | int, ...], Any]] = [
            *[((key,), value) for key in ("batch", "accumulate", "epochs") for value in (0, -1, 1.5, "x", None, True, 1e9)],
            *[(("version",), value) for value in (0, 2, "1", 1.5, None)],
            *[(("stop",), value) for value in ([], {}, {"patience": "x", "min_delta": 0}, {"patience": 0, "min_delta": 0})],
            *[((key,), "nonsense") for key in ("state", "functions", "rows", "order", "hash")],
            *[(("functions",), []), (("state",), []), (("rows", "train", "fields"), []), (("rows", "train", "rows"), 9)],
            *[(("state", 0, key), value) for key, value in (("dtype", "f64"), ("shape", [3]), ("shape", [-1]), ("shape", 1))],
            *[(("functions", 0, key), value) for key in ("reads", "writes") for value in ([], ["q"], 1)],
            *[(("functions", 0, key), []) for key in ("feeds", "results")],
            *[(("functions", 0, "results", 0, key), value) for key, value in (("name", "q"), ("shape", [2]))],
            *[(("functions", 0, "feeds", 0, key), value) for key, value in (("name", "q"), ("shape", [4, 2]), ("dtype", "f64"))],
            *[((*place, "file"), name) for place in (("functions", 0), ("order",), field) for name in FILES],
            *[(("start",), name) for name in FILES],
        ]
        for (*place, last), value in changes:
            with self.subTest(place=place, last=last, value=value):
                changed = json.loads(json.dumps(whole))
                inner = changed
                for key in place:
                    inner = inner[key]
                inner[last] = value
                (self.folder / "training.json").write_text(json.dumps(changed))
                code, said = self.train()
                self.assertEqual((code, said[:15]), (REFUSED, "netwright_jax: "), said)

    def test_damaged_files(self) -> None:
        """Empty, cut short, of another kind, gone, a folder; in the end the folder is as it was."""
        self.export()
        for name in ("training.json", "small.order.npy", "small.train.x.npy", "small.start.safetensors", "small.step_3.mlir"):
            path = self.folder / name
            content = path.read_bytes()
            for changed in (b"", content[: len(content) // 2], b"\xff\xfe" * 99, b"[" * 99_999):
                with self.subTest(name=name, begins=changed[:9], size=len(changed)):
                    path.write_bytes(changed)
                    code, said = self.train()
                    self.assertEqual(code, REFUSED, said)
                    self.assertIn(f"netwright_jax: {path}", said)
            with self.subTest(name=name):
                path.unlink()
                self.assertEqual(self.train()[0], REFUSED)
                path.mkdir()
                self.assertEqual(self.train()[0], REFUSED)
                path.rmdir()
            path.write_bytes(content)
            (self.folder / "checkpoint.safetensors").unlink(missing_ok=True)
        self.assertEqual(self.train()[0], 0)

    def test_rows_of_others(self) -> None:
        """An order past the rows, types of another kind, and validation rows that weigh nothing."""
        for name, array in (
            ("order", np.full((2, 7), 99, np.uint32)),
            ("order", np.zeros((2, 7), np.float32)),
            ("order", np.full((2, 7), -1, np.int64)),
            ("order", np.zeros((2, 6), np.uint32)),
            ("train.x", np.ones((7, 1))),
            ("train.x", np.ones((7, 1), ">f4")),
            ("train.x", np.ones((7, 2), np.float32)),
        ):
            with self.subTest(name=name, dtype=array.dtype, shape=array.shape):
                self.export()
                np.save(self.folder / f"small.{name}.npy", array)
                self.hash_anew()
                code, said = self.train()
                self.assertEqual(code, REFUSED, said)
                self.assertNotIn("as it was exported", said)
        for module in ("", "nonsense", "module @small {\n}", (self.folder / "small.step_4.mlir").read_text()):
            with self.subTest(module=module[:20]):
                self.export()
                (self.folder / "small.step_3.mlir").write_text(module)
                self.hash_anew()
                code, said = self.train()
                self.assertEqual(code, REFUSED, said)
                self.assertNotIn("as it was exported", said)
        x = {"name": "x", "dtype": "f32", "shape": [7, 1], "file": "small.train.x.npy"}
        np.save(self.folder / "weight.npy", np.zeros(7, np.float32))
        weight = {"name": "weight", "dtype": "f32", "shape": [7], "file": "weight.npy"}
        self.export(rows={"train": {"rows": 7, "fields": [x]}, "validation": {"rows": 7, "fields": [x, weight]}})
        self.hash_anew()
        code, said = self.train()
        self.assertEqual(code, REFUSED, said)
        self.assertIn("no weight", said)

    def test_changed_checkpoint(self) -> None:
        """Its hash is right, and what it says is nonsense."""
        self.export()
        self.assertEqual(self.train("--steps", "1")[0], 0)
        path = self.folder / "checkpoint.safetensors"
        tensors, metadata = tensor_file.read(path)
        header = json.loads(metadata[checkpoint.KEY])
        best = [[], {}, 1, {"epoch": 1, "loss": "x"}, {"epoch": 1, "loss": 1.0}]
        changes: dict[str, list[Any]] = {
            **{key: ["x", None, -5, 10**6, [], True, 1.5] for key in ("epoch", "step")},
            **{key: ["x", None, []] for key in ("format", "lossSum", "seconds", "waited")},
            "history": ["x", None, {}, [1], [{}]],
            "best": best,
        }
        for key, values in changes.items():
            for value in values:
                with self.subTest(key=key, value=value):
                    text = json.dumps({**header, key: value})
                    tensor_file.write(path, tensors, {**metadata, checkpoint.KEY: text})
                    code, said = self.train()
                    self.assertEqual(code, REFUSED, said)
        for engine in ("x", "[]", "{}", '{"versions":{"jax":1}}'):
            with self.subTest(engine=engine):
                tensor_file.write(path, tensors, {**metadata, checkpoint.ENGINE: engine})
                self.assertEqual(self.train("--mixed")[0], REFUSED)

    def test_place_of_the_checkpoint(self) -> None:
        """Told before the training, which would be lost; a device has no end, so that it is not read."""
        self.export()
        for place in (self.folder / "none" / "c", self.folder, pathlib.Path("/dev/full"), pathlib.Path()):
            with self.subTest(place=place):
                code, said = self.train("--checkpoint", str(place))
                self.assertEqual(code, REFUSED)
                self.assertNotIn("epoch", said)
                self.assertIn("cannot be kept", said)

    def test_options(self) -> None:
        """Each wrong one is named, before JAX is loaded."""
        machines = ["--num-processes", "2", "--process-id"]
        for options in (
            ["--steps", "x"],
            ["--steps", "0"],
            ["--restarts", "-1", "--processes", "2"],
            ["--checkpoint-seconds", "nan"],
            ["--checkpoint-seconds", "-1"],
            ["--coordinator", "x", *machines, "0"],
            ["--coordinator", "x:99999", *machines, "0"],
            ["--coordinator", "x:9000", *machines, "2"],
            ["--coordinator", "x:9000", *machines, "-1"],
            ["--process-id", "0"],
        ):
            with self.subTest(options=options):
                said = io.StringIO()
                with self.assertRaises(SystemExit) as ended, contextlib.redirect_stderr(said):
                    main(["train", str(self.folder), *options])
                self.assertEqual(ended.exception.code, REFUSED)
                self.assertIn("error: ", said.getvalue())
                self.assertNotIn("_positive", said.getvalue())

    def started(self, *options: str) -> subprocess.Popen[str]:
        """The command as a process of its own, once it has trained its first epoch."""
        self.export(epochs=100_000)
        command = [sys.executable, "-m", "netwright_jax", "train", str(self.folder), *options]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.addCleanup(process.kill)
        assert process.stdout is not None
        self.addCleanup(process.stdout.close)
        for line in process.stdout:
            if line.startswith("epoch 1/"):
                break
        return process

    def test_interrupted(self) -> None:
        """In the middle of what JAX computes: no crash."""
        process = self.started()
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=60)
        self.assertEqual(process.returncode, INTERRUPTED, said[-300:])
        self.assertTrue(said.endswith("goes on from the last checkpoint\n"), said[-300:])
        # While JAX is loaded, which drops or renames the exception that Python would raise.
        for seconds in (0.3, 0.6, 0.9):
            command = [sys.executable, "-m", "netwright_jax", "train", str(self.folder)]
            loading = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            time.sleep(seconds)
            loading.send_signal(signal.SIGINT)
            said, _ = loading.communicate(timeout=60)
            self.assertNotEqual(loading.returncode, 0)
            self.assertNotIn("ImportError", said)

    def test_nobody_listens(self) -> None:
        """Progress that cannot be told does not end a training: a pipe that is closed, a full disk, no output at all."""
        command = f"{sys.executable} -m netwright_jax train {self.folder} --log-steps 1"
        self.export(epochs=50)
        for shell in (f"{command} | head -n 1", f"{command} > /dev/full", f"{command} >&-"):
            with self.subTest(shell=shell):
                done = subprocess.run(["/bin/bash", "-o", "pipefail", "-c", shell], capture_output=True, text=True, check=False)
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                self.assertEqual(self.kept().place.epoch, 51)
                (self.folder / "checkpoint.safetensors").unlink()

    def test_without_jax(self) -> None:
        """JAX that cannot be loaded, and JAX without a device, are told in a line."""
        self.export()
        (self.folder / "other").mkdir()
        (self.folder / "other" / "jax.py").write_text("__version__ = '0'\n")
        here = os.pathsep.join([str(self.folder / "other"), *sys.path])
        command = [sys.executable, "-m", "netwright_jax", "train", str(self.folder)]
        for other in ({"PYTHONPATH": here}, {"JAX_PLATFORMS": "none_of_these"}):
            with self.subTest(**other):
                done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **other})
                self.assertEqual((done.returncode, done.stderr[:15], done.stderr.count("\n")), (REFUSED, "netwright_jax: ", 1))

    def test_ended_together(self) -> None:
        """Who ends the first command ends the processes that share the training: the pipe that they print to is closed."""
        process = self.started("--processes", "2")
        process.terminate()
        process.communicate(timeout=20)
        self.assertEqual(process.returncode, 128 + signal.SIGTERM)

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
