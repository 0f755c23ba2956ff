// Every peer at every batch size, in turn and several times over, so that a drift of the machine's speed meets them
// all alike. Who cannot run here is in the result too, with the reason.

import { readMeasurement } from "../peers/measurement.ts";
import type { Obstacle, Peer } from "../peers/peer.ts";
import { peers } from "../peers/table.ts";
import { median } from "../rate.ts";
import { runScript } from "../run-script.ts";

export interface Column {
  readonly title: string;
  /** For `measure.ts`. */
  readonly argument: string;
}

export interface ComparisonOptions {
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
  const taking = await takingPart(options.only);
  const found = new Map<string, Cell | null>();
  for (let round = 1; round <= rounds; round++) {
    for (const { title, argument } of columns) {
      for (const { peer, obstacle } of taking) {
        const key = `${peer.name} ${argument}`;
        if (obstacle !== null || found.get(key) === null) continue;
        console.error(`round ${round}/${rounds}: ${peer.name}, ${title}`);
        found.set(key, addTo(found.get(key), peer.name, argument, seconds));
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

async function takingPart(
  only: readonly string[],
): Promise<readonly { readonly peer: Peer; readonly obstacle: Obstacle | null }[]> {
  const chosen = peers.filter(({ name }) => only.length === 0 || only.includes(name));
  const found = [];
  for (const { load } of chosen) {
    const peer = await load();
    found.push({ peer, obstacle: (await peer.obstacle?.()) ?? null });
  }
  return found;
}

/** Null for a peer that fails: the others are worth measuring all the same. */
function addTo(sofar: Cell | undefined | null, name: string, argument: string, seconds: number): Cell | null {
  try {
    const output = runScript("./measure.js", [name, argument, String(seconds)]);
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
