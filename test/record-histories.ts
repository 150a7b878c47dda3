import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { CampaignAction } from '../domain/registration/campaign.ts';
import { messageNames } from '../engine/names.ts';
import { packageRoot } from '../prisma/package-root.ts';
import { judgeRows } from '../store/campaign-dry-run.ts';
import { createCampaign, moveCampaign } from '../store/campaigns.ts';
import { parseKeyRing } from '../store/key-ring.ts';
import { currentPolicy } from '../store/portals.ts';
import { type RegistrationStories, registrationStoriesIn } from './lifecycle/registration-stories.ts';
import { type Stories, storiesIn } from './lifecycle/stories.ts';
import { messageOf, startRunDatabase, stopRunDatabase } from './support/database-server.ts';
import { day, engine, type Gatehouse, person, portal, startGatehouse } from './support/gatehouse.ts';
import { addRecord } from './support/seed.ts';

// `npm run histories`: lives every branch of the lifecycles once and keeps its history under test/histories/<shape>/. A shape that
// is kept already is left as it is: it is what was released, and is replayed on. When a released shape of a workflow changes, its branches
// get a new shape's name here; a shape that was never released is recorded anew by naming it (`… dist/test/record-histories.js campaign-1`).

const folder = join(packageRoot, 'test', 'histories');
const minute = 60_000;
const later = (at: Date | null | undefined, ms: number) => new Date((at?.getTime() ?? Number.NaN) + ms);

type Branch<Told> = (stories: Told, gatehouse: Gatehouse) => Promise<{ id: string }>;

