/**
 * A package by its name, from where Netwright is installed; it rejects as `import` does when the package is not there. The words are
 * for bundlers: what a package is called is known when it is asked for.
 */
export function importBeside(name: string): Promise<unknown> {
  return import(/* @vite-ignore */ /* webpackIgnore: true */ name);
}
