"""A module of StableHLO as a function that `jax.jit` takes.

`jax.export` calls programs that it has exported itself. So an empty function of the same types is exported, and Netwright's
takes the place of its module: all that JAX wants to know beside it, which is other in each of its versions, JAX has filled in.
"""

import dataclasses
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
from jax import export
from jax.extend import mlir
from jax.extend.mlir.dialects import stablehlo

from netwright_jax.manifest import ANEW, DTYPES, ArrayOf, BadExport, Function, Manifest, intact


def function_of(manifest: Manifest, function: Function) -> Callable[..., tuple[jax.Array, ...]]:
    """Takes the arguments of `@main` in their order, and gives its results. Raises BadExport."""
    arguments = arguments_of(manifest, function)
    results = [manifest.state[name] for name in function.writes] + list(function.results)

    def empty(*_: jax.Array) -> tuple[jax.Array, ...]:
        return tuple(jnp.zeros(each.shape, DTYPES[each.dtype]) for each in results)

    # What it takes is kept, though it uses none of it.
    shell = export.export(jax.jit(empty, keep_unused=True))(*[type_of(each) for each in arguments])
    version = stablehlo.get_current_version()
    try:
        module = mlir.serialize_portable_artifact(intact(function.file, manifest.files).read_text(encoding="utf-8"), version)
    except BadExport:
        raise
    except OSError as error:
        raise BadExport(f"{function.file} cannot be read ({error.strerror}). {ANEW}") from error
    # Its errors have other classes in other versions.
    except Exception as error:
        raise BadExport(f"{function.file} is no StableHLO that this JAX reads: {error}. {ANEW}") from error
    call: Any = dataclasses.replace(shell, mlir_module_serialized=module).call
    return lambda *given: tuple(call(*given))


def arguments_of(manifest: Manifest, function: Function) -> list[ArrayOf]:
    """Of `@main`."""
    return [manifest.state[name] for name in function.reads] + list(function.feeds)


def type_of(array: ArrayOf) -> jax.ShapeDtypeStruct:
    """As JAX says it."""
    return jax.ShapeDtypeStruct(array.shape, DTYPES[array.dtype])
