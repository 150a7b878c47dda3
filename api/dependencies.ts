import type { EngineClient } from '../engine/connection.ts';
import type { Database } from '../store/database.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Passwords } from './passwords.ts';
import type { ApiSettings } from './settings.ts';

/** Everything a handler may use; made once by `main.ts`, or by a test. */
export interface Dependencies {
  readonly database: Database;
  readonly engine: EngineClient;
  readonly settings: ApiSettings;
  readonly log: Log;
  readonly passwords: Passwords;
  readonly metrics: Metrics;
}
