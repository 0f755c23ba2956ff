// The module of Python beside a network: from cells to arrays, from what the network gives to predictions. Its code is the same for
// every model; what it knows of one are the literals at its start.

import { FARTHEST_CLIPPED, NEAREST_LIMIT } from "@netwright/ir/numerics";
import { inDocstring } from "../in-comment.ts";
import type { PortableModel } from "../model/portable-model.ts";
import { pythonLiteral } from "./python-literal.ts";
import { codedColumns, turnedOutputs } from "./tables.ts";

/** `reader` is how the model is opened. */
export function pythonModule(
  model: PortableModel,
  inputs: ReadonlyMap<string, string>,
  reader: string,
): string {
  const columns = codedColumns(model, inputs).map((column) => `    ${pythonLiteral(column)},`);
  return `"""What goes into ${inDocstring(model.name)} and what comes out of it, as strict as \`netwright predict\`.

Made by Netwright ${model.version}. It needs NumPy. Rows are dictionaries by the names of columns${
    model.window === null ? "" : `, ${model.window.length} rows\none behind the other for each prediction`
  }:

    model = ${reader}
    given = model.predict(inputs(rows))
    print(predictions(given))
"""

import math

import numpy as np

# Rows of one prediction; 0 where each row is one.
WINDOW = ${model.window?.length ?? 0}
# Beside None, NaN and "".
MISSING = ${pythonLiteral(model.missingWords)}
COLUMNS = [
${columns.join("\n")}
]
OUTPUTS = ${pythonLiteral(turnedOutputs(model))}
${CODE}`;
}

