import type { SearchAttributePair, SearchAttributeUpdatePair } from '@temporalio/common';
import type { SearchAttributeKey } from '@temporalio/common/lib/search-attributes.js';
import type { Snapshot } from '../domain/snapshot.ts';

/** What runs can be found by in Temporal Web. They stand in clear: opaque ids and states only. */
export const searchAttributes = {
  kind: keyword('CaseKind'),
  state: keyword('CaseState'),
  portal: keyword('Portal'),
  waitingOn: keyword('WaitingOn'),
  dueAt: datetime('DueAt'),
  expiresAt: datetime('ExpiresAt'),
} as const;

/** For starting a run: what is null on the case is left out. */
export function searchAttributesOf(snapshot: Snapshot): SearchAttributePair[] {
  return searchAttributeUpdatesOf(snapshot).filter((pair): pair is SearchAttributePair => pair.value !== null);
}

/** For `upsertSearchAttributes` in a run: what is null on the case is taken away. */
export function searchAttributeUpdatesOf(snapshot: Snapshot): SearchAttributeUpdatePair[] {
  return [
    { key: searchAttributes.kind, value: snapshot.kind },
    { key: searchAttributes.state, value: snapshot.state },
    { key: searchAttributes.portal, value: snapshot.portal },
    { key: searchAttributes.waitingOn, value: snapshot.waitingOn },
    { key: searchAttributes.dueAt, value: instant(snapshot.dueAt) },
    { key: searchAttributes.expiresAt, value: instant(snapshot.expiresAt) },
  ];
}

function instant(at: string | null): Date | null {
  return at === null ? null : new Date(at);
}

// Written out, since only types of the SDK's common package may be loaded by what also runs in the sandbox.
function keyword(name: string): SearchAttributeKey<'KEYWORD'> {
  return { name, type: 'KEYWORD' };
}

function datetime(name: string): SearchAttributeKey<'DATETIME'> {
  return { name, type: 'DATETIME' };
}
