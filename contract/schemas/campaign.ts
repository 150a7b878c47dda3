import { z } from 'zod';
import { campaignActions, campaignPace, campaignStates } from '../../domain/registration/campaign.ts';
import { campaignProblems } from '../../domain/registration/obstacles.ts';
import { caseState } from './case.ts';
import { messageState } from './message.ts';
import { instant, lineText, portalId, uuid } from './scalars.ts';

export { campaignActions, campaignPace, campaignStates, mostCampaignRows } from '../../domain/registration/campaign.ts';

export const campaignState = z.enum(campaignStates);
export type CampaignState = z.output<typeof campaignState>;

export const campaignAction = z.enum(campaignActions);
export type CampaignAction = z.output<typeof campaignAction>;

export const campaignProblem = z.enum(campaignProblems);
export const campaignRowOutcome = z.enum(['ready', 'queued', 'refused']);

/** Whom it goes to: a file with the columns `mrn`, and `email` with `reason` for another address than on file; or records. */
export const newCampaignBody = z
  .strictObject({
    portal: portalId,
    name: lineText(1, 100, 'Give it a name.'),
    csv: z
      .string()
      .min(1)
      .optional()
      .describe('With a header line; UTF-8; comma, quotes doubled. Columns: mrn, email?, reason?'),
    records: z
      .strictObject({
        practice: lineText(0, 200).optional().describe('The name of the practice; absent: all of the portal.'),
        q: lineText(0, 200).optional().describe('As in the list of records.'),
      })
      .optional()
      .describe('Instead of a file: the records that this finds, those of people who are active left out.'),
    perMinute: z
      .int()
      .min(1)
      .max(campaignPace.most)
      .default(campaignPace.perMinute)
      .describe('Registrations a minute.'),
  })
  .superRefine(({ csv, records }, context) => {
    if ((csv === undefined) === (records === undefined)) {
      context.addIssue({ code: 'custom', path: ['csv'], message: 'Give either a file or records.' });
    }
  });
export type NewCampaignBody = z.output<typeof newCampaignBody>;

const count = z.int().min(0);

/** Registration e-mails to many. As `draft` it is the dry run: every row judged, nothing sent. */
export const campaign = z
  .object({
    id: uuid,
    portal: z.string(),
    name: z.string(),
    state: campaignState,
    version: z.int(),
    source: z.enum(['csv', 'records']),
    perMinute: z.int(),
    createdAt: instant,
    createdBy: z.object({ id: uuid, name: z.string() }),
    startedAt: instant.nullable(),
    sentBy: z.object({ id: uuid, name: z.string() }).nullable(),
    endedAt: instant.nullable(),
    counts: z.object({
      rows: count,
      ready: count.describe('To be sent.'),
      queued: count.describe('Registrations made; their mails are in the ledger.'),
      refused: count,
      mailed: count.describe('Mails that the relay took.'),
      mailWaiting: count.describe('Mails that are still to leave.'),
      mailTrouble: count.describe('Mails that were refused, or whose outcome is unknown.'),
      registered: count.describe('Persons who registered or linked.'),
    }),
    problems: z
      .array(z.object({ problem: campaignProblem, count }))
      .describe('Why rows are refused, most frequent first.'),
    allowedActions: z.array(campaignAction),
  })
  .meta({ id: 'Campaign' });
export type Campaign = z.output<typeof campaign>;

export const campaignRow = z
  .object({
    no: z.int().describe("The file's line, counted from 1, the header line; or the record's place."),
    mrn: z.string(),
    patientRecordId: uuid.nullable(),
    name: z.string().nullable().describe('As on the record; null when no record was found.'),
    email: z.string().nullable().describe('Where it goes, or went.'),
    outcome: campaignRowOutcome,
    problem: campaignProblem.nullable(),
    caseId: uuid.nullable(),
    reference: z.string().nullable(),
    state: caseState.nullable().describe("The registration's, now."),
    mail: messageState.nullable().describe('What became of its first mail.'),
  })
  .meta({ id: 'CampaignRow' });
export type CampaignRow = z.output<typeof campaignRow>;

export const campaignActionBody = z.strictObject({
  version: z.int().min(1).describe('The version the decision was made on; an older one is refused.'),
});
