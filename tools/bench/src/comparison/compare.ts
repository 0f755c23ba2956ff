// Every peer at every batch size, in turn and several times over, so that a drift of the machine's speed meets them
// all alike. Who cannot run here is in the result too, with the reason.

import { readMeasurement } from "../peers/measurement.ts";
import type { Obstacle } from "../peers/peer.ts";
import { median } from "../rate.ts";
import { runScript } from "../run-script.ts";

export interface Column {
  readonly title: string;
  /** For `measure.ts`. */
  readonly argument: string;
}

/** A peer as the comparison knows it: it is measured in a process of its own. */
interface ComparedPeer {
  readonly name: string;
  readonly what: string;
  readonly obstacle?: () => Promise<Obstacle | undefined>;
}

export interface ComparisonOptions {
  readonly peers: readonly { readonly name: string; readonly load: () => Promise<ComparedPeer> }[];
  /** Which measures: it is given a peer's name, the argument of a column and seconds. */
  readonly script: string;
  readonly columns: readonly Column[];
  readonly rounds: number;
  readonly seconds: number;
  /** Names; empty for all. */
  readonly only: readonly string[];
}

/** One for each round, in order: what two peers did in the same round is a pair. */
export interface Rounds {
  readonly median: number;
  readonly rounds: readonly number[];
}

export interface Cell extends Rounds {
  /** By the processor's time; null for what is not measured by it. */
  readonly cpu: Rounds | null;
  readonly note: string | null;
}

export interface Row {
  readonly name: string;
  readonly what: string;
  readonly obstacle: Obstacle | null;
  /** One for each column; null where it failed, all of them with an obstacle. */
  readonly cells: readonly (Cell | null)[];
}

export async function compare(options: ComparisonOptions): Promise<readonly Row[]> {
  const { columns, rounds, seconds } = options;
  const taking = await takingPart(options);
  const found = new Map<string, Cell | null>();
  for (let round = 1; round <= rounds; round++) {
    for (const { title, argument } of columns) {
      for (const { peer, obstacle } of taking) {
        const key = `${peer.name} ${argument}`;
        if (obstacle !== null || found.get(key) === null) continue;
        console.error(`round ${round}/${rounds}: ${peer.name}, ${title}`);
        found.set(key, addTo(found.get(key), options.script, [peer.name, argument, String(seconds)]));
      }
    }
  }
  return taking.map(({ peer: { name, what }, obstacle }) => ({
    name,
    what,
    obstacle,
    cells: columns.map(({ argument }) => found.get(`${name} ${argument}`) ?? null),
  }));
}

async function takingPart({
  peers,
  only,
}: ComparisonOptions): Promise<
  readonly { readonly peer: ComparedPeer; readonly obstacle: Obstacle | null }[]
> {
  const chosen = peers.filter(({ name }) => only.length === 0 || only.includes(name));
  const found = [];
  for (const { load } of chosen) {
    const peer = await load();
    found.push({ peer, obstacle: (await peer.obstacle?.()) ?? null });
  }
  return found;
}

/** Null for a peer that fails: the others are worth measuring all the same. */
function addTo(
  sofar: Cell | undefined | null,
  script: string,
  args: readonly [name: string, argument: string, seconds: string],
): Cell | null {
  const [name] = args;
  try {
    const output = runScript(script, args);
    const { value, cpu, note } = readMeasurement(name, output);
    return {
      ...withRound(sofar, value),
      cpu: cpu === undefined ? null : withRound(sofar?.cpu, cpu),
      note: note ?? sofar?.note ?? null,
    };
  } catch (error) {
    console.error(`${name} failed: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

function withRound(sofar: Rounds | undefined | null, value: number): Rounds {
  const rounds = [...(sofar?.rounds ?? []), value];
  return { median: median(rounds), rounds };
}
