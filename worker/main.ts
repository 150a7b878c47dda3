import { createLog } from './log.ts';
import { readWorkerSettings, WrongSetting } from './settings.ts';
import { startWorker } from './start.ts';

/** sysexits' EX_CONFIG: whoever supervises us sees that starting again cannot help. */
const wrongSetting = 78;

/** `node dist/worker/main.js`: the worker process. */
async function main(): Promise<void> {
  dieQuietly();
  const worker = await startWorker(readWorkerSettings());
  let isEnding = false;
  const end = (signal: string) => {
    if (isEnding) return;
    isEnding = true;
    void worker.stop(signal).then(() => process.exit(0));
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => end(signal));
  // The launcher is gone: nobody would end us any more.
  process.on('disconnect', () => end('disconnect'));
  if (process.send !== undefined && !process.connected) end('disconnect'); // it went while we were being loaded
  await worker.failed;
}

/** What nobody caught ends the process, and is told without its text: that may quote what people typed. */
function dieQuietly(): void {
  const log = createLog();
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ error }, 'the worker ends by a mistake');
      process.exit(1);
    });
  }
}

main().catch((error: unknown) => {
  const isWrong = error instanceof WrongSetting;
  const text = error instanceof Error ? (isWrong ? error.message : `${error.name}: ${error.message}`) : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(isWrong ? wrongSetting : 1);
});
