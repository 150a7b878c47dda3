import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { DefaultLogger, Runtime, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { dataConverter } from '../../engine/data-converter.ts';
import { codecKeys, parseKeyRing } from '../../store/key-ring.ts';
import { workflowBundle } from '../support/gatehouse.ts';

const folder = join(import.meta.dirname, '..', 'histories');
const keys = parseKeyRing(readFileSync(join(folder, 'keys'), 'utf8').trim());
const knownBad = 'known-bad';
const shapes = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== knownBad)
  .map(({ name }) => name);
const branchesOf = (shape: string) =>
  readdirSync(join(folder, shape))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length));
const all = shapes.flatMap((shape) => branchesOf(shape).map((branch) => [shape, branch] as const));

let bundle: WorkflowBundleOption;
beforeAll(async () => {
  Runtime.install({
    logger: new DefaultLogger('ERROR', () => undefined),
    telemetryOptions: { logging: { forward: {}, filter: 'OFF' } },
  });
  bundle = await workflowBundle();
}, 60_000);

async function errorsOf(
  histories: readonly (readonly [shape: string, branch: string])[],
): Promise<Record<string, unknown>> {
  const errors: Record<string, unknown> = {};
  const replays = Worker.runReplayHistories(
    { workflowBundle: bundle, dataConverter: dataConverter(codecKeys(keys)) },
    histories.map(([shape, branch]) => ({
      workflowId: `${shape}/${branch}`,
      history: JSON.parse(readFileSync(join(folder, shape, `${branch}.json`), 'utf8')),
    })),
  );
  for await (const { workflowId, error } of replays) errors[workflowId] = error;
  return errors;
}

describe('the workflows of today', () => {
  it('replay every stored history of every released shape', async () => {
    expect(shapes).toEqual(expect.arrayContaining(['application-1', 'campaign-1', 'registration-1']));
    expect(all.length).toBeGreaterThanOrEqual(35);
    const expected = Object.fromEntries(all.map(([shape, branch]) => [`${shape}/${branch}`, undefined]));
    expect(await errorsOf(all)).toEqual(expected);
  }, 60_000);

  it('do not replay a history that another code wrote', async () => {
    const bad = branchesOf(knownBad).map((branch) => [knownBad, branch] as const);
    expect(bad.length).toBeGreaterThan(0);
    for (const error of Object.values(await errorsOf(bad))) {
      expect(error).toMatchObject({ name: 'DeterminismViolationError' });
    }
  }, 60_000);
});
