// Updates of rows, in the order of their indices. What one thread has, columns or rows of the target, nobody else
// touches; it goes through all updates for it, so that sums do not depend on the threads.
//
// Sums grow in the result, which is full of a mark at first: a NaN that no sum gives, as sums are of finite numbers.
// So rows without updates are known in the end, and stay as they are. What is not finite is added in a second turn,
// which is only made where there is any.

import type { ScatterKernel } from "../kernels/scatter.ts";
import type { Local } from "../wasm/function-builder.ts";
import { type Emission, repeatBetween, storeLanes } from "./emission.ts";
import { partRange, type Range } from "./part.ts";
import { rowAddress } from "./rows.ts";

const MARK = 0x7fa5a5a5;

/** On the vector at `from`, with so many lanes, for the one at `to`. */
type VectorBody = (from: Local, to: Local, lanes: number) => void;

export function emitScatter(emission: Emission, kernel: ScatterKernel): void {
  const { fn, address, constants } = emission;
  const { scatter, source: operand, width, indices, updates, count, result } = kernel;
  if (kernel.rows * width === 0) return;
  const { rows, columns } = partOf(emission, kernel);
  const [i, index, column] = [fn.local("i32"), fn.local("i32"), fn.local("i32")];
  const [source, target] = [fn.local("i32"), fn.local("i32")];
  const whole = width - (width % 4);

  /** The vectors of a row of which the thread has columns. */
  const eachVector = (body: VectorBody): void => {
    const vector = (lanes: number): void => {
      fn.scope(() => {
        const [from, to] = [fn.local("i32"), fn.local("i32")];
        fn.get(column).i32(4).op("i32.mul").get(source).op("i32.add").set(from);
        fn.get(column).i32(4).op("i32.mul").get(target).op("i32.add").set(to);
        body(from, to, lanes);
      });
    };
    fn.scope(() => {
      const end = fn.local("i32");
      fn.get(columns.to).i32(whole).get(columns.to).i32(whole).op("i32.lt_u").select("i32").set(end);
      repeatBetween(fn, column, columns.from, end, 4, () => vector(4));
      if (whole === width) return;
      // What is behind the last whole vector belongs to the part that ends with the row.
      fn.get(columns.to)
        .i32(width)
        .op("i32.eq")
        .get(columns.from)
        .get(columns.to)
        .op("i32.lt_u")
        .op("i32.and");
      fn.ifElse(() => {
        fn.i32(whole).set(column);
        vector(width - whole);
      });
    });
  };
  /** Each row of the target that is the thread's, from the operand. */
  const eachRow = (body: VectorBody): void => {
    repeatBetween(fn, index, rows.from, rows.to, 1, () => {
      rowAddress(fn, address(operand), index, width);
      fn.set(source);
      rowAddress(fn, address(result), index, width);
      fn.set(target);
      eachVector(body);
    });
  };
  /** Each update that is for one of them. */
  const eachUpdate = (body: VectorBody): void => {
    if (count === 0) return;
    fn.i32(0).set(i);
    fn.loop((again) => {
      fn.get(i).i32(4).op("i32.mul").mem("i32.load", address(indices)).set(index);
      // A negative index is larger than any row here.
      fn.get(index).get(rows.from).op("i32.ge_u").get(index).get(rows.to).op("i32.lt_u").op("i32.and");
      fn.ifElse(() => {
        rowAddress(fn, address(updates), i, width);
        fn.set(source);
        rowAddress(fn, address(result), index, width);
        fn.set(target);
        eachVector(body);
      });
      fn.get(i).i32(1).op("i32.add").tee(i).i32(count).op("i32.lt_u").brIf(again);
    });
  };
  const load = (pointer: Local): Local => {
    const value = fn.local("v128");
    fn.get(pointer).mem("v128.load").set(value);
    return value;
  };

  if (scatter === "set") {
    const copy: VectorBody = (from, to, lanes) => storeLanes(fn, to, load(from), 0, lanes);
    eachRow(copy);
    eachUpdate(copy);
    return;
  }
  const [mark, zero] = [constants.i32(MARK), constants.f32(0)];
  /** Leaves all ones where x - x is 0: nowhere in infinities and NaN. */
  const pushFinite = (x: Local): void => void fn.get(x).get(x).op("f32x4.sub").get(zero).op("f32x4.eq");
  const pushMarked = (sum: Local): void => void fn.get(sum).get(mark).op("i32x4.eq");
  const beyond = fn.local("v128");
  fn.get(zero).set(beyond);
  eachRow((_, to, lanes) => storeLanes(fn, to, mark, 0, lanes));
  eachUpdate((from, to, lanes) => {
    const [x, sum, finite] = [load(from), load(to), fn.local("v128")];
    pushFinite(x);
    fn.tee(finite).op("v128.not").get(beyond).op("v128.or").set(beyond);
    fn.get(sum);
    pushMarked(sum);
    fn.op("v128.andnot").get(x).get(finite).op("v128.and").op("f32x4.add").set(sum);
    storeLanes(fn, to, sum, 0, lanes);
  });
  // Lanes behind a row may have set it for nothing, which costs a turn and changes no sum.
  fn.get(beyond).op("v128.any_true");
  fn.ifElse(() =>
    eachUpdate((from, to, lanes) => {
      const [x, sum] = [load(from), load(to)];
      fn.get(sum).get(sum).get(x).op("f32x4.add");
      pushFinite(x);
      fn.op("v128.bitselect").set(sum);
      storeLanes(fn, to, sum, 0, lanes);
    }),
  );
  eachRow((from, to, lanes) => {
    const [x, sum] = [load(from), load(to)];
    fn.get(x).get(x).get(sum).op("f32x4.add");
    pushMarked(sum);
    fn.op("v128.bitselect").set(x);
    storeLanes(fn, to, x, 0, lanes);
  });
}

/** Rows and columns of the target that the running thread has. */
function partOf(
  { fn, part }: Emission,
  { rows, width }: ScatterKernel,
): { readonly rows: Range; readonly columns: Range } {
  const all = (size: number): Range => {
    const [from, to] = [fn.local("i32"), fn.local("i32")];
    fn.i32(0).set(from).i32(size).set(to);
    return { from, to };
  };
  if (part === undefined) return { rows: all(rows), columns: all(width) };
  return part.share.by === "rows"
    ? { rows: partRange(fn, part), columns: all(width) }
    : { rows: all(rows), columns: partRange(fn, part, part.share.size, width) };
}
