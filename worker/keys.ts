import { parseArgs } from 'node:util';
import { type Database, openDatabase } from '../store/database.ts';
import { compromiseKey, keyUsage } from '../store/key-usage.ts';
import { runCommand } from './run-command.ts';
import { readCommandSettings } from './settings.ts';

const usage = 'npm run keys, or npm run keys -- compromise <id> --as <supervisor’s e-mail> [--per-minute 60]';

/** `npm run keys`: what refers to each key. `… -- compromise <id>`: ends what is live under it and queues new codes. */
runCommand(async (print) => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { as: { type: 'string' }, 'per-minute': { type: 'string', default: '60' } },
  });
  const [command, keyId, ...rest] = positionals;
  const isKnown = command === undefined || (command === 'compromise' && keyId !== undefined && rest.length === 0);
  if (!isKnown) throw new Error(usage);
  const { databaseUrl, keys } = readCommandSettings('app');
  const database = openDatabase({ url: databaseUrl, keys, connections: 2, name: 'gatehouse keys' });
  try {
    if (keyId === undefined) await count(database, print);
    else await compromise(database, { keyId, as: values.as, perMinute: Number(values['per-minute']) }, print);
  } finally {
    await database.close();
  }
});

async function count(database: Database, print: (line: string) => void): Promise<void> {
  print(`${'key'.padEnd(20)}${'live secrets'.padStart(14)}${'audit entries'.padStart(15)}${'seals'.padStart(12)}`);
  for (const { keyId, isCurrent, isInRing, liveSecrets, auditEntries, seals } of await keyUsage(database)) {
    const counts = `${String(liveSecrets).padStart(14)}${String(auditEntries).padStart(15)}${String(seals).padStart(12)}`;
    print(`${keyId.padEnd(20)}${counts}${isCurrent ? '  current' : isInRing ? '' : '  MISSING from GATEHOUSE_KEYS'}`);
  }
  print('Payloads in Temporal are not counted: keep a key until the retention of the last run under it is over.');
}

interface Asked {
  keyId: string;
  as: string | undefined;
  perMinute: number;
}

async function compromise(
  database: Database,
  { keyId, as, perMinute }: Asked,
  print: (line: string) => void,
): Promise<void> {
  if (!as || !(perMinute > 0)) throw new Error(usage);
  const done = await compromiseKey(database, { keyId, memberEmail: as, perMinute });
  print(`codes ended, new ones follow at ${perMinute} a minute: ${done.reissued}`);
  print(`codes ended, staff must settle the case first: ${done.expired}`);
  print(`mailbox codes ended: ${done.mailboxCodes}`);
  if (done.refused.length > 0) print(`still live, look at these cases: ${done.refused.join(' ')}`);
}
