// Public face of the plots.

export { activationCurve, type Curve, type CurveRange, curveNames } from "./activation-curve.ts";
export { type CurvesSvgOptions, curvesSvg, plotColours } from "./curves-svg.ts";
export { mostShown, type RateLosses, ratesSvg } from "./rates-svg.ts";
export { type Grid, type SquaresSvgOptions, squaresSvg } from "./squares-svg.ts";
