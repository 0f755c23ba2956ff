// rng_bit_generator: Philox-4x32-10, four blocks at a time. Lane i of the four counter words belongs to block i,
// so the output words are transposed before they are stored.
// Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011; see ir/numerics/philox.ts.

import { at } from "@netwright/ir";
import { PHILOX } from "@netwright/ir/numerics";
import type { RandomKernel } from "../kernels/random.ts";
import type { Local, PlainName } from "../wasm/function-builder.ts";
import { type Emission, lastOrOther, repeatBetween, storeLanes } from "./emission.ts";
import { emitTranspose } from "./gemm/index.ts";
import { type Part, partRange } from "./part.ts";

/** Words of a turn: what four vectors of counters make. */
export const WORDS = 16;

/** Whole turns, and the blocks of four words by which the counter moves. */
export function randomNumbers(size: number): readonly [turns: number, blocks: number] {
  return [Math.floor(size / WORDS), Math.ceil(size / 4)];
}

export function emitRandom(emission: Emission, { state, nextState, bits, size }: RandomKernel): void {
  const { fn, address, constants, part } = emission;
  const stateWords = Array.from({ length: 6 }, (_, i) => {
    const word = fn.local("i32");
    fn.i32(0)
      .mem("i32.load", address(state) + 4 * i)
      .set(word);
    return word;
  });
  const splats = stateWords.map((word) => {
    const vector = fn.local("v128");
    fn.get(word).op("i32x4.splat").set(vector);
    return vector;
  });
  const [key0, key1, ...counter] = splats;
  if (key0 === undefined || key1 === undefined) return;
  addToCounter(emission, counter, () => fn.i32x4(0, 1, 2, 3));
  const pointer = fn.local("i32");
  const count = fn.local("i32");
  fn.i32(address(bits)).set(pointer);
  const four = (words: number): void => {
    fn.scope(() => {
      const outputs = philox(emission, [key0, key1], counter);
      emitTranspose(fn, outputs);
      outputs.forEach((output, i) => {
        storeLanes(fn, pointer, output, 16 * i, Math.max(0, Math.min(4, words - 4 * i)));
      });
      addToCounter(emission, counter, () => fn.get(constants.i32(4)));
      fn.get(pointer).i32(64).op("i32.add").set(pointer);
    });
  };
  const [turns = 0, blocks = 0] = emission.numbers.length > 0 ? emission.numbers : randomNumbers(size);
  const store = (): void => storeNextState(emission, stateWords, blocks, address(nextState));
  const rest = size % WORDS;
  if (part === undefined) {
    if (size >= WORDS) {
      fn.i32(turns).set(count);
      fn.loop((again) => {
        four(WORDS);
        fn.get(count).i32(1).op("i32.sub").tee(count).brIf(again);
      });
    }
    if (rest > 0) four(rest);
    store();
    return;
  }
  // The new state may take the place of the old one, which all have to have read.
  if (address(state) === address(nextState)) part.wait();
  fn.get(part.thread).op("i32.eqz").ifElse(store);
  partBlocks(emission, part, counter, (range) => {
    fn.get(range.from).i32(64).op("i32.mul").get(pointer).op("i32.add").set(pointer);
    repeatBetween(fn, count, range.from, range.to, 1, () => {
      lastOrOther(fn, count, part.share.units, rest === 0 ? undefined : () => four(rest), () => four(WORDS));
    });
  });
}

/** Moves the counters to the first block of the thread's part; a part of nothing is left out. */
function partBlocks(
  emission: Emission,
  part: Part,
  counter: readonly Local[],
  body: (range: { readonly from: Local; readonly to: Local }) => void,
): void {
  const { fn } = emission;
  const range = partRange(fn, part);
  fn.get(range.from).get(range.to).op("i32.lt_u");
  fn.ifElse(() => {
    addToCounter(emission, counter, () => fn.get(range.from).i32(4).op("i32.mul").op("i32x4.splat"));
    body(range);
  });
}

/** Adds small numbers to the 128-bit counters, low word first. */
function addToCounter({ fn, constants }: Emission, counter: readonly Local[], addend: () => void): void {
  fn.scope(() => {
    // All ones, that is -1, in the lanes in which the last addition wrapped.
    const carry = fn.local("v128");
    counter.forEach((word, i) => {
      if (i === 0) {
        const added = fn.local("v128");
        addend();
        fn.set(added);
        fn.get(word).get(added).op("i32x4.add").tee(word).get(added).op("i32x4.lt_u").set(carry);
      } else {
        fn.get(word).get(carry).op("i32x4.sub").set(word);
        fn.get(word).get(constants.i32(0)).op("i32x4.eq").get(carry).op("v128.and").set(carry);
      }
    });
  });
}

function philox(
  emission: Emission,
  keys: readonly [Local, Local],
  counter: readonly Local[],
): readonly Local[] {
  const { fn, constants } = emission;
  const key = keys.map((start): Local => {
    const local = fn.local("v128");
    fn.get(start).set(local);
    return local;
  });
  let x = counter;
  for (let round = 0; round < PHILOX.rounds; round++) {
    const k0 = at(key, 0);
    const k1 = at(key, 1);
    const first = multiply(emission, at(x, 0), constants.i32(PHILOX.multipliers[0] | 0));
    const second = multiply(emission, at(x, 2), constants.i32(PHILOX.multipliers[1] | 0));
    const mixed = (high: Local, word: Local, by: Local): Local => {
      const local = fn.local("v128");
      fn.get(high).get(word).op("v128.xor").get(by).op("v128.xor").set(local);
      return local;
    };
    x = [mixed(second.high, at(x, 1), k0), second.low, mixed(first.high, at(x, 3), k1), first.low];
    fn.get(k0)
      .get(constants.i32(PHILOX.weyl[0] | 0))
      .op("i32x4.add")
      .set(k0);
    fn.get(k1)
      .get(constants.i32(PHILOX.weyl[1] | 0))
      .op("i32x4.add")
      .set(k1);
  }
  return x;
}

/** The 64-bit products of four pairs of u32, as their upper and lower words. */
function multiply({ fn }: Emission, a: Local, b: Local): { readonly high: Local; readonly low: Local } {
  const product = (name: PlainName): Local => {
    const local = fn.local("v128");
    fn.get(a).get(b).op(name).set(local);
    return local;
  };
  const first = product("i64x2.extmul_low_i32x4_u");
  const last = product("i64x2.extmul_high_i32x4_u");
  const low = fn.local("v128");
  const high = fn.local("v128");
  fn.get(first).get(last).shuffle(0, 2, 4, 6).set(low);
  fn.get(first).get(last).shuffle(1, 3, 5, 7).set(high);
  return { high, low };
}

/** The key, and the counter behind the blocks used. */
function storeNextState({ fn }: Emission, words: readonly Local[], blocks: number, target: number): void {
  const store = (word: Local, i: number): void => {
    fn.i32(0)
      .get(word)
      .mem("i32.store", target + 4 * i);
  };
  const carry = fn.local("i32");
  fn.i32(blocks).set(carry);
  words.forEach((word, i) => {
    if (i >= 2) {
      fn.get(word).get(carry).op("i32.add").tee(word).get(carry).op("i32.lt_u").set(carry);
    }
    store(word, i);
  });
}
