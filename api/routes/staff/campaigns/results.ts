import { downloadCampaignResults } from '../../../../contract/routes/staff/campaigns.ts';
import type { CampaignState } from '../../../../domain/registration/campaign.ts';
import { obstacleInWords } from '../../../../domain/registration/obstacles.ts';
import { writeAudit } from '../../../../store/audit.ts';
import { readCampaign } from '../../../../store/campaign-pages.ts';
import { campaignRowsAfter, type ShownCampaignRow } from '../../../../store/campaign-rows.ts';
import { databaseNow } from '../../../../store/clock.ts';
import type { Database } from '../../../../store/database.ts';
import { handleDownload } from '../../../download.ts';
import { csvLine, csvStart } from '../csv-text.ts';
import { staffActor } from '../staff-actor.ts';

/** Every row as a file. Who took it is audited before the first one leaves. */
export const downloadCampaignResultsRoute = handleDownload(
  downloadCampaignResults,
  async ({ params: { campaignId }, actor }, { database }) => {
    const { portal, state, counts } = await readCampaign(database, campaignId, actor);
    const at = await database.transaction(async (tx) => {
      const now = await databaseNow(tx);
      const detail = { campaignId, rows: counts.rows };
      writeAudit(tx, { at: now, actor: staffActor(actor), action: 'campaign_exported', portal, detail });
      return now;
    });
    return {
      fileName: `gatehouse-campaign-${at.toISOString().slice(0, 10)}.csv`,
      pieces: linesOf(database, campaignId, state),
    };
  },
);

const rowsAtOnce = 500;

async function* linesOf(database: Database, campaignId: string, state: CampaignState): AsyncGenerator<string> {
  yield csvStart + csvLine(columns.map(([name]) => name));
  for (let last = 0; ; ) {
    const rows = await campaignRowsAfter(database, campaignId, last, rowsAtOnce);
    yield rows.map((row) => csvLine(columns.map(([, cellOf]) => cellOf(row, state)))).join('');
    last = rows.at(-1)?.no ?? last;
    if (rows.length < rowsAtOnce) return;
  }
}

type Cell = Parameters<typeof csvLine>[0][number];

/** Named as in the rows' JSON, `problem` also in words. */
const columns: readonly [name: string, cellOf: (row: ShownCampaignRow, state: CampaignState) => Cell][] = [
  ['no', ({ no }) => no],
  ['mrn', ({ mrn }) => mrn],
  ['name', ({ name }) => name],
  ['email', ({ email }) => email],
  // What is still ready when a campaign was cancelled never goes.
  ['outcome', ({ outcome }, state) => (outcome === 'ready' && state === 'cancelled' ? 'not_sent' : outcome)],
  ['problem', ({ problem }) => problem],
  ['explanation', ({ problem }) => (problem === null ? null : problemInWords[problem])],
  ['reference', ({ reference }) => reference],
  ['state', ({ state }) => state],
  ['mail', ({ mail }) => mail],
];

const problemInWords: Record<NonNullable<ShownCampaignRow['problem']>, string> = {
  ...obstacleInWords,
  // A row may also come second to another one of the same file.
  duplicate: 'It comes twice in the file, or a registration for this record is open already',
  malformed:
    'The line cannot be read, the address is none, or another address than on file has not one of the reasons address_outdated and patient_request',
};
