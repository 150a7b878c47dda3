import { applyAs, newApplicant, owed } from '../house.ts';
import { saturate, steady } from '../load.ts';
import { demands, line, measured, type Row } from '../row.ts';

/** Applications accepted while the engine starts a workflow and mails a receipt for each behind them. */
export const applications: Row = {
  name: 'applications',
  house: 'own',
  run: async (house, { quick, seconds = quick ? 5 : 20 }) => {
    const work = async () => void (await applyAs(house.http, newApplicant()));
    await steady({ perSecond: 150, seconds: 4, work }); // connections and code are warm then, in the worker as well
    const atRate = await measured(house, () => steady({ perSecond: 150, seconds, work }));
    const atMost = await measured(house, () => saturate({ concurrency: 16, seconds, work }));
    const behind = await owed(house.database);
    const note = `${behind.rows} outbox rows, ${behind.mails} mails behind at the end`;
    return [
      line('accepted, 150/s asked for', atRate.loaded, {
        cpu: atRate.cpu,
        demand: demands({ perSecond: 150, p95: 60 }),
      }),
      line('accepted, 16 at a time', atMost.loaded, { cpu: atMost.cpu, demand: demands({ perSecond: 150 }), note }),
    ];
  },
};
