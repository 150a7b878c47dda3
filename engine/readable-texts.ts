import type { ApplicationMail } from '../domain/application/mails.ts';
import type { CaseKind, Timer, TimerName, WaitingOn } from '../domain/case.ts';
import { caseKinds, timerNames, waitingParties } from '../domain/case.ts';
import { type CaseEngineMove, type CaseState, caseEngineMoves, caseStates } from '../domain/case-names.ts';
import { type CampaignSnapshot, campaignStates, isCampaignOver } from '../domain/registration/campaign.ts';
import type { RegistrationMail } from '../domain/registration/mails.ts';
import { campaignType, messageDescriptions, messageNames } from './names.ts';

// The texts that stand in clear in Temporal, so that an operator can read a run. Nothing a person wrote can match: every
// word comes from a closed list, and the only open parts are instants and references. This file runs in the sandbox too.

// Written as keys so that a mail that domain/ adds and this list lacks is a type error.
const mailsOfCases: Record<ApplicationMail | RegistrationMail, true> = {
  application_received: true,
  information_requested: true,
  information_reminder: true,
  application_rejected: true,
  application_withdrawn: true,
  access_code: true,
  access_code_reissued: true,
  access_code_reminder: true,
  access_code_expired: true,
  account_activated: true,
  account_suspended: true,
  email_changed: true,
  promise_late: true,
  registration_invitation: true,
  registration_resent: true,
  registration_reminder: true,
  registration_expired: true,
  registration_confirmation: true,
  account_linked: true,
};

/** The mails that an activity's summary may name; any other is summarised without its name. */
export const namedMails: readonly string[] = Object.keys(mailsOfCases);

const plainWork = ['read case', 'issue code', 'issue link', 'approve by policy'] as const;

/** Summaries in the run of a campaign: its own, its activities and its timer. */
export const campaignWork = { run: campaignType, read: 'read campaign', send: 'send part', wait: 'next part' } as const;

/** Whether `text` may stand in clear: it belongs wholly to the closed grammar. */
export function isReadable(text: string): boolean {
  return text.length <= longest && grammar.test(text);
}

/** `application GH-7K3Q-M2XP`: the static summary of a run. */
export function runSummary(kind: CaseKind, reference: string): string {
  return `${words(kind)} ${reference}`;
}

/** `reminder`, or `reminder 2026-11-25T22:00:00.000Z` with the instant it is for: the summary of a timer. */
export function timerSummary(name: TimerName, firesAt?: string): string {
  return firesAt === undefined ? name : `${name} ${instantText(firesAt)}`;
}

/** `waits for staff until 2026-11-25T22:00:00.000Z (turns_due)`: the current details of a run. `next`: what fires first. */
export function waitDetails(waitingOn: WaitingOn, next?: Timer): string {
  const who = `waits for ${waitingOn}`;
  return next ? `${who} until ${instantText(next.firesAt)} (${next.name})` : who;
}

/** `ended as activated`: the current details of a run whose case is over. */
export function endDetails(state: CaseState): string {
  return `ended as ${state}`;
}

/** `campaign running, 120 to send`, or `ended as done`: the current details of a campaign's run. */
export function campaignDetails({ state, remaining }: Pick<CampaignSnapshot, 'state' | 'remaining'>): string {
  return isCampaignOver(state) ? `ended as ${state}` : `${campaignType} ${state}, ${remaining} to send`;
}

/** `mail access_code`: the summary of a mail activity. */
export function mailSummary(template: string): string {
  return namedMails.includes(template) ? `mail ${template}` : 'mail';
}

/** `record turned_due`: the summary of an activity that makes one of the engine's moves. */
export function moveSummary(move: CaseEngineMove): string {
  return `record ${move}`;
}

/** Summaries of the activities that are neither a mail nor one move. */
export function workSummary(work: (typeof plainWork)[number]): string {
  return work;
}

/**
 * Whether a value is Temporal's own description of a run (the answer to `__temporal_workflow_metadata`) and holds nothing but
 * known names and readable details. Temporal Web shows current details from it.
 */
export function isReadableMetadata(value: unknown): boolean {
  if (!hasOnly(value, ['definition', 'currentDetails'])) return false;
  const { definition, currentDetails } = value;
  const detailsFit = currentDetails === undefined || currentDetails === '' || isReadableText(currentDetails);
  return detailsFit && (definition === undefined || isKnownDefinition(definition));
}

const words = (name: string) => name.replaceAll('_', ' ');
const anyOf = (texts: readonly string[]) => `(?:${texts.join('|')})`;

const instant = String.raw`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z`;
const reference = 'GH-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}';
const state = anyOf(caseStates);
const timer = anyOf(timerNames);

const grammar = new RegExp(
  `^${anyOf([
    instant,
    reference,
    state,
    `${timer}(?: ${instant})?`,
    `${anyOf(caseKinds.map(words))} ${reference}`,
    `waits for ${anyOf(waitingParties)}(?: until ${instant} \\(${timer}\\))?`,
    `ended as ${state}`,
    `mail(?: ${anyOf(namedMails)})?`,
    `record ${anyOf(caseEngineMoves)}`,
    ...plainWork,
    ...Object.values(campaignWork),
    `${campaignType} ${anyOf(campaignStates)}, \\d{1,6} to send`,
    `ended as ${anyOf(campaignStates)}`,
  ])}$`,
);
const longest = 100;

// What the SDK itself puts into the description of a run.
const ownQueries: Record<string, string> = {
  __stack_trace: 'Returns a sensible stack trace.',
  __enhanced_stack_trace: 'Returns a stack trace annotated with source information.',
  __temporal_workflow_metadata: 'Returns metadata associated with this workflow.',
};
const ourMessages = Object.fromEntries(
  Object.entries(messageNames).map(([key, name]) => [name, messageDescriptions[key as keyof typeof messageNames]]),
);
const knownMessages = new Map(Object.entries({ ...ownQueries, ...ourMessages }));

function isKnownDefinition(definition: unknown): boolean {
  const lists = ['queryDefinitions', 'signalDefinitions', 'updateDefinitions'] as const;
  if (!hasOnly(definition, ['type', ...lists])) return false;
  if (![...caseKinds, campaignType].some((type) => type === definition.type)) return false;
  return lists.every((list) => {
    const entries = definition[list] ?? [];
    return Array.isArray(entries) && entries.every(isKnownMessage);
  });
}

function isKnownMessage(entry: unknown): boolean {
  if (!hasOnly(entry, ['name', 'description']) || typeof entry.name !== 'string') return false;
  const description = knownMessages.get(entry.name);
  return description !== undefined && (entry.description === undefined || entry.description === description);
}

function isReadableText(value: unknown): boolean {
  return typeof value === 'string' && isReadable(value);
}

function hasOnly<Key extends string>(value: unknown, keys: readonly Key[]): value is { [K in Key]?: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.keys(value).every((key) => keys.some((known) => known === key));
}

/** One form for all instants, whatever precision the database wrote. */
function instantText(at: string): string {
  const ms = Date.parse(at);
  return Number.isNaN(ms) ? at : new Date(ms).toISOString();
}