const applicationBranches: Record<string, Branch<Stories>> = {
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

const registrationBranches: Record<string, Branch<RegistrationStories>> = {
  registered: (stories) => stories.caseIn('registered'),
  linked: (stories) => stories.caseIn('linked'),
  'reminded-and-expired': async (stories, gatehouse) => {
    const row = await stories.caseIn('sent');
    for (const days of [8, 5, 2]) await gatehouse.daysPass(days);
    return row;
  },
  'expired-and-sent-anew': async (stories, gatehouse) => {
    const row = await stories.caseIn('sent');
    await gatehouse.daysPass(15);
    await stories.does(row, 'resend', stories.clerk);
    await stories.does(row, 'identify', person);
    return stories.registers(row);
  },
  'expired-by-staff-and-sent-anew-while-mailing': async (stories, gatehouse) => {
    const row = await stories.caseIn('sent');
    gatehouse.sink.manner = 'is away';
    await stories.does(row, 'expireNow', stories.ana);
    await stories.does(row, 'resend', stories.clerk);
    gatehouse.sink.manner = 'takes';
    await gatehouse.passes(20 * minute);
    return stories.does(row, 'cancel', stories.ana, { reason: 'wrong_person' });
  },
  'extended-resent-and-cancelled': async (stories) => {
    const row = await stories.caseIn('identified');
    await stories.does(row, 'extend', stories.ana, { input: { until: later(row.expiresAt, day) } });
    await stories.does(row, 'resend', stories.clerk);
    return stories.does(row, 'cancel', stories.ana, { reason: 'wrong_person' });
  },
  'locked-and-resent': async (stories) => {
    const row = await stories.caseIn('locked');
    await stories.does(row, 'resend', stories.clerk);
    await stories.does(row, 'identify', person);
    return stories.registers(row);
  },
  'undeliverable-and-address-corrected': async (stories) => {
    const row = await stories.caseIn('undeliverable');
    await stories.does(row, 'correctAddress', stories.clerk, { input: { email: 'corrected.link@mail.example' } });
    await stories.does(row, 'identify', person);
    return stories.registers(row);
  },
  'mail-given-up-and-cancelled': async (stories, gatehouse) => {
    const row = await stories.caseIn('draft');
    gatehouse.sink.manner = 'is away';
    await gatehouse.passes(3 * day + 60 * minute);
    gatehouse.sink.manner = 'takes';
    return stories.does(row, 'cancel', stories.ana, { reason: 'wrong_address' });
  },
  'not-me-and-cancelled': async (stories) => {
    const row = await stories.does(await stories.caseIn('sent'), 'notMe', person);
    return stories.does(row, 'cancel', stories.ana, { reason: 'wrong_person' });
  },
  'record-changed-and-cancelled': async (stories) => {
    const row = await stories.caseIn('identified');
    await stories.does(row, 'record_changed', engine, { input: { revokesSecret: true } });
    return stories.does(row, 'cancel', stories.ana, { reason: 'record_changed' });
  },
  'started-again-in-sent': async (stories, gatehouse) => {
    const row = await stories.caseIn('sent');
    await stories.runOf(row).terminate('lost');
    await stories.does(row, 'extend', stories.ana, { input: { until: later(row.expiresAt, day) } });
    await stories.runOf(row).executeUpdate(messageNames.reread);
    await gatehouse.daysPass(16);
    return row;
  },
  cancelled: async (stories) => {
    const row = await stories.caseIn('sent');
    await stories.runOf(row).cancel();
    await stories
      .runOf(row)
      .result()
      .catch(() => undefined);
    return row;
  },
  'still-waiting': (stories) => stories.caseIn('identified'),
};

/** Campaigns of a house, each of records of its own. */
interface CampaignStories {
  /** A draft with so many good rows, at a pace of so many a minute. */
  draft(count: number, perMinute: number): Promise<{ id: string }>;
  does(campaign: { id: string }, move: CampaignAction): Promise<void>;
  /** Waits for real until so many rows were sent; time stands meanwhile. */
  hasSent(campaign: { id: string }, atLeast: number): Promise<void>;
}

const campaignBranches: Record<string, Branch<CampaignStories>> = {
  'sent-in-parts': async (stories, gatehouse) => {
    const campaign = await stories.draft(5, 120);
    await stories.does(campaign, 'send');
    await stories.hasSent(campaign, 1);
    await gatehouse.passes(minute);
    return campaign;
  },
  'paused-and-resumed': async (stories, gatehouse) => {
    const campaign = await stories.draft(3, 1);
    await stories.does(campaign, 'send');
    await stories.hasSent(campaign, 1);
    await stories.does(campaign, 'pause');
    await gatehouse.daysPass(1);
    await stories.does(campaign, 'resume');
    await stories.hasSent(campaign, 2);
    await gatehouse.passes(5 * minute);
    return campaign;
  },
  'cancelled-on-the-way': async (stories) => {
    const campaign = await stories.draft(3, 1);
    await stories.does(campaign, 'send');
    await stories.hasSent(campaign, 1);
    await stories.does(campaign, 'cancel');
    return campaign;
  },
  'started-again-on-the-way': async (stories, gatehouse) => {
    const campaign = await stories.draft(3, 1);
    await stories.does(campaign, 'send');
    await stories.hasSent(campaign, 1);
    await stories.does(campaign, 'pause');
    await gatehouse.runOfCampaign(campaign.id).terminate('lost');
    await stories.does(campaign, 'resume');
    await gatehouse.runOfCampaign(campaign.id).executeUpdate(messageNames.reread);
    await gatehouse.passes(5 * minute);
    return campaign;
  },
  'still-paused': async (stories) => {
    const campaign = await stories.draft(3, 1);
    await stories.does(campaign, 'send');
    await stories.hasSent(campaign, 1);
    await stories.does(campaign, 'pause');
    return campaign;
  },
};

async function campaignStoriesIn(gatehouse: Gatehouse): Promise<CampaignStories> {
  const actor = await gatehouse.member('Carla Campaigner', 'reviewer');
  let people = 0;
  const rowOf = async (no: number) => {
    people += 1;
    const mrn = `CP-${people}`;
    const who = { mrn, firstName: 'Ada', lastName: `Camp ${people}`, email: `camp.${people}@mail.example` };
    await addRecord(gatehouse.database, portal, { ...who, dateOfBirth: '1984-02-29', postalCode: '02139' });
    return { no, mrn, email: undefined, reason: undefined, isMalformed: false };
  };
  const sent = async (id: string) => {
    const [row] = await gatehouse.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM campaign_rows WHERE campaign_id = $1 AND outcome = 'queued'`,
      [id],
    );
    return row?.count ?? 0;
  };
  return {
    draft: async (count, perMinute) => {
      const asked = await Promise.all(Array.from({ length: count }, (_, index) => rowOf(index + 2)));
      const policy = await currentPolicy(gatehouse.database, portal);
      if (!policy) throw new Error('the portal has a policy');
      const rows = await judgeRows(gatehouse.database, portal, policy, asked);
      const now = await gatehouse.now();
      const id = await gatehouse.transaction((tx) =>
        createCampaign(tx, { portal, name: 'Spring', source: 'csv', perMinute, rows, actor, now }),
      );
      return { id };
    },
    does: async ({ id }, move) => {
      await gatehouse.transaction((tx) => moveCampaign(tx, { campaignId: id, move, actor }));
      await gatehouse.idle();
    },
    hasSent: async ({ id }, atLeast) => {
      for (let round = 0; (await sent(id)) < atLeast; round += 1) {
        if (round > 500) throw new Error('no part was sent');
        await sleep(20);
      }
      await gatehouse.idle();
    },
  };
}

/** A shape of a workflow: its branches, and the run that one of them left. */
interface Shape {
  live(gatehouse: Gatehouse): Promise<Record<string, () => Promise<{ id: string }>>>;
  runOf(gatehouse: Gatehouse, id: string): WorkflowHandle;
}

function shapeOf<Told>(
  branches: Record<string, Branch<Told>>,
  storiesOf: (gatehouse: Gatehouse) => Promise<Told>,
  runOf: Shape['runOf'],
): Shape {
  return {
    live: async (gatehouse) => {
      const stories = await storiesOf(gatehouse);
      const told = Object.entries(branches).map(([name, live]) => [name, () => live(stories, gatehouse)] as const);
      return Object.fromEntries(told);
    },
    runOf,
  };
}

const shapes: Record<string, Shape> = {
  'application-1': shapeOf(applicationBranches, storiesIn, (gatehouse, id) => gatehouse.runOf(id)),
  'registration-1': shapeOf(registrationBranches, registrationStoriesIn, (gatehouse, id) =>
    gatehouse.runOf(id, 'registration'),
  ),
  'campaign-1': shapeOf(campaignBranches, campaignStoriesIn, (gatehouse, id) => gatehouse.runOfCampaign(id)),
};

async function main(): Promise<void> {
  const named = process.argv.slice(2);
  const unknown = named.filter((name) => !(name in shapes));
  if (unknown.length > 0) throw new Error(`no such shape: ${unknown.join(', ')}`);
  const wanted = named.length > 0 ? named : Object.keys(shapes).filter((name) => !existsSync(join(folder, name)));
  if (wanted.length === 0) {
    process.stdout.write('every shape is recorded; name one to record it anew\n');
    return;
  }
  await startRunDatabase();
  for (const name of wanted) await record(name, shapes[name] as Shape);
}

/** In a house of its own, so that what is recorded does not hang on what was recorded before it. */
async function record(shape: string, { live, runOf }: Shape): Promise<void> {
  const gatehouse = await startGatehouse(() => {}, {
    keys: parseKeyRing(readFileSync(join(folder, 'keys'), 'utf8').trim()),
  });
  try {
    rmSync(join(folder, shape), { recursive: true, force: true });
    mkdirSync(join(folder, shape), { recursive: true });
    for (const [branch, lived] of Object.entries(await live(gatehouse))) {
      const { id } = await lived();
      const history = withoutMachine(historyToJSON(await runOf(gatehouse, id).fetchHistory()));
      writeFileSync(join(folder, shape, `${branch}.json`), `${history}\n`);
      process.stdout.write(`${shape}/${branch}\n`);
      if (branch === 'approved-and-activated') keepKnownBad(history);
    }
  } finally {
    await gatehouse.stop();
  }
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
