// `npm run bench -- gemm`: the emitted products of matrices against what the machine reaches in registers, measured
// in the same run. The kernels are an inside of the jit backend, so its own script measures them.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Output, print } from "./output.ts";
import type { DrawTable } from "./table.ts";

const SCRIPT = fileURLToPath(new URL("../../../packages/backend-jit/bench/gemm.mjs", import.meta.url));

interface Product {
  readonly label: string;
  readonly gflops: number;
  /** Tile, packing and blocks of its plan. */
  readonly note: string;
}

export async function gemmBench(output: Output): Promise<void> {
  await print("gemm", output, async () => {
    const { peak, products } = measure();
    const percent = (gflops: number) => `${((100 * gflops) / peak).toFixed(0)}%`;
    const text = (draw: DrawTable) => {
      const table = draw(
        ["product", "GFLOP/s", "of the peak", "tile, packing, block"],
        [
          ["registers alone", peak.toFixed(1), "100%", ""],
          ...products.map(({ label, gflops, note }) => [label, gflops.toFixed(1), percent(gflops), note]),
        ],
      );
      return `${table}\nOne thread; packing of the operands is in the time.`;
    };
    const shares = products.map((product) => ({ ...product, share: product.gflops / peak }));
    return { text, json: { peak, products: shares } };
  });
}

function measure(): { readonly peak: number; readonly products: readonly Product[] } {
  const printed = execFileSync(process.execPath, [SCRIPT, "shapes", "--json"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const found: unknown = JSON.parse(printed);
  if (typeof found === "object" && found !== null && "peak" in found && "products" in found) {
    const { peak, products } = found;
    if (typeof peak === "number" && Array.isArray(products))
      return { peak, products: products.map(toProduct) };
  }
  throw new Error(`gemm.mjs printed no products: ${printed}`);
}

function toProduct(found: unknown): Product {
  if (
    typeof found === "object" &&
    found !== null &&
    "label" in found &&
    "gflops" in found &&
    "note" in found
  ) {
    return { label: String(found.label), gflops: Number(found.gflops), note: String(found.note) };
  }
  throw new Error(`gemm.mjs printed a product that is none: ${JSON.stringify(found)}`);
}
