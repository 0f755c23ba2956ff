// Cases of graphs of several operations.

import type { Case, ConformanceOptions } from "../kit/case.ts";
import { checkGraph } from "../ops/op-case.ts";
import { fusionGraphs, sharingGraphs } from "./graphs.ts";

export function programCases(options: ConformanceOptions): Case[] {
  const groups = [
    { group: "sharing", graphs: sharingGraphs },
    { group: "fusion", graphs: fusionGraphs },
  ];
  return groups.flatMap(({ group, graphs }) =>
    graphs.map(({ name, tolerance, ...graph }) => ({
      name: `${group}/${name}`,
      run: (backend) => checkGraph(backend, name, graph, tolerance, options),
    })),
  );
}
