// What may become of pixels before they go into a foreign model that does not say it.

export const PIXELS = ["unit", "centred", "none"] as const;

export type Pixels = (typeof PIXELS)[number];
