// On which C library of Linux this process runs.

/** Node tells the version of glibc that it runs on; with another C library there is none. */
export function usesGlibc(): boolean {
  const report: unknown = process.report.getReport();
  if (typeof report !== "object" || report === null || !("header" in report)) return false;
  const { header } = report;
  return typeof header === "object" && header !== null && "glibcVersionRuntime" in header;
}
