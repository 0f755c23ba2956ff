// How many words there is room for. Their bytes lie outside of the heap, but a word that is used is a text in it, and a heap
// that is full ends the process, whatever is caught.

/** What may be there of Node; a page does not tell. */
interface Surroundings {
  readonly process?: {
    readonly versions?: { readonly v8?: string };
    readonly execArgv?: readonly string[];
    readonly env?: { readonly NODE_OPTIONS?: string };
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
  return words > FEW && needed > room ? new TooManyWords(words, needed, room) : null;
}

/** So many fit in whatever there is: a limit that is told wrongly keeps nobody from a small table. */
const FEW = 10_000;

function heapRoom(): number {
  const { process } = globalThis as unknown as Surroundings;
  const heap = process?.getBuiltinModule?.("node:v8")?.getHeapStatistics();
  if (heap === undefined) return Number.POSITIVE_INFINITY;
  const options = [...(process?.execArgv ?? []), process?.env?.NODE_OPTIONS ?? ""].join(" ");
  const room = heap.heap_size_limit - youngRoom(process?.versions?.v8 ?? "", options) - heap.used_heap_size;
  return Math.max(0, SHARE * room);
}

/**
 * Bytes that the limit which an engine tells has for new objects alone, where nothing stays: three times what `--max-semi-space-size`
 * among its options says, or 16 MiB, and 64 or 32 in later engines. A process of Node 24 that may have 16 MiB is told of 208.
 */
export function youngRoom(v8: string, options = ""): number {
  const [stated] = [...options.matchAll(/--max[-_]semi[-_]space[-_]size[= ](\d+)/g)].slice(-1);
  const version = Number.parseInt(v8, 10);
  const usual = version < 13 ? 16 : version === 13 ? 64 : 32;
  return 3 * (stated === undefined ? usual : Number(stated[1])) * 2 ** 20;
}
