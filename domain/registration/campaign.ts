import type { Actor } from '../case.ts';
import { mayMove, type TransitionTable } from '../transition-table.ts';

export const campaignStates = ['draft', 'running', 'paused', 'done', 'cancelled'] as const;
export type CampaignState = (typeof campaignStates)[number];

export const campaignActions = ['send', 'pause', 'resume', 'cancel'] as const;
export type CampaignAction = (typeof campaignActions)[number];
/** `done` is the engine's: no row is left to be sent. */
export type CampaignMove = CampaignAction | 'done';

/** Judged by the store under the campaign's lock. */
export type CampaignGuard = 'rows_ready';

const reviewer = ['reviewer'] as const;
const cancel = { to: 'cancelled', by: reviewer } as const;

/** The only place that says what may follow what in a campaign of registration e-mails. */
export const campaignLifecycle = {
  // The dry run: every row is judged, nothing is sent.
  draft: { send: { to: 'running', by: reviewer, guard: 'rows_ready' }, cancel },
  running: { pause: { to: 'paused', by: reviewer }, cancel, done: { to: 'done', by: ['engine'] } },
  paused: { resume: { to: 'running', by: reviewer }, cancel },
  done: {},
  cancelled: {},
} as const satisfies TransitionTable<CampaignState, CampaignMove, CampaignGuard>;

type Rule = { to: CampaignState; by: readonly ('reviewer' | 'engine')[]; guard?: CampaignGuard };

/** What the table says of a move in a state; undefined = refused. */
export function campaignRule(state: CampaignState, move: CampaignMove): Rule | undefined {
  const rules: { readonly [M in CampaignMove]?: Rule } = campaignLifecycle[state];
  return rules[move];
}

/** Whether the campaign is over; its run ends, and rows that were not sent never are. */
export function isCampaignOver(state: CampaignState): boolean {
  return Object.keys(campaignLifecycle[state]).length === 0;
}

/** The actions this member may take as the campaign stands. */
export function allowedCampaignActions(state: CampaignState, ready: number, actor: Actor): CampaignAction[] {
  return campaignActions.filter((action) => {
    const rule = campaignRule(state, action);
    return rule !== undefined && mayMove(actor, rule.by) && (rule.guard !== 'rows_ready' || ready > 0);
  });
}

/** The most rows one campaign takes. */
export const mostCampaignRows = 50_000;

/** Registrations a minute: unless told, and at most. */
export const campaignPace = { perMinute: 4_000, most: 6_000 } as const;

/** A part is one short transaction: cut off, it is sent again as a whole. */
const mostPerPart = 50;

/** How many rows go in one part: about a second of the pace. */
export function rowsPerPart(perMinute: number): number {
  return Math.min(mostPerPart, Math.max(1, Math.round(perMinute / 60)));
}

/** A run that was held up makes good this much of the time it lost, no more: no burst after an outage. */
const madeGoodMs = 2_000;

/** Not before this the next part goes, after one that sent `sent` rows at `now`; `previous` is the instant this one waited for. */
export function nextPartAt(now: Date, previous: Date | null, sent: number, perMinute: number): Date {
  const from = Math.max(previous?.getTime() ?? now.getTime(), now.getTime() - madeGoodMs);
  return new Date(from + (sent * 60_000) / perMinute);
}

/** What the engine knows of a campaign: nothing personal. Instants are RFC 3339 texts. */
export interface CampaignSnapshot {
  campaignId: string;
  portal: string;
  state: CampaignState;
  version: number;
  /** Rows still to be sent. */
  remaining: number;
  /** Not before this the next part goes; null = at once. */
  nextAt: string | null;
  /** The database's time at which the row was read. */
  now: string;
}
