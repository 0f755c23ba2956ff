// What a backend may offer beyond the contract's minimum, as types that tell.

import type { Backend } from "./backend.ts";

export type ExplainingBackend = Backend & Required<Pick<Backend, "explain">>;
export type ProfilingBackend = Backend & Required<Pick<Backend, "profile">>;

export function canExplain(backend: Backend): backend is ExplainingBackend {
  return backend.explain !== undefined;
}

export function canProfile(backend: Backend): backend is ProfilingBackend {
  return backend.profile !== undefined;
}
