import { existsSync } from 'node:fs';

const nice = ['/usr/bin/nice', '/bin/nice'].find((path) => existsSync(path));

/**
 * The command that runs a program behind what people wait for: on one machine the engine and its worker leave the processors to
 * the API and the database, and catch up when these have a moment. Without `nice` the program runs like any other.
 */
export function inBackground(program: string, args: readonly string[]): [program: string, args: string[]] {
  return nice === undefined ? [program, [...args]] : [nice, ['-n', '15', program, ...args]];
}
