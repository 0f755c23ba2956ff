// What the rest of the backend uses of the products.

export type { Address, Axes, Axis } from "./address.ts";
export { addIndex, linearBytes, pushAddress } from "./address.ts";
export { emitGemm, type GemmShare, type GemmTools, repeatsLines, tilesAcross } from "./emit-gemm.ts";
export {
  type GemmEngine,
  type GemmOperand,
  type GemmPlan,
  type GemmSpec,
  gemmScratch,
  PANEL_LINES,
  planGemm,
} from "./gemm-plan.ts";
export { type GemmSizes, gemmSizes, numberedSizes, sizeNumbers } from "./gemm-sizes.ts";
export { modulePacking, type Packing } from "./pack.ts";
export { lanesOf, type Tile } from "./tile.ts";
export { emitTranspose } from "./transpose.ts";
