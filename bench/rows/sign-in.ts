import { readApplicationStatus } from '../../contract/routes/public/applications.ts';
import { readMe } from '../../contract/routes/public/me.ts';
import { readPortal } from '../../contract/routes/public/portals.ts';
import { signIn } from '../../contract/routes/public/session.ts';
import { listCases } from '../../contract/routes/staff/cases.ts';
import { applyAs, type House, newApplicant, password, portal } from '../house.ts';
import { type Loaded, quantile, saturate, steady, type Work, whole } from '../load.ts';
import { prepareAccounts } from '../prepared-cases.ts';
import { demands, line, type Measured, measured, type Row } from '../row.ts';

const params = { portal };
const mostTimesSlower = 2;

/** Sign-ins of real accounts (written by SQL, one shared hash), and what a flood of wrong ones does to everybody else. */
export const signIns: Row = {
  name: 'sign-in',
  house: 'shared',
  run: async (house, { quick, seconds = quick ? 5 : 20 }) => {
    const usernames = await prepareAccounts(house.database, 200, await house.passwords.hash(password));
    const work = signInAsOneOf(house, usernames);
    await saturate({ concurrency: 2, seconds: 1, work });
    const atRate = await measured(house, () => steady({ perSecond: 30, seconds, work }));
    const atMost = await measured(house, () => saturate({ concurrency: 16, seconds, work }));
    return [
      line('right password, 30/s asked for', atRate.loaded, {
        cpu: atRate.cpu,
        demand: demands({ perSecond: 30, p95: 250 }),
      }),
      line('right password, 16 at a time', atMost.loaded, { cpu: atMost.cpu, demand: demands({ perSecond: 30 }) }),
      ...(await duringFlood(house, usernames[0] ?? '', seconds)),
    ];
  },
};

function signInAsOneOf({ http }: House, usernames: readonly string[]): Work {
  let turn = 0;
  return async () => {
    turn += 1;
    const login = usernames[turn % usernames.length] ?? '';
    await http.call(signIn, { params, body: { login, password } });
  };
}

/** The same calls at the same rate, first at rest and then while 32 strangers try passwords as fast as they are refused. */
async function duringFlood(house: House, username: string, seconds: number): Promise<Measured[]> {
  const others = await otherRoutes(house, username);
  const atRest = await steady({ perSecond: 20, seconds, work: others });
  const endAt = performance.now() + (seconds + 1) * 1000;
  let stranger = 0;
  const wrong: Work = async () => {
    stranger += 1;
    const login = `stranger-${process.pid}-${stranger}`;
    await house.http.call(signIn, { params, body: { login, password: 'not the right one at all' } }, 401);
  };
  const flooding = saturate({ concurrency: 32, seconds: (endAt - performance.now()) / 1000, work: wrong });
  const flooded = await steady({ perSecond: 20, seconds, work: others });
  const flood = await flooding;
  const slower = p95(flooded) / p95(atRest);
  return [
    line('other routes at rest, 20/s', atRest),
    line('other routes under a flood', flooded, {
      note: `${slower.toFixed(1)} × the p95 at rest`,
      demand: { text: `p95 < ${mostTimesSlower} ×`, isMet: ({ errors }) => errors === 0 && slower < mostTimesSlower },
    }),
    line('the flood, 32 at a time', flood),
  ];
}

const p95 = (loaded: Loaded) => quantile(loaded.times.get(whole) ?? [], 0.95);

async function otherRoutes(house: House, login: string): Promise<Work> {
  const { http } = house;
  const { cookie } = await http.call(signIn, { params, body: { login, password } });
  const applicant = newApplicant();
  const proof = { reference: await applyAs(http, applicant), dateOfBirth: applicant.dateOfBirth };
  const calls = [
    () => http.call(readPortal, { params }),
    () => http.call(readMe, { params, cookie }),
    () => http.call(readApplicationStatus, { params, body: proof }),
    () => http.call(listCases, { query: { perPage: 25 }, cookie: house.staffCookie }),
  ];
  let turn = 0;
  return async () => {
    turn += 1;
    await calls[turn % calls.length]?.();
  };
}
