import { fieldProblem, Problem } from '../../../../contract/problems.ts';
import { createCampaign } from '../../../../contract/routes/staff/campaigns.ts';
import { mostCampaignRows } from '../../../../contract/schemas/campaign.ts';
import { judgeRecords, judgeRows } from '../../../../store/campaign-dry-run.ts';
import { readCampaign } from '../../../../store/campaign-pages.ts';
import { type JudgedRow, createCampaign as writeCampaign } from '../../../../store/campaigns.ts';
import { maySee } from '../../../../store/cases.ts';
import { currentPolicy } from '../../../../store/portals.ts';
import type { Asked } from '../../../asked.ts';
import type { Dependencies } from '../../../dependencies.ts';
import { handle } from '../../../handle.ts';
import { staffActor } from '../staff-actor.ts';
import { presentCampaign } from './present-campaign.ts';
import { readRows } from './read-rows.ts';

export const createCampaignRoute = handle(
  createCampaign,
  async ({ body, actor, tx, now, prepared: rows }) => {
    const { portal, name, perMinute, csv } = body;
    const source = csv === undefined ? 'records' : 'csv';
    const id = await writeCampaign(tx, { portal, name, perMinute, source, rows, actor: staffActor(actor), now });
    return presentCampaign(await readCampaign(tx, id, actor), actor);
  },
  { prepare: dryRun },
);

/** Before the transaction: fifty thousand rows are judged in more time than one may take, and nothing is locked by it. */
async function dryRun({ body, actor }: Asked<typeof createCampaign>, { database }: Dependencies): Promise<JudgedRow[]> {
  const policy = maySee(actor, body.portal) ? await currentPolicy(database, body.portal) : undefined;
  if (!policy) throw new Problem('not_found');
  const { portal, csv, records } = body;
  if (csv !== undefined) {
    const read = readRows(csv);
    if ('problem' in read) throw fieldProblem('csv', read.problem);
    return judgeRows(database, portal, policy, read.rows);
  }
  const judged = await judgeRecords(database, portal, policy, records ?? {}, mostCampaignRows);
  if (!judged) throw fieldProblem('records.q', `This finds more than ${mostCampaignRows} records. Narrow it.`);
  if (judged.length === 0) throw fieldProblem('records.q', 'This finds no record, or only of people who are active.');
  return judged;
}