const CODE = `

def inputs(rows):
    """Arrays by the names of the model's inputs. Raises ValueError for a cell that the model does not take."""
    if WINDOW and len(rows) % WINDOW:
        raise ValueError(f"{len(rows)} rows are no windows of {WINDOW}")
    pieces = {}
    for column in COLUMNS:
        numbers = [coded(column, row.get(column["name"]), i) for i, row in enumerate(rows)]
        is_index = column["size"] == 0
        array = np.array(numbers, np.int32 if is_index else np.float32)
        steps = (len(rows) // WINDOW, WINDOW) if WINDOW else (len(rows),)
        shape = steps if is_index and WINDOW else (*steps, column["size"] or 1)
        pieces.setdefault(column["input"], []).append(array.reshape(shape))
    return {name: own[0] if len(own) == 1 else np.concatenate(own, -1) for name, own in pieces.items()}


def predictions(given):
    """What is predicted, a dictionary for each row that the model gives."""
    given = np.asarray(given, np.float64)
    return [predicted(row) for row in given.reshape(len(given), -1).tolist()]


def predicted(row):
    kind = OUTPUTS["kind"]
    if kind == "numbers":
        return {
            name: carried_out(steps, value) for name, steps, value in zip(OUTPUTS["names"], OUTPUTS["steps"], row)
        }
    words = OUTPUTS["words"]
    if kind == "labels":
        return {OUTPUTS["name"]: OUTPUTS["separator"].join(w for w, share in zip(words, row) if share >= 0.5)}
    if OUTPUTS["threshold"] is not None:
        return {OUTPUTS["name"]: words[1 if row[1] >= OUTPUTS["threshold"] else 0]}
    return {OUTPUTS["name"]: words[row.index(max(row))]}


def probabilities(given):
    """Of classes: their shares, calibrated where the model is."""
    shares = np.asarray(given, np.float64)
    if OUTPUTS["temperature"] is not None:
        shares = shares ** (1 / OUTPUTS["temperature"])
        shares = shares / shares.sum(-1, keepdims=True)
    return [dict(zip(OUTPUTS["words"], row)) for row in shares.tolist()]


def coded(column, cell, row):
    """The numbers of a cell."""
    is_empty = cell is None or cell in ("", *MISSING) or (isinstance(cell, float) and math.isnan(cell))
    of = words_of if column["kind"] == "words" else number_of
    value, is_missing = of(column, None if is_empty else cell, row)
    missing = column["missing"]
    return value + [float(is_missing)] if missing["kind"] == "filled" and missing["indicator"] else value


def wrong(column, row, why):
    return ValueError(f"row {row}, column {column['name']!r}: {why}")


def instead(column, row):
    """What stands for an empty cell."""
    missing = column["missing"]
    if missing["kind"] == "refused":
        raise wrong(column, row, "is empty")
    return missing["by"] if missing["kind"] == "filled" else ""


def number_of(column, cell, row):
    if cell is None:
        return number_coded(column["coding"], instead(column, row)), True
    try:
        x = float(cell)
    except (TypeError, ValueError):
        raise wrong(column, row, f"{cell!r} is no number") from None
    if math.isinf(x):
        raise wrong(column, row, f"{cell!r} is no number")
    if column["min"] is not None and x < column["min"]:
        raise wrong(column, row, f"{x} is below {column['min']}")
    if column["max"] is not None and x > column["max"]:
        raise wrong(column, row, f"{x} is above {column['max']}")
    if column["holds"] == "whole numbers" and x != math.floor(x):
        raise wrong(column, row, f"{x} is no whole number")
    if column["holds"] == "truth values" and x not in (0, 1):
        raise wrong(column, row, f"{x} is neither 1 nor 0")
    return number_coded(column["coding"], x), False


def number_coded(coding, x):
    kind = coding["kind"]
    if kind == "as_is":
        return [x]
    if kind == "steps":
        return [carried_out(coding["steps"], x)]
    if kind == "bins":
        edges = coding["edges"]
        shares = [(x - low) / (high - low) for low, high in zip(edges, edges[1:])]
        last = len(shares) - 1
        held = [
            min(max(share, -math.inf if i == 0 else 0.0), math.inf if i == last else 1.0)
            for i, share in enumerate(shares)
        ]
        return held + [0.0] * (coding["bins"] - len(held))
    angles = [2 * math.pi * f * ((x - coding["mean"]) / coding["std"]) for f in coding["frequencies"]]
    return [math.sin(a) for a in angles] + [math.cos(a) for a in angles]


def words_of(column, cell, row):
    coding = column["coding"]
    words = coding["words"]
    is_known = cell is not None and (str(cell) in words or str(cell) in coding["rare"])
    is_missing = cell is None or (coding["unknown"] == "missing" and not is_known)
    word = instead(column, row) if is_missing else str(cell)
    allowed = column["values"]
    if allowed is not None and word not in allowed and not (is_missing and column["missing"]["kind"] == "own_word"):
        raise wrong(column, row, f"{word!r} is none of {', '.join(allowed)}")
    if coding["unknown"] == "refused" and word not in words and word not in coding["rare"]:
        raise wrong(column, row, f"{word!r} is none of {', '.join(words)}")
    if coding["kind"] == "one_hot":
        return [float(word == one) for one in words], is_missing
    place = words.index(word) if word in words else len(words)
    if coding["kind"] == "index":
        return [min(place, coding["of"] - 1)], is_missing
    return list(coding["rows"][place] if place < len(words) else coding["others"]), is_missing


def carried_out(steps, x):
    for step in steps:
        kind = step["kind"]
        by = step.get("by")
        if kind == "add":
            x = x + by
        elif kind == "subtract":
            x = x - by
        elif kind == "multiply":
            x = x * by
        elif kind == "divide":
            x = x / by
        elif kind == "at_least":
            x = max(x, by)
        elif kind == "at_most":
            x = min(x, by)
        elif kind == "log_plus_one":
            x = math.log1p(float(np.float32(x)))
        elif kind == "exponential_minus_one":
            x = math.expm1(float(np.float32(x)))
        elif kind == "smooth_clip":
            t = max(min(x / by, ${FARTHEST_CLIPPED}.0), -${FARTHEST_CLIPPED}.0)
            x = t / math.sqrt(t * t + 1) * by
        else:  # smooth_unclip
            most = ${NEAREST_LIMIT}
            t = max(min(x / by, most), -most)
            x = t / math.sqrt((1 - t) * (1 + t)) * by
    return x
`;
