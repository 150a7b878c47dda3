import { actOnCase } from '../../contract/routes/staff/cases.ts';
import { activate } from '../activation.ts';
import { applyAs, findCase, type House, newApplicant } from '../house.ts';
import { type Loaded, saturate, steady, type Work } from '../load.ts';
import { demands, line, type Measured, measured, type Row } from '../row.ts';

/** Apply, find, claim, approve, the mail with the code, six steps, activated: everything through Temporal. */
export const lifecycle: Row = {
  name: 'lifecycle',
  house: 'own',
  isOnce: true,
  run: async (house, { quick, seconds }) => {
    const work = oneLife(house);
    await saturate({ concurrency: 2, seconds: 3, work });
    const atRate = await measured(house, () => steady({ perSecond: 10, seconds: seconds ?? (quick ? 60 : 300), work }));
    const caughtUp = await house.rest(120);
    const atMost = await measured(house, () =>
      saturate({ concurrency: 32, seconds: seconds ?? (quick ? 15 : 60), work }),
    );
    const restedAfter = await house.rest(120);
    return [
      line('whole life, 10/s asked for', atRate.loaded, {
        cpu: atRate.cpu,
        demand: demands({ perSecond: 10 }),
        note: `at rest ${caughtUp.toFixed(1)} s after`,
      }),
      ...parts(atRate.loaded),
      line('whole life, 32 at a time', atMost.loaded, {
        cpu: atMost.cpu,
        note: `at rest ${restedAfter.toFixed(1)} s after`,
      }),
    ];
  },
};

function parts(loaded: Loaded): Measured[] {
  return ['approved → code in the mailbox', 'six steps'].map((of) => line(`· ${of}`, loaded, { of }));
}

function oneLife(house: House): Work {
  const { http, sink } = house;
  return async (note) => {
    const cookie = house.staffCookie;
    const applicant = newApplicant();
    const { id: caseId, version } = await findCase(house, await applyAs(http, applicant));
    const claimed = await http.call(actOnCase, { params: { caseId, action: 'claim' }, body: { version }, cookie });
    const approval = { version: claimed.body.version };
    await http.call(actOnCase, { params: { caseId, action: 'approve' }, body: approval, cookie });
    const approvedAt = performance.now();
    const code = await sink.codeFor(applicant.email, 60_000);
    const mailedAt = performance.now();
    note('approved → code in the mailbox', mailedAt - approvedAt);
    await activate(http, { code, applicant }, () => {});
    note('six steps', performance.now() - mailedAt);
  };
}
