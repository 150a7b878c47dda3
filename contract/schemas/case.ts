import { z } from 'zod';
import { caseFlags, caseKinds, caseSources, timerNames, waitingParties } from '../../domain/case.ts';
import { caseStates } from '../../domain/case-names.ts';
import { matchFields, matchHints } from '../../domain/people/matching.ts';
import { recordTroubles } from '../../domain/people/record-troubles.ts';
import { secretEndings } from '../../domain/secrets/purposes.ts';
import { orNull } from './answers.ts';
import { historyFacts } from './history.ts';
import { instant, isoDate, portalId, uuid } from './scalars.ts';

export const caseKind = z.enum(caseKinds);
export const caseState = z.enum(caseStates);
export const caseFlag = z.enum(caseFlags);
export const waitingOn = z.enum(waitingParties);
export const slaBand = z.enum(['ok', 'due', 'late']);
/** What narrows the list of cases: one value of each filter. */
export const caseFilters = {
  kind: caseKind,
  state: caseState,
  waitingOn,
  assignee: z.union([uuid, z.enum(['me', 'none'])]),
  portal: portalId,
  sla: slaBand,
  flag: caseFlag,
  patientRecordId: uuid,
  accountId: uuid,
  campaignId: uuid,
} as const;

export const secretState = z.enum(['live', ...secretEndings]);

/** The person a case is about, as they or the office gave it. */
export const caseSubject = z
  .object({
    firstName: z.string(),
    lastName: z.string(),
    dateOfBirth: isoDate,
    email: z.string(),
    postalCode: z.string(),
    phone: z.string().nullable(),
    addressLine: z.string().nullable(),
    city: z.string().nullable(),
    region: z.string().nullable(),
    sexAtBirth: z.string().nullable(),
    language: z.string(),
    message: z.string().nullable(),
  })
  .meta({ id: 'CaseSubject' });

/** Another case, as far as a link to it needs. */
export const caseLink = z
  .object({ id: uuid, reference: z.string(), kind: caseKind, state: caseState, receivedAt: instant })
  .meta({ id: 'CaseLink' });

/** One field of a candidate record beside what the person gave. */
export const matchedField = z.object({
  field: z.enum(matchFields),
  claimed: z.string().nullable(),
  onFile: z.string().nullable(),
  verdict: z.enum(['match', 'differs', 'missing']),
});

/** Why a record cannot be bound to a case, and what stands in the way. */
export const recordTrouble = z
  .object({
    code: z.enum(recordTroubles),
    account: orNull(z.object({ id: uuid, username: z.string() })).describe('has_account: the one they have.'),
    case: orNull(z.object({ id: uuid, reference: z.string() })).describe('approved_already: the other case.'),
  })
  .meta({ id: 'RecordTrouble' });

/** A patient record that may be the person's, with what matched and what differed. */
export const recordMatch = z
  .object({
    recordId: uuid,
    mrn: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    practice: z.string().nullable(),
    deceasedOn: isoDate.nullable(),
    confidential: z.boolean(),
    mergedInto: uuid.nullable(),
    isWholeMatch: z.boolean().describe('Names, date of birth and postal code all match.'),
    score: z.int().describe('0 to 100, for ranking only.'),
    hints: z.array(z.enum(matchHints)).describe('Likely reasons for a difference.'),
    trouble: orNull(recordTrouble).describe('Why `approve` would refuse to bind it; null when it would not.'),
    fields: z.array(matchedField),
  })
  .meta({ id: 'RecordMatch' });

export const allowedAction = z.object({
  name: z.string(),
  reasons: z.array(z.string()).optional().describe('One of these is demanded.'),
  mayGive: z.array(z.string()).optional().describe('One of these may be given as the reason.'),
  needsMessage: z.boolean().optional().describe('Refused without `message`.'),
  needsRecord: z.boolean().optional().describe('Refused without `patientRecordId`.'),
  latest: instant.optional().describe('extend: the last `until` that is taken.'),
});

const secret = z
  .object({
    purpose: z.string(),
    state: secretState,
    issuedAt: instant,
    expiresAt: instant,
    failedAttempts: z.int(),
  })
  .meta({ id: 'SecretState', description: 'What became of the code; never the code.' });

