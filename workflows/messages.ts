import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Snapshot } from '../domain/snapshot.ts';
import { messageNames, type Plan } from '../engine/names.ts';

/** A newer snapshot of the case; late, doubled and reordered ones change nothing. */
export const wake = defineSignal<[Snapshot]>(messageNames.wake);

/** The state the run knows and what it waits for. */
export const plan = defineQuery<Plan>(messageNames.plan);

/** Reads the case again and acts on what it finds; for repair, from Temporal Web or the CLI. */
export const reread = defineUpdate<Plan>(messageNames.reread);
