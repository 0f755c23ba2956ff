// What the rest of the backend uses of the products.

export { type Address, type Axis, strided } from "./address.ts";
export { emitGemm, type GemmHooks, type GemmShare, tilesAcross } from "./emit-gemm.ts";
export { type GemmEngine, type GemmOperand, type GemmPlan, type GemmSpec, planGemm } from "./gemm-plan.ts";
export { lanesOf, storeTile, type Tile, type TileArray, tileReader } from "./tile.ts";
export { emitTranspose } from "./transpose.ts";
