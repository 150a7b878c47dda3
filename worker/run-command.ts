/** Runs a command of one process: its lines go to the output, a failure ends it with one line and exit code 1. */
export function runCommand(command: (print: (line: string) => void) => Promise<void>): void {
  command((line) => process.stdout.write(`${line}\n`)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