const engine = z
  .object({
    workflowId: z.string(),
    runId: z.string().nullable(),
    status: z
      .string()
      .describe(
        'As Temporal has it, in lower case; `not_started` before the engine took it, `unknown` while it is away.',
      ),
    url: z.string().nullable().describe('The run in Temporal Web, where that is known.'),
    delayed: z.boolean().optional().describe('What the case owes the engine waits for more than 5 s.'),
  })
  .meta({ id: 'CaseEngine' });

const askedAndAnswered = z.object({
  askedAt: instant,
  questions: z.array(z.string()),
  answeredAt: instant.nullable(),
  answers: z.array(z.string()),
});

/** How far a registration came; null for every other kind of case. */
export const registrationProgress = z
  .object({
    sentAt: instant.nullable().describe('When the mail relay last took a link.'),
    openedAt: instant.nullable().describe('When the person first began with a link.'),
    identifiedAt: instant.nullable(),
    failedTries: z.int().describe('Wrong identifications and verifications with the newest link.'),
    addressReason: z.string().nullable().describe('Why it went to another address than the one on file.'),
    campaignId: uuid.nullable(),
  })
  .meta({ id: 'RegistrationProgress' });
export type RegistrationProgress = z.output<typeof registrationProgress>;

/** What lists show of a case. */
const caseRow = {
  id: uuid,
  reference: z.string(),
  kind: caseKind,
  portal: z.string(),
  state: caseState,
  version: z.int(),
  subject: caseSubject,
  source: z.enum(caseSources),
  assignee: uuid.nullable(),
  assigneeName: z.string().nullable(),
  waitingOn: waitingOn.nullable(),
  receivedAt: instant,
  updatedAt: instant,
  dueAt: instant.nullable().describe("The target's end; null when no promise runs."),
  lateAt: instant.nullable().describe("The promise's end; null when no promise runs."),
  expiresAt: instant.nullable().describe('When the code, or the time to answer, ends.'),
  sla: slaBand.nullable(),
  flags: z.array(caseFlag),
  registration: orNull(registrationProgress),
};

export const caseListItem = z.object(caseRow).meta({ id: 'CaseListItem' });

/** The whole case for staff, with what this member may do next. */
export const staffCase = z
  .object({
    ...caseRow,
    policyVersion: z.int().describe('The policy the case started under.'),
    matches: z.array(recordMatch),
    patientRecordId: uuid.nullable().describe('The record the case is bound to.'),
    duplicates: z
      .array(z.object({ caseId: uuid.nullable(), accountId: uuid.nullable(), label: z.string() }))
      .describe('What a possible duplicate is one of: a case by reference, an account by username.'),
    decidedAt: instant.nullable(),
    secret: orNull(secret),
    timers: z.array(z.object({ name: z.enum(timerNames), firesAt: instant })).describe('Soonest first.'),
    allowedActions: z.array(allowedAction),
    earlierCases: z.array(caseLink),
    questions: z.array(askedAndAnswered),
    account: z.object({ id: uuid, username: z.string(), state: z.string() }).optional(),
    engine,
  })
  .meta({ id: 'StaffCase' });

export type CaseListItem = z.output<typeof caseListItem>;
export type StaffCase = z.output<typeof staffCase>;
export type RecordMatch = z.output<typeof recordMatch>;
export type RecordTrouble = z.output<typeof recordTrouble>;

/** One line of a case's history, in staff's words. */
export const timelineEntry = z
  .object({
    id: uuid,
    at: instant,
    ...historyFacts,
    note: z.string().nullable().describe('Private; never mailed.'),
  })
  .meta({ id: 'TimelineEntry' });
export type TimelineEntry = z.output<typeof timelineEntry>;

/** Live description from Temporal. */
export const engineView = z
  .object({
    workflowId: z.string(),
    runId: z.string().nullable(),
    status: z.string(),
    url: z.string().nullable(),
    delayed: z.boolean(),
    waitsFor: z.string().nullable().describe("The run's current details, one line."),
    pendingActivities: z.array(
      z.object({
        name: z.string(),
        attempt: z.int(),
        lastFailure: z.string().nullable(),
        nextTryAt: instant.nullable(),
      }),
    ),
    pendingTimers: z.array(z.object({ name: z.string(), firesAt: instant })),
  })
  .meta({ id: 'EngineView' });
export type EngineView = z.output<typeof engineView>;
