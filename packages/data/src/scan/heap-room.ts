// How many words there is room for. Their bytes lie outside of the heap, but a word that is used is a text in it, and a heap
// that is full ends the process, whatever is caught.

/** What may be there of Node; a page does not tell. */
interface Surroundings {
  readonly process?: {
    readonly versions?: { readonly v8?: string };
    getBuiltinModule?(
      name: "node:v8",
    ):
      | { getHeapStatistics(): { readonly heap_size_limit: number; readonly used_heap_size: number } }
      | undefined;
  };
}

/** A text with its place in lists and in the table by which it is found, in bytes, beside its characters. */
const BYTES_OF_WORD = 130;
/** The same while an encoder learns them: they are counted, put in order, written and read once. */
const BYTES_OF_LEARNED_WORD = 200;
/** Of the room that there is, what the words of a column may take: the rest is for whoever uses them. */
const SHARE = 0.7;

/** Thrown before a heap is full. */
export class TooManyWords extends Error {
  readonly words: number;
  /** Bytes that they would take, and that there are. */
  readonly needed: number;
  readonly room: number;

  constructor(words: number, needed: number, room: number) {
    super(`${words} words take ${needed} bytes, and there is room for ${room}`);
    this.words = words;
    this.needed = needed;
    this.room = room;
  }
}

/** `bytes` are those of all their characters. @throws TooManyWords */
export function requireRoom(words: number, bytes: number): void {
  const found = withoutRoom(words, bytes);
  if (found !== null) throw found;
}

/** The same to be told; null where there is room. */
export function withoutRoom(words: number, bytes: number, room = heapRoom()): TooManyWords | null {
  return beyond(words, words * BYTES_OF_WORD + bytes, room);
}

/** Of words that are there, and that an encoder is to learn. */
export function withoutRoomToLearn(words: number, bytes: number, room = heapRoom()): TooManyWords | null {
  return beyond(words, words * BYTES_OF_LEARNED_WORD + bytes, room);
}

function beyond(words: number, needed: number, room: number): TooManyWords | null {
  return needed > room ? new TooManyWords(words, needed, room) : null;
}

function heapRoom(): number {
  const { process } = globalThis as unknown as Surroundings;
  const heap = process?.getBuiltinModule?.("node:v8")?.getHeapStatistics();
  if (heap === undefined) return Number.POSITIVE_INFINITY;
  const { heap_size_limit: limit, used_heap_size: used } = heap;
  return Math.max(0, SHARE * (limit - youngRoom(process?.versions?.v8) - used));
}

/**
 * The limit that the engine tells is that of what has been there for a while, which is what fills, and the room for what is new: three
 * times 16 MiB, and up to 64 from V8 13 on, where a process that may have 16 MiB is told of 208.
 */
function youngRoom(v8 = ""): number {
  return 3 * (Number.parseInt(v8, 10) < 13 ? 16 : 64) * 2 ** 20;
}
