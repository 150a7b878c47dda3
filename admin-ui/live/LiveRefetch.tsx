import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { readAccount } from '../../contract/routes/staff/accounts.ts';
import { listCampaignRows, readCampaign } from '../../contract/routes/staff/campaigns.ts';
import {
  listCaseMessages,
  listCaseRecords,
  listCaseTimeline,
  readCase,
  readCaseEngine,
} from '../../contract/routes/staff/cases.ts';
import { readDashboard } from '../../contract/routes/staff/dashboard.ts';
import { listMembers } from '../../contract/routes/staff/members.ts';
import { listMessages } from '../../contract/routes/staff/messages.ts';
import { mayMove } from './stays-put.ts';
import { type LiveEvent, onLive, startLive } from './stream.ts';

/** What is read anew when a thing of that kind changed: the reads of that one thing, and what sums over all. */
const readsOf: Readonly<Record<string, { ofOne: readonly string[]; ofAll: readonly string[] }>> = {
  case: {
    ofOne: [readCase.name, listCaseRecords.name, listCaseTimeline.name, listCaseMessages.name, readCaseEngine.name],
    ofAll: [readDashboard.name],
  },
  message: { ofOne: [], ofAll: [listCaseMessages.name, listMessages.name] },
  account: { ofOne: [readAccount.name], ofAll: [] },
  campaign: { ofOne: [readCampaign.name, listCampaignRows.name], ofAll: [] },
  member: { ofOne: [], ofAll: [listMembers.name] },
};

/**
 * Reads anew what changed, as far as it is on the screen; everything when events were missed. Lists that must not jump under
 * the hand (`staysPut`) listen for themselves.
 */
export function LiveRefetch() {
  const queries = useQueryClient();
  useEffect(() => startLive(), []);
  useEffect(
    () =>
      onLive((events) => {
        if (events.some(({ kind }) => kind === 'resync')) {
          void queries.invalidateQueries({ predicate: mayMove });
          return;
        }
        const changed = events.filter((event) => event.kind === 'changed');
        void queries.invalidateQueries({
          predicate: ({ queryKey }) => changed.some((event) => concerns(event, queryKey)),
        });
      }),
    [queries],
  );
  return null;
}

function concerns(event: Extract<LiveEvent, { kind: 'changed' }>, [name, params]: readonly unknown[]): boolean {
  const reads = readsOf[event.resource];
  if (!reads || typeof name !== 'string') return false;
  if (reads.ofAll.includes(name)) return true;
  const isOfIt = typeof params === 'object' && params !== null && Object.values(params).includes(event.id);
  return isOfIt && reads.ofOne.includes(name);
}
