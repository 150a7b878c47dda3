import { activate } from '../activation.ts';
import type { House } from '../house.ts';
import { saturate, steady, type Work } from '../load.ts';
import { type PreparedCase, prepareCases, retire } from '../prepared-cases.ts';
import { demands, line, measured, type Row } from '../row.ts';

/** An access code becomes an account: six calls, one argon2id. The codes are prepared by SQL. */
export const redemption: Row = {
  name: 'redemption',
  house: 'shared',
  run: async (house, { quick, seconds = quick ? 5 : 20 }) => {
    const codes = await prepareCases(house.database, { count: 25 * seconds + 60 * seconds + 200 });
    await steady({ perSecond: 25, seconds: 4, work: redeem(house, codes) }); // code is warm then
    const atRate = await measured(house, () => steady({ perSecond: 25, seconds, work: redeem(house, codes) }));
    const atMost = await measured(house, () => saturate({ concurrency: 8, seconds, work: redeem(house, codes) }));
    await retire(house.database, codes);
    return [
      line('six steps, 25/s asked for', atRate.loaded, {
        cpu: atRate.cpu,
        demand: demands({ perSecond: 25, p95: 300 }),
      }),
      line('· credentials (argon2id)', atRate.loaded, { of: 'credentials' }),
      line('· last step', atRate.loaded, { of: 'last step', demand: demands({ p95: 300 }) }),
      line('six steps, 8 at a time', atMost.loaded, { cpu: atMost.cpu, demand: demands({ perSecond: 25 }) }),
    ];
  },
};

function redeem({ http }: House, codes: PreparedCase[]): Work {
  return async (note) => {
    const next = codes.pop();
    if (!next) throw new Error('too few codes were prepared');
    await activate(http, next, note);
  };
}
