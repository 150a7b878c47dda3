import { judgeRows } from '../../store/campaign-dry-run.ts';
import { createCampaign } from '../../store/campaigns.ts';
import { databaseNow } from '../../store/clock.ts';
import type { Setting } from './past.ts';

/** Record numbers as a practice sends them, with what goes wrong in such lists; one line has another address. */
const lines: readonly (readonly [mrn: string, email?: string, reason?: string])[] = [
  ['MS-200010'],
  ['MS-200022'],
  ['MS-200024'],
  ['MS-200026', 'new.address26@mail.example', 'address_outdated'],
  ['MS-200027'],
  ['MS-200028'],
  ['MS-200031'],
  ['MS-200032'],
  ['MS-200033'],
  ['MS-200022'], // twice in the file
  ['MS-200003'], // has a link already
  ['MS-200019'], // registered
  ['MS-200006'], // a child
  ['MS-200017'], // no address on file
  ['MS-200020'], // has died
  ['MS-200025'], // merged
  ['MS-200030'], // confidential
  ['MS-299999'], // nobody
  ['MS-200034', 'nobody at all'], // no address either
];

/** A dry run that waits to be sent: what a reviewer sees before anything leaves. */
export async function writeDryRun({ tx, portal, policy, members }: Setting): Promise<void> {
  const rows = lines.map(([mrn, email, reason], index) => ({
    no: index + 2, // the header line is the first
    mrn,
    email,
    reason,
    isMalformed: email !== undefined && !email.includes('@'),
  }));
  await createCampaign(tx, {
    portal,
    name: 'Autumn invitations',
    source: 'csv',
    // Slow enough to be watched, paused and resumed.
    perMinute: 12,
    rows: await judgeRows(tx, portal, policy, rows),
    actor: { kind: 'member', ...members.reviewer },
    now: await databaseNow(tx),
  });
}
