// Lets Temporal's SDK fetch one of its servers into a folder: node dev/sdk-download-process.mjs dev-server|time-skipping <folder>
import { TestWorkflowEnvironment } from '@temporalio/testing';

const [server, downloadDir] = process.argv.slice(2);
const options = { server: { executable: { type: 'cached-download', downloadDir } } };
process.once('disconnect', () => process.exit(1));
const create = server === 'dev-server' ? 'createLocal' : 'createTimeSkipping';
const environment = await TestWorkflowEnvironment[create](options);
await environment.teardown();
process.exit(0);
