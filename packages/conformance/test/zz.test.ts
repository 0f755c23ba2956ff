import { test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { opCases, runCases } from "@netwright/conformance";
test("ops", async () => {
  const cases = opCases({});
  const times: [number, string][] = [];
  for (const c of cases) {
    const t = performance.now();
    const r = await runCases(referenceBackend, [c], {});
    times.push([performance.now() - t, c.name]);
    for (const x of r.results) if (x.status === "failed") console.log(x.name, x.message);
  }
  times.sort((a, b) => b[0] - a[0]);
  console.log(cases.length, times.reduce((s, [t]) => s + t, 0), times.slice(0, 25).map(([t,n])=>`${t.toFixed(0)} ${n}`).join("\n"));
}, 100000);
