// Plugins of accelerators, which are packages of Python: what they need beside them. None is fetched by Netwright.

export interface Accelerator {
  readonly device: string;
  readonly package: string;
  readonly needs: string;
}

export const ACCELERATORS: readonly Accelerator[] = [
  {
    device: "NVIDIA, CUDA 13",
    package: "jax-cuda13-pjrt",
    needs: "a driver for CUDA 13, and the packages with CUDA's libraries",
  },
  {
    device: "NVIDIA, CUDA 12",
    package: "jax-cuda12-pjrt",
    needs: "a driver for CUDA 12, and the packages with CUDA's libraries",
  },
  { device: "AMD, ROCm 7", package: "jax-rocm7-pjrt", needs: "ROCm 7 with librocprofiler-sdk" },
  { device: "Google TPU", package: "libtpu", needs: "a TPU; it has a licence of its own" },
  { device: "Intel, oneAPI", package: "jax-oneapi-pjrt", needs: "oneAPI and an MPI library" },
  { device: "Apple, Metal", package: "metaljax", needs: "macOS 14 on arm64; it is made by a third party" },
];
