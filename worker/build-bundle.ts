import { workflowBundle } from './bundle.ts';
import { createLog } from './log.ts';

/** Part of `npm run build`: makes the workflow bundle, so that no start has to. */
workflowBundle(createLog({ level: 'warn' })).catch((error: unknown) => {
  process.stderr.write(`the workflows cannot be bundled: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
