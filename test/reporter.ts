import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

/** The parts of jest's results that are told on. */
interface FileResult {
  readonly testFilePath: string;
  readonly testExecError?: unknown;
  readonly failureMessage?: string | null;
  readonly numFailingTests: number;
  readonly numPassingTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly perfStats: { readonly runtime: number };
  readonly console?: readonly { readonly message: string; readonly type: string }[] | null;
}

interface RunResult {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

/** What one jest run counted; a file that could not run at all counts as one failure. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Names the file into which the reporter writes its `Count` as JSON. */
export const countVariable = 'GATEHOUSE_TEST_COUNT';

/** One line per file; for a failing file also what it printed and every failure in full. */
export default class LineReporter {
  onTestResult(_test: unknown, result: FileResult): void {
    const couldNotRun = Boolean(result.testExecError);
    const failed = result.numFailingTests > 0 || couldNotRun;
    const skipped = result.numPendingTests + result.numTodoTests;
    const counts = [
      `${result.numPassingTests} passed`,
      ...(result.numFailingTests > 0 ? [`${result.numFailingTests} failed`] : []),
      ...(skipped > 0 ? [`${skipped} skipped`] : []),
      ...(couldNotRun ? ['could not run'] : []),
    ];
    const file = relative(process.cwd(), result.testFilePath);
    print(
      `  ${failed ? 'FAIL' : 'ok  '} ${file}: ${counts.join(', ')} (${(result.perfStats.runtime / 1000).toFixed(1)} s)`,
    );
    if (!failed) return;
    for (const { message, type } of result.console ?? []) print(`    [${type}] ${message}`);
    print(result.failureMessage ?? String(result.testExecError));
  }

  onRunComplete(_contexts: unknown, result: RunResult): void {
    const count: Count = {
      passed: result.numPassedTests,
      failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
      skipped: result.numPendingTests + result.numTodoTests,
    };
    const file = process.env[countVariable];
    if (file) writeFileSync(file, JSON.stringify(count));
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
