"""Whether the parts of an export go together: what functions take is there, and each batch has one that takes it."""

from collections.abc import Iterator

from netwright_jax.manifest import DTYPES, ArrayOf, BadExport, Function, Manifest, Rows

WEIGHT = "weight"
LOSSES = {"step": {"loss"}, "accumulate": {"loss"}, "evaluate": {"loss_sum", "weight_sum"}}


def check(manifest: Manifest) -> None:
    """Before anything is compiled or trained. Raises BadExport."""
    for kind, rows in _needed(manifest):
        _check_function(manifest, manifest.function(kind, rows), manifest.train)
    if manifest.validation is not None:
        _check_function(manifest, manifest.evaluation(), manifest.validation)


def _needed(manifest: Manifest) -> Iterator[tuple[str, int]]:
    """Of an epoch, each kind of step with each number of rows."""
    count, batch, accumulate = manifest.train.count, manifest.batch, manifest.accumulate
    whole, rest = divmod(count, batch)
    last = rest or batch
    yield "step", last
    others = whole if rest > 0 else whole - 1
    if others >= accumulate:
        yield "step", batch
    if accumulate > 1 and others > 0:
        yield "accumulate", batch


def _check_function(manifest: Manifest, function: Function, rows: Rows) -> None:
    for name in (*function.reads, *function.writes):
        if name not in manifest.state:
            raise BadExport(f"{function.file.name} takes or gives {name!r}, which is no state of the export")
    for feed in function.feeds:
        if not _is_fed(feed, function, rows):
            raise BadExport(
                f"{function.file.name} takes {feed.dtype}{list(feed.shape)} as {feed.name!r}, and the rows are others"
            )
    numbers = {each.name for each in function.results if each.shape == ()}
    missing = LOSSES[function.kind] - numbers
    if missing:
        raise BadExport(f"{function.file.name} does not give {' and '.join(sorted(missing))}")


def _is_fed(feed: ArrayOf, function: Function, rows: Rows) -> bool:
    field = rows.fields.get(feed.name)
    if field is not None:
        return feed.shape == (function.rows, *field.shape[1:]) and field.dtype == DTYPES[feed.dtype]
    # Rows that have no weight of their own have the weight 1, and what an evaluation is filled up with 0.
    return feed.name == WEIGHT and function.kind == "evaluate" and (feed.dtype, feed.shape) == ("f32", (function.rows,))
