import { freePort as freePortOf } from '../../dev/ports.ts';

/** Test files that run side by side choose from ranges of their own: what one has chosen, and not opened yet, the other does not get. */
const portsPerWorker = 10_000;
const worker = (Number(process.env.JEST_WORKER_ID ?? 1) - 1) % 2;
const range = { from: 10_000 + worker * portsPerWorker, to: 10_000 + (worker + 1) * portsPerWorker };

/** A port that is free now on 127.0.0.1. */
export const freePort = (): Promise<number> => freePortOf(range);
