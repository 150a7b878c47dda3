import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { messageNames } from '../engine/names.ts';
import { packageRoot } from '../prisma/package-root.ts';
import { parseKeyRing } from '../store/key-ring.ts';
import { type Stories, storiesIn } from './lifecycle/stories.ts';
import { messageOf, startRunDatabase, stopRunDatabase } from './support/database-server.ts';
import { day, engine, type Gatehouse, person, portal, startGatehouse } from './support/gatehouse.ts';
import { addRecord } from './support/seed.ts';

// `npm run histories`: lives every branch of the lifecycle once and keeps its history under test/histories/<shape>/. Run it
// when a released shape of a workflow changes, under a new shape's name; what older shapes left is kept and replayed on.

/** The shape of `workflows/application.ts` that is recorded. */
const shape = 'application-1';
const folder = join(packageRoot, 'test', 'histories');
const minute = 60_000;
const later = (at: Date | null | undefined, ms: number) => new Date((at?.getTime() ?? Number.NaN) + ms);

type Branch = (stories: Stories, gatehouse: Gatehouse) => Promise<{ id: string }>;

const branches: Record<string, Branch> = {
  'approved-and-activated': async (stories) => stories.activates(await stories.caseIn('code_sent')),
  'asked-and-answered': async (stories) => {
    const row = await stories.answers(await stories.caseIn('waiting_on_applicant'));
    return stories.does(row, 'withdraw', person);
  },
  'asked-and-silent': async (stories, gatehouse) => {
    const row = await stories.caseIn('waiting_on_applicant');
    await gatehouse.daysPass(31);
    return row;
  },
  'promise-late-then-rejected': async (stories, gatehouse) => {
    const row = await stories.caseIn('submitted');
    await gatehouse.passesUntil(later(row.lateAt, minute));
    await stories.does(row, 'claim', stories.ana);
    return stories.does(row, 'reject', stories.ana, { reason: 'not_a_patient' });
  },
  'expired-and-closed': async (stories, gatehouse) => {
    const row = await stories.caseIn('code_sent');
    for (const days of [31, 23, 7]) await gatehouse.daysPass(days);
    await gatehouse.daysPass(181);
    return row;
  },
  'extended-reissued-and-revoked': async (stories) => {
    const row = await stories.caseIn('code_sent');
    await stories.does(row, 'extend', stories.ana, { input: { until: later(row.expiresAt, day) } });
    await stories.does(row, 'reissue', stories.clerk);
    return stories.does(row, 'revoke', stories.ana, { reason: 'suspected_fraud' });
  },
  'expired-renewed-and-activated': async (stories) => {
    const row = await stories.caseIn('expired');
    await stories.does(row, 'renew', person);
    return stories.activates(row);
  },
  'burned-and-reissued': async (stories) => {
    const row = await stories.does(await stories.caseIn('code_sent'), 'code_burned', engine);
    await stories.does(row, 'reissue', stories.clerk);
    return stories.activates(row);
  },
  'not-me-and-withdrawn': async (stories) =>
    stories.does(await stories.does(await stories.caseIn('code_sent'), 'notMe', person), 'withdraw', person),
  'mail-refused-and-address-corrected': async (stories) => {
    const row = await stories.caseIn('approved');
    await stories.does(row, 'correctAddress', stories.clerk, { input: { email: 'corrected@mail.example' } });
    return stories.activates(row);
  },
  'mail-given-up': async (stories, gatehouse) => {
    const row = await stories.caseIn('in_review');
    gatehouse.sink.manner = 'is away';
    await stories.does(row, 'approve', stories.ana);
    await gatehouse.passes(3 * day + 60 * minute);
    gatehouse.sink.manner = 'takes';
    await stories.does(row, 'reissue', stories.clerk);
    return stories.activates(row);
  },
  'approved-by-policy': async (stories, gatehouse) => {
    await gatehouse.policy(({ application }) => {
      application.approval = 'automatic';
    });
    const mary = { firstName: 'Mary', lastName: 'Ng', dateOfBirth: '1990-05-05', postalCode: '02139' };
    await addRecord(gatehouse.database, portal, { mrn: 'M1', ...mary });
    const row = await stories.applies(mary);
    await gatehouse.policy(({ application }) => {
      application.approval = 'staff';
    });
    return stories.activates(row);
  },
  'rejected-and-reopened-while-mailing': async (stories, gatehouse) => {
    const row = await stories.caseIn('in_review');
    gatehouse.sink.manner = 'is away';
    await stories.does(row, 'reject', stories.ana, { reason: 'identity_not_confirmed' });
    await stories.does(row, 'reopen', stories.sue, { reason: 'new_information' });
    gatehouse.sink.manner = 'takes';
    await gatehouse.passes(20 * minute);
    await stories.does(row, 'approve', stories.ana);
    return stories.activates(row);
  },
  'started-again-in-code-sent': async (stories, gatehouse) => {
    const row = await stories.caseIn('code_sent');
    await gatehouse.runOf(row.id).terminate('lost');
    await stories.does(row, 'extend', stories.ana, { input: { until: later(row.expiresAt, day) } });
    await gatehouse.runOf(row.id).executeUpdate(messageNames.reread);
    return stories.activates(row);
  },
  cancelled: async (stories, gatehouse) => {
    const row = await stories.caseIn('waiting_on_applicant');
    await gatehouse.runOf(row.id).cancel();
    await gatehouse
      .runOf(row.id)
      .result()
      .catch(() => undefined);
    return row;
  },
  'still-waiting': (stories) => stories.caseIn('code_sent'),
};

async function main(): Promise<void> {
  await startRunDatabase();
  const gatehouse = await startGatehouse(() => {}, {
    keys: parseKeyRing(readFileSync(join(folder, 'keys'), 'utf8').trim()),
  });
  const stories = await storiesIn(gatehouse);
  rmSync(join(folder, shape), { recursive: true, force: true });
  mkdirSync(join(folder, shape), { recursive: true });
  for (const [branch, live] of Object.entries(branches)) {
    const { id } = await live(stories, gatehouse);
    const history = withoutMachine(historyToJSON(await gatehouse.runOf(id).fetchHistory()));
    writeFileSync(join(folder, shape, `${branch}.json`), `${history}\n`);
    process.stdout.write(`${shape}/${branch}\n`);
    if (branch === 'approved-and-activated') keepKnownBad(history);
  }
  await gatehouse.stop();
}

/** Process id and host of the worker say nothing to a replay. */
const withoutMachine = (history: string) => history.replaceAll(/"identity": ?"[^"]*"/g, '"identity": "recorder"');

/** The same history with another activity where mails were delivered: what a careless change of the workflow looks like. */
function keepKnownBad(history: string): void {
  mkdirSync(join(folder, 'known-bad'), { recursive: true });
  writeFileSync(
    join(folder, 'known-bad', 'another-activity.json'),
    `${history.replaceAll('deliverMail', 'recordTimer')}\n`,
  );
}

await main()
  .catch((error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  })
  .finally(stopRunDatabase);
