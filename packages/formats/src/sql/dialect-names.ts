// The databases that a query can be written for, by name.

export const DIALECT_NAMES = ["postgres", "duckdb", "sqlite", "clickhouse"] as const;

export type DialectName = (typeof DIALECT_NAMES)[number];
