import type { CaseKind, Timer } from '../domain/case.ts';
import { caseKinds } from '../domain/case.ts';

/** The one task queue: every worker serves every kind of case. */
export const taskQueue = 'gatehouse';

/** What a case's workflow can be told and asked. Runs wait for months under these names: never rename one. */
export const messageNames = { wake: 'wake', plan: 'plan', reread: 'reread' } as const;

/** For `setHandler(…, {description})`; shown in Temporal Web. The codec lets these texts pass, and no others. */
export const messageDescriptions = {
  wake: 'A newer snapshot; older ones change nothing.',
  plan: 'The state it knows and what it waits for.',
  reread: 'Reads the row again and acts on what it finds.',
} as const satisfies Record<keyof typeof messageNames, string>;

/** What the query `plan` answers. `waitsFor` is soonest first, `firesAt` an RFC 3339 instant. */
export interface Plan {
  state: string;
  version: number;
  waitsFor: Timer[];
}

/** The workflow type of a kind of case: its own name. */
export function workflowType(kind: CaseKind): string {
  return kind;
}

/** The only place a case's workflow id is built; opaque and the same for ever, so that every start meets the running one. */
export function workflowId(kind: CaseKind, caseId: string): string {
  return `${kind}/${caseId}`;
}

/** The case behind a workflow id, or undefined when the id is not one of ours. */
export function caseOfWorkflow(id: string): { kind: CaseKind; caseId: string } | undefined {
  const slash = id.indexOf('/');
  const kind = caseKinds.find((known) => known === id.slice(0, slash));
  const caseId = id.slice(slash + 1);
  return kind && caseId ? { kind, caseId } : undefined;
}

/** The workflow type of campaigns; beside the kinds of case. */
export const campaignType = 'campaign';

/** The only place a campaign's workflow id is built. */
export function campaignWorkflowId(campaignId: string): string {
  return `${campaignType}/${campaignId}`;
}

/** What the query `plan` answers for a campaign. */
export interface CampaignPlan {
  state: string;
  version: number;
  /** Rows still to be sent. */
  remaining: number;
  /** An RFC 3339 instant; null = at once, or not before somebody goes on. */
  nextPartAt: string | null;
}
