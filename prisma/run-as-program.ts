import { pathToFileURL } from 'node:url';

/** Runs `main` when the module is the program; a failure is its lines on stderr and exit code 1. */
export function runAsProgram(moduleUrl: string, main: () => Promise<string>): void {
  if (!process.argv[1] || moduleUrl !== pathToFileURL(process.argv[1]).href) return;
  main().then(
    (line) => process.stdout.write(`${line}\n`),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    },
  );
}
