"""The command line: where a training lies, how many processes share it, how often it is kept."""

import argparse
import pathlib
import sys
from collections.abc import Sequence

from netwright_jax import __version__
from netwright_jax.processes import NOT_FINITE, REFUSED, run_together

CHECKPOINT = "checkpoint.safetensors"
INTERRUPTED = 130


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 where training has come to its end, 2 for what is refused, 3 for a loss that is not finite."""
    parser = _parser()
    options = parser.parse_args(arguments)
    several = [options.coordinator, options.num_processes, options.process_id]
    if any(each is not None for each in several) and any(each is None for each in several):
        parser.error("--coordinator, --num-processes and --process-id go together")
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
    train.add_argument("--checkpoint-seconds", type=float, default=60.0, metavar="S", help="and after S seconds (default: 60)")
    train.add_argument("--log-steps", type=_positive, metavar="N", help="prints the loss of every Nth step")
    train.add_argument("--steps", type=_positive, metavar="N", help="ends after N steps in all, with a checkpoint")
    train.add_argument(
        "--mixed", action="store_true", help="goes on though other versions or another number of devices give other bits"
    )
    here = train.add_argument_group("several processes of this machine")
    here.add_argument("--processes", type=_positive, metavar="N", help="starts so many, and again when one has died")
    here.add_argument("--restarts", type=_from_zero, default=3, metavar="N", help="at most so often (default: 3)")
    many = train.add_argument_group("processes of several machines, each started by itself")
    many.add_argument("--coordinator", metavar="HOST:PORT", help="where the process 0 listens")
    many.add_argument("--num-processes", type=_positive, metavar="N")
    many.add_argument("--process-id", type=int, metavar="I", help="from 0")
    many.add_argument(
        "--timeout", type=_positive, default=30, metavar="S", help="ends after S seconds without the others (default: 30)"
    )
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("expected a whole number from 1")
    return number


def _from_zero(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("expected a whole number from 0")
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
    # JAX takes a second to load: not to say what is wrong with the options.
    from netwright_jax import together
    from netwright_jax.checkpoint import OtherEngine
    from netwright_jax.manifest import BadExport, read
    from netwright_jax.tensor_file import DamagedFile
    from netwright_jax.training import NotFinite, Settings, train

    settings = Settings(
        checkpoint=options.checkpoint or options.folder / CHECKPOINT,
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
        train(manifest, settings)
    except (BadExport, DamagedFile, OtherEngine) as refused:
        print(f"netwright_jax: {refused}", file=sys.stderr)
        return REFUSED
    except OSError as error:
        print(f"netwright_jax: {error}", file=sys.stderr)
        return 1
    except NotFinite as found:
        print(f"netwright_jax: {found}; the last checkpoint is kept", file=sys.stderr)
        return NOT_FINITE
    return 0


def entry() -> None:
    """The script that is installed."""
    sys.exit(main(sys.argv[1:]))
