"""Tensor files: what is written is read, and what was changed since is refused."""

import pathlib
import tempfile
import unittest

import numpy as np

from netwright_jax import tensor_file


class TensorFileTest(unittest.TestCase):
    """In a folder of its own."""

    def setUp(self) -> None:
        """Writes one."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name) / "a.safetensors"
        self.tensors = {
            "b": np.array([[1.5, -0.0, np.inf]], np.float32),
            "a": np.array(-7, np.int32),
            "c": np.array([2**32 - 1, 0], np.uint32),
        }
        tensor_file.write(self.path, self.tensors, {"note": 'of "quotes" and \u00e4'})

    def test_round_trip(self) -> None:
        """Types, shapes and bits; equal content gives equal bytes, and nothing is left beside it."""
        tensors, metadata = tensor_file.read(self.path)
        self.assertEqual(metadata["note"], 'of "quotes" and \u00e4')
        self.assertEqual(set(tensors), set(self.tensors))
        for name, expected in self.tensors.items():
            self.assertEqual((tensors[name].shape, tensors[name].dtype), (expected.shape, expected.dtype))
            self.assertEqual(tensors[name].tobytes(), expected.tobytes())
        before = self.path.read_bytes()
        tensor_file.write(self.path, dict(reversed(self.tensors.items())), {"note": metadata["note"]})
        self.assertEqual(self.path.read_bytes(), before)
        self.assertEqual([each.name for each in self.path.parent.iterdir()], ["a.safetensors"])

    def test_damage(self) -> None:
        """A bit anywhere, a cut, and what is no such file at all."""
        whole = self.path.read_bytes()
        for at in (3, 40, len(whole) - 1):
            damaged = bytearray(whole)
            damaged[at] ^= 1
            self.path.write_bytes(damaged)
            with self.assertRaises(tensor_file.DamagedFile):
                tensor_file.read(self.path)
        for other in (whole[:-4], whole[:20], b"", b"\xff" * 64):
            self.path.write_bytes(other)
            with self.assertRaises(tensor_file.DamagedFile):
                tensor_file.read(self.path)
