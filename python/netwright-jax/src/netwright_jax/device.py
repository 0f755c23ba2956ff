"""The devices of all processes as one row of them, and what lies on them: state on each, batches shared out by their rows."""

import functools
import importlib.metadata
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jax
import numpy as np
from jax.experimental import multihost_utils
from jax.sharding import Mesh, NamedSharding, PartitionSpec

from netwright_jax.checkpoint import Engine
from netwright_jax.manifest import ANEW, BadExport, Function, Manifest
from netwright_jax.module import arguments_of, function_of, type_of
from netwright_jax.tensor_file import Array

AXIS = "rows"
LIBRARY_OPTION = "xla_cpu_experimental_ynn_fusion_type"
PRODUCTS = "LIBRARY_FUSION_TYPE_INDIVIDUAL_DOT,LIBRARY_FUSION_TYPE_INDIVIDUAL_CONVOLUTION"

EVERYTHING = (slice(None),)


class NoDevice(Exception):
    """JAX finds nothing to compute with."""


def check_devices() -> None:
    """Raises NoDevice, where JAX would fail at whatever comes first."""
    try:
        jax.devices()
    except RuntimeError as error:
        raise NoDevice(f"JAX has no device here: {error}") from error


@functools.cache
def keeping_nan() -> dict[str, bool | str]:
    """Options of the compiler. By its defaults a maximum drops NaN on a processor: what a training has to stop at is hidden.

    The second one leaves products alone to a library that drops it whatever the first one says, in reductions of some thousand
    elements; a release of XLA may not know it.
    """
    minimum: dict[str, bool | str] = {"xla_cpu_enable_fast_min_max": False}
    options = {**minimum, LIBRARY_OPTION: PRODUCTS}
    try:
        jax.jit(lambda x: x, compiler_options=options).lower(0.0).compile()
    except jax.errors.JaxRuntimeError as error:
        if LIBRARY_OPTION not in str(error):
            raise
        return minimum
    return options


class Devices:
    """Runs functions of an export. What each gives beside the state is a number, by its name.

    The first call of one that is not as the export says raises BadExport.
    """

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self._mesh = Mesh(np.asarray(jax.devices()), (AXIS,))
        self._everywhere = NamedSharding(self._mesh, PartitionSpec())
        self._by_rows = NamedSharding(self._mesh, PartitionSpec(AXIS))
        self._compiled: dict[str, Callable[..., tuple[jax.Array, ...]]] = {}
        self._state: dict[str, jax.Array] = {}

    def engine(self) -> Engine:
        """What trains here."""
        versions = {"jax": jax.__version__, "jaxlib": importlib.metadata.version("jaxlib")}
        return Engine(versions, self._mesh.size, jax.devices()[0].platform)

    def shares(self, rows: int) -> bool:
        """Whether so many rows can be dealt out evenly. Where not, as mostly at the end of an epoch, each device has all."""
        return rows % len(jax.devices()) == 0

    def put_state(self, state: Mapping[str, Array]) -> None:
        """Of all variables, the same in every process."""
        self._state = {name: self._placed(state[name], self._everywhere) for name in self._manifest.state}

    def state(self, names: Sequence[str] | frozenset[str] | None = None) -> dict[str, Array]:
        """A copy. Every process has all of it."""
        wanted = self._manifest.state if names is None else names
        return {name: np.array(self._state[name].addressable_data(0)) for name in self._state if name in wanted}

    def run(self, function: Function, feeds: Mapping[str, Callable[[slice], Array]]) -> dict[str, float]:
        """`feeds` give rows of the batch: each process asks for those of its own devices alone."""
        compiled = self._compiled.get(function.file.name)
        if compiled is None:
            compiled = self._compiled[function.file.name] = self._compile(function)
        given = [self._state[name] for name in function.reads]
        sharding = self._sharding(function)
        given += [self._fed(feeds[feed.name], feed.shape, sharding) for feed in function.feeds]
        results = compiled(*given)
        self._state.update(zip(function.writes, results, strict=False))
        numbers = results[len(function.writes) :]
        names = [each.name for each in function.results if each.shape == ()]
        return {name: float(each.addressable_data(0)) for name, each in zip(names, numbers, strict=True)}

    def _compile(self, function: Function) -> Callable[..., tuple[jax.Array, ...]]:
        call = function_of(self._manifest, function)
        written = len(function.writes)
        kept = [*range(written), *(written + i for i, each in enumerate(function.results) if each.shape == ())]

        def numbers(*given: jax.Array) -> tuple[jax.Array, ...]:
            results = call(*given)
            return tuple(results[i] for i in kept)

        feeds = [self._sharding(function)] * len(function.feeds)
        compiled = jax.jit(
            numbers,
            in_shardings=(*[self._everywhere] * len(function.reads), *feeds),
            out_shardings=(self._everywhere,) * len(kept),
            donate_argnums=[i for i, name in enumerate(function.reads) if name in function.writes],
            compiler_options=keeping_nan(),
        )
        try:
            compiled.lower(*map(type_of, arguments_of(self._manifest, function)))
        # Its errors have other classes in other versions.
        except Exception as error:
            raise BadExport(f"{function.file} is not what the export says of it: {error}. {ANEW}") from error
        return compiled

    def _sharding(self, function: Function) -> NamedSharding:
        return self._by_rows if self.shares(function.rows) else self._everywhere

    def _fed(self, rows: Callable[[slice], Array], shape: tuple[int, ...], sharding: NamedSharding) -> jax.Array:
        return jax.make_array_from_callback(shape, sharding, lambda index: rows((index or EVERYTHING)[0]))

    def _placed(self, array: Array, sharding: NamedSharding) -> jax.Array:
        return jax.make_array_from_callback(array.shape, sharding, lambda index: array[index])


def is_first() -> bool:
    """Whether this process writes and prints."""
    return jax.process_index() == 0


def same_everywhere(arrays: dict[str, Array]) -> dict[str, Array]:
    """Those of the first process, to the bit. All processes call it, with arrays of the same types."""
    if jax.process_count() == 1:
        return arrays
    # As whole numbers: what is sent is added up, which would lose the sign of zeros, and what is below the normal numbers.
    words = {name: np.atleast_1d(array).view(np.uint32) for name, array in arrays.items()}
    sent: dict[str, Any] = multihost_utils.broadcast_one_to_all(words)
    return {name: np.asarray(sent[name], np.uint32).view(array.dtype).reshape(array.shape) for name, array in arrays.items()}


def same_text(text: str) -> str:
    """That of the first process."""
    if jax.process_count() == 1:
        return text
    data = np.frombuffer(text.encode(), np.uint8).astype(np.uint32)
    length = int(same_everywhere({"length": np.array([data.size], np.uint32)})["length"][0])
    buffer = np.zeros(length, np.uint32)
    buffer[: min(length, data.size)] = data[:length]
    sent = same_everywhere({"text": buffer})["text"]
    return bytes(sent.astype(np.uint8)).decode()


def same_number(number: float) -> float:
    """That of the first process."""
    value: float = json.loads(same_text(json.dumps(number)))
    return value
