// The bytes of a safetensors file to tensors. Files come from anywhere, so nothing in them is believed:
// lengths are checked before anything is allocated, and the tensors must cover the file exactly.

import { quote } from "@netwright/definitions";
import { fail, type Outcome, problem, type RuntimeProblem, succeed } from "../problem/problem.ts";
import { type ShapedTensor, wordsOf } from "../tensors/tensors.ts";
import { ELEMENT_BYTES, LENGTH_BYTES, LONGEST_HEADER, storedTypes, type TensorFile } from "./format.ts";
import { type Header, type HeaderEntry, MOST_PROBLEMS, parseHeader } from "./header.ts";

/** `name` is the file's name, for messages. Problems: NW0822 to NW0825. */
export function readSafetensors(bytes: Uint8Array, name: string): Outcome<TensorFile> {
  const start = elementsStart(bytes, bytes.length, name);
  if (!start.ok) return start;
  const header = checkHeader(bytes.subarray(0, start.value), bytes.length, name);
  if (!header.ok) return header;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tensors = new Map<string, ShapedTensor>();
  for (const entry of header.value.entries) {
    tensors.set(entry.name, { shape: entry.shape, data: readElements(view, start.value, entry) });
  }
  return succeed({ tensors, metadata: header.value.metadata });
}

/** How many bytes stand before the elements; `bytes` are at least the first of a file of `size`. */
export function elementsStart(bytes: Uint8Array, size: number, name: string): Outcome<number> {
  if (size < LENGTH_BYTES) {
    return fail(
      cut(
        name,
        `it has ${size} bytes, and a safetensors file starts with ${LENGTH_BYTES} that hold a length`,
      ),
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(LONGEST_HEADER)) {
    return fail(
      problem(
        "NW0823",
        `\`${name}\` says that its header has ${length} bytes; the format allows ${LONGEST_HEADER}.`,
        "It is probably not a safetensors file.",
      ),
    );
  }
  const start = LENGTH_BYTES + Number(length);
  if (start > size) {
    return fail(cut(name, `its header should have ${length} bytes, and ${size - LENGTH_BYTES} are there`));
  }
  return succeed(start);
}

/** Whether a file of `size` bytes can have this header; `bytes` are all that stand before the elements. */
export function checkHeader(bytes: Uint8Array, size: number, name: string): Outcome<Header> {
  const header = parseHeader(bytes.subarray(LENGTH_BYTES), name);
  if (!header.ok) return header;
  const problems = coverageProblems(header.value.entries, size - bytes.length, name);
  return problems.length > 0 ? fail(...problems) : header;
}

/** Sorted by place, each tensor must begin where the one before it ends, and the last at the file's end. */
function coverageProblems(
  entries: readonly HeaderEntry[],
  available: number,
  name: string,
): RuntimeProblem[] {
  const problems: RuntimeProblem[] = [];
  const inOrder = [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end);
  let position = 0;
  for (const { name: tensor, begin, end } of inOrder) {
    if (begin !== position) {
      const what = begin < position ? "overlaps the tensor before it" : "leaves a gap before it";
      problems.push(
        problem(
          "NW0824",
          `In \`${name}\` the tensor ${quote(tensor)} ${what}: it starts at byte ${begin}, not ${position}.`,
        ),
      );
    }
    position = Math.max(position, end);
    if (problems.length === MOST_PROBLEMS) break;
  }
  if (problems.length > 0) return problems;
  if (position > available) {
    problems.push(cut(name, `its tensors should have ${position} bytes, and ${available} are there`));
  } else if (position < available) {
    problems.push(problem("NW0824", `\`${name}\` has ${available - position} bytes after its last tensor.`));
  }
  return problems;
}

function readElements(
  view: DataView,
  start: number,
  { type, begin, end }: HeaderEntry,
): ShapedTensor["data"] {
  return storedTypes[type](wordsOf(view, start + begin, (end - begin) / ELEMENT_BYTES).buffer);
}

function cut(name: string, detail: string): RuntimeProblem {
  return problem(
    "NW0822",
    `\`${name}\` is cut short: ${detail}.`,
    "The copy or the download may have been interrupted; fetch the file again.",
  );
}
