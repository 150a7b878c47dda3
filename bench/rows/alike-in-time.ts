import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { startActivation } from '../../contract/routes/public/activations.ts';
import { readApplicationStatus, renewAccessCode } from '../../contract/routes/public/applications.ts';
import { signIn } from '../../contract/routes/public/session.ts';
import { accessCodeText } from '../../domain/secrets/access-code.ts';
import { referenceText } from '../../domain/secrets/reference.ts';
import { intervalByChance, likenessOf } from '../alike.ts';
import { type House, newApplicant, password, portal } from '../house.ts';
import { quantile } from '../load.ts';
import { prepareAccounts, prepareCases, retire } from '../prepared-cases.ts';
import type { BenchOptions, Measured, Row } from '../row.ts';

const params = { portal };
const mostAuc = 0.55;
const mostInterval = 0.56;
const enoughToJudge = 400;

/** One way to ask that must not tell whether somebody is known: by how long the answer takes. */
interface Pair {
  what: string;
  /** The index makes every asking another person's, so that no counter of tries comes into it. */
  known: (index: number) => Promise<number>;
  unknown: (index: number) => Promise<number>;
}

/** Each pair asked one at a time, in a random order, with nothing else going on. */
export const alikeInTime: Row = {
  name: 'alike-in-time',
  house: 'shared',
  isOnce: true,
  run: async (house, options) => {
    const count = sampleCount(options);
    const prepared = await prepare(house, count);
    await house.rest(60);
    await sleep(2_000);
    const lines: Measured[] = [];
    for (const pair of pairs(house, prepared)) lines.push(await compare(pair, count));
    await retire(house.database, [...prepared.live, ...prepared.expired, ...prepared.renewable]);
    return lines;
  },
};

const sampleCount = ({ quick, samples }: BenchOptions) => (quick ? Math.min(samples, 100) : samples);

async function prepare(house: House, count: number) {
  const hash = await house.passwords.hash(password);
  const all = count + warmUps;
  return {
    live: await prepareCases(house.database, { count: all }),
    expired: await prepareCases(house.database, { count: all, endedAs: 'expired' }),
    renewable: await prepareCases(house.database, { count: all, endedAs: 'expired' }),
    usernames: await prepareAccounts(house.database, all, hash),
  };
}

function pairs({ http }: House, { live, expired, renewable, usernames }: Awaited<ReturnType<typeof prepare>>): Pair[] {
  const dateOfBirth = '1931-05-17'; // nobody's
  const status = async (reference: string) =>
    (await http.call(readApplicationStatus, { params, body: { reference, dateOfBirth } }, 404)).ms;
  const activation = async (accessCode: string) =>
    (await http.call(startActivation, { params, body: { accessCode } }, 422)).ms;
  const login = async (name: string) =>
    (await http.call(signIn, { params, body: { login: name, password: 'not the right one at all' } }, 401)).ms;
  const renewal = async (reference: string, born: string) =>
    (await http.call(renewAccessCode, { params, body: { reference, dateOfBirth: born } })).ms;
  const strange = () => referenceText(randomBytes(5));
  const strangeCode = () => accessCodeText(randomBytes(10));
  return [
    {
      what: 'status: reference known, date wrong',
      known: (index) => status(live[index]?.reference ?? ''),
      unknown: () => status(strange()),
    },
    {
      what: 'activation: half of the code known',
      known: (index) => activation((live[index]?.code ?? '').slice(0, 10) + strangeCode().slice(10)),
      unknown: () => activation(strangeCode()),
    },
    {
      what: 'activation: code expired',
      known: (index) => activation(expired[index]?.code ?? ''),
      unknown: () => activation(strangeCode()),
    },
    {
      what: 'sign-in: username known',
      known: (index) => login(usernames[index] ?? ''),
      unknown: () => login(`user-${newApplicant().email.split('@')[0]}`),
    },
    {
      what: 'renewal: all right, will be mailed',
      known: (index) => renewal(renewable[index]?.reference ?? '', renewable[index]?.applicant.dateOfBirth ?? ''),
      unknown: () => renewal(strange(), newApplicant().dateOfBirth),
    },
    {
      what: 'renewal: reference known, date wrong',
      known: (index) => renewal(expired[index]?.reference ?? '', dateOfBirth),
      unknown: () => renewal(strange(), dateOfBirth),
    },
  ];
}

const warmUps = 10;

async function compare({ what, known, unknown }: Pair, count: number): Promise<Measured> {
  const knownMs: number[] = [];
  const unknownMs: number[] = [];
  for (let index = 0; index < count + warmUps; index += 1) {
    const askKnown = async () => void knownMs.push(await known(index));
    const askUnknown = async () => void unknownMs.push(await unknown(index));
    const [first, second] = Math.random() < 0.5 ? [askKnown, askUnknown] : [askUnknown, askKnown];
    await first();
    await second();
  }
  const [a, b] = [knownMs.slice(warmUps), unknownMs.slice(warmUps)];
  const { auc, interval } = likenessOf(a, b);
  return {
    what,
    n: a.length + b.length,
    errors: 0,
    p50: quantile(a, 0.5),
    p95: quantile(a, 0.95),
    // Of few samples chance alone makes more than that.
    ...(count >= enoughToJudge && {
      demand: {
        text: `AUC ≤ ${mostAuc}, interval ≤ ${mostInterval}`,
        isMet: () => auc <= mostAuc && auc >= 1 - mostAuc && interval <= mostInterval,
      },
    }),
    note: `AUC ${auc.toFixed(3)}, interval ${interval.toFixed(3)} (by chance up to ${intervalByChance(a, b).toFixed(3)}); unknown p50 ${quantile(b, 0.5).toFixed(1)}, p95 ${quantile(b, 0.95).toFixed(1)} ms`,
  };
}
