"""The command line: where a training lies, how many processes share it, how often it is kept."""

import argparse
import math
import pathlib
import sys
from collections.abc import Sequence

from netwright_jax import __version__
from netwright_jax.interrupts import ending_at_once
from netwright_jax.processes import NOT_FINITE, REFUSED, run_together

CHECKPOINT = "checkpoint.safetensors"
INTERRUPTED = 130
MOST_DIGITS = 9
MOST_PORT = 65535


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 where training has come to its end, 2 for what is refused, 3 for a loss that is not finite."""
    parser = _parser()
    options = parser.parse_args(arguments)
    several = [options.coordinator, options.num_processes, options.process_id]
    if any(each is not None for each in several) and any(each is None for each in several):
        parser.error("--coordinator, --num-processes and --process-id go together")
    if options.process_id is not None and options.process_id >= options.num_processes:
        parser.error(f"of --num-processes {options.num_processes}, --process-id is one from 0 to {options.num_processes - 1}")
    if options.processes is not None and options.coordinator is not None:
        parser.error("--processes starts processes of this machine; --coordinator names those of several")
    try:
        if options.processes is not None:
            return run_together(_for_each(options), options.processes, options.restarts)
        return _train(options)
    except KeyboardInterrupt:
        print("netwright_jax: interrupted; the same command goes on from the last checkpoint", file=sys.stderr)
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("netwright_jax", description=__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    train = parser.add_subparsers(dest="command", required=True).add_parser(
        "train",
        help="trains an exported training, or goes on with it",
        epilog="Afterwards `netwright import FOLDER` makes a run of it.",
    )
    train.add_argument("folder", type=pathlib.Path, help="what `netwright export FILE.net --format stablehlo` wrote")
    train.add_argument(
        "--checkpoint", type=pathlib.Path, help=f"where it is kept, and gone on with (default: {CHECKPOINT} in the folder)"
    )
    train.add_argument("--checkpoint-steps", type=_positive, metavar="N", help="keeps a checkpoint every N steps")
    train.add_argument("--checkpoint-seconds", type=_seconds, default=60.0, metavar="S", help="and after S seconds (default: 60)")
    train.add_argument("--log-steps", type=_positive, metavar="N", help="prints the loss of every Nth step")
    train.add_argument("--steps", type=_positive, metavar="N", help="ends after N steps in all, with a checkpoint")
    train.add_argument(
        "--mixed", action="store_true", help="goes on though other versions or another number of devices give other bits"
    )
    here = train.add_argument_group("several processes of this machine")
    here.add_argument("--processes", type=_positive, metavar="N", help="starts so many, and again when one has died")
    here.add_argument("--restarts", type=_from_zero, default=3, metavar="N", help="at most so often (default: 3)")
    many = train.add_argument_group("processes of several machines, each started by itself")
    many.add_argument("--coordinator", type=_address, metavar="HOST:PORT", help="where the process 0 listens")
    many.add_argument("--num-processes", type=_positive, metavar="N")
    many.add_argument("--process-id", type=_from_zero, metavar="I", help="from 0")
    many.add_argument(
        "--timeout", type=_positive, default=30, metavar="S", help="ends after S seconds without the others (default: 30)"
    )
    return parser


def _positive(text: str) -> int:
    return _whole(text, 1)


def _from_zero(text: str) -> int:
    return _whole(text, 0)


def _whole(text: str, least: int) -> int:
    # Of digits alone: `int` takes ` 1_000 `, too.
    if not (text.isascii() and text.isdecimal()) or len(text) > MOST_DIGITS or int(text) < least:
        raise argparse.ArgumentTypeError(f"expected a whole number from {least}, and found {text!r}")
    return int(text)


def _address(text: str) -> str:
    host, colon, port = text.rpartition(":")
    if not (host and colon and port.isascii() and port.isdecimal() and 0 < int(port[:MOST_DIGITS]) <= MOST_PORT):
        raise argparse.ArgumentTypeError(f"expected a host and a port up to {MOST_PORT}, as 10.0.0.1:9000, and found {text!r}")
    return text


def _seconds(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if math.isnan(number) or number < 0:
        raise argparse.ArgumentTypeError(f"expected a number of seconds from 0, and found {text!r}")
    return number


def _for_each(options: argparse.Namespace) -> list[str]:
    """What each of several processes is given, beside who it is."""
    given = [str(options.folder), "--checkpoint-seconds", str(options.checkpoint_seconds), "--timeout", str(options.timeout)]
    named = {
        "--checkpoint": options.checkpoint,
        "--checkpoint-steps": options.checkpoint_steps,
        "--log-steps": options.log_steps,
        "--steps": options.steps,
    }
    for name, value in named.items():
        if value is not None:
            given += [name, str(value)]
    return [*given, "--mixed"] if options.mixed else given


def _train(options: argparse.Namespace) -> int:
    with ending_at_once(_checkpoint_of(options)):
        return _train_on(options)


def _checkpoint_of(options: argparse.Namespace) -> pathlib.Path:
    file: pathlib.Path = options.checkpoint or options.folder / CHECKPOINT
    return file


def _train_on(options: argparse.Namespace) -> int:
    # JAX takes a second to load: not to say what is wrong with the options.
    try:
        from netwright_jax import together
        from netwright_jax.checkpoint import BadPlace, OtherEngine
        from netwright_jax.device import NoDevice, check_devices
        from netwright_jax.manifest import BadExport, read
        from netwright_jax.tensor_file import DamagedFile
        from netwright_jax.training import NotFinite, Settings, train
    except ImportError as error:
        print(f"netwright_jax: JAX cannot be loaded ({error}): `pip install 'jax>=0.9.2,<0.13'`", file=sys.stderr)
        return REFUSED

    settings = Settings(
        checkpoint=_checkpoint_of(options),
        every_steps=options.checkpoint_steps,
        every_seconds=options.checkpoint_seconds,
        log_every=options.log_steps,
        steps=options.steps,
        mixed=options.mixed,
    )
    try:
        manifest = read(options.folder)
        if options.coordinator is not None:
            together.join(options.coordinator, options.num_processes, options.process_id, options.timeout)
        check_devices()
        train(manifest, settings)
    except (BadExport, BadPlace, DamagedFile, NoDevice, OtherEngine) as refused:
        print(f"netwright_jax: {refused}", file=sys.stderr)
        return REFUSED
    except OSError as error:
        print(f"netwright_jax: {error}; once that is mended, the same command goes on from the last checkpoint", file=sys.stderr)
        return 1
    except NotFinite as found:
        print(f"netwright_jax: {found}; the last checkpoint is kept", file=sys.stderr)
        return NOT_FINITE
    return 0


def entry() -> None:
    """The script that is installed."""
    sys.exit(main(sys.argv[1:]))
