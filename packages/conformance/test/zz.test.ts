import { test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { gradientCases, differentiables, checkGradient, runCases } from "@netwright/conformance";
test("ops", async () => {
  const t0 = performance.now();
  const r = await runCases(referenceBackend, gradientCases({}), {});
  for (const x of r.results) if (x.status === "failed") console.log(x.name, x.message);
  console.log(r.results.length, performance.now()-t0);
  for (const d of differentiables()) {
    const t0 = performance.now();
    try { checkGradient(d.label, d.graph) } catch (e) { console.log(String(e)) }
    const t=performance.now()-t0; if (t>100) console.log(d.name,t);
  }
  console.log(performance.now()-t0);
}, 100000);
