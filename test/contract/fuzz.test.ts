import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { openApiDocument } from '../../contract/openapi.ts';
import { apiBase, type RouteDescriptor } from '../../contract/route.ts';
import { routes } from '../../contract/routes/index.ts';
import * as activations from '../../contract/routes/public/activations.ts';
import { readOpenApi } from '../../contract/routes/public/document.ts';
import { signIn } from '../../contract/routes/public/session.ts';
import { listCases } from '../../contract/routes/staff/cases.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { type Stack, startStack } from '../support/stack.ts';
import {
  activates,
  applicant,
  applies,
  type Claim,
  changePolicy,
  goodPassword,
  hasCode,
  params,
  signedIn,
  withoutLimits,
} from '../support/stories.ts';
import {
  openVisitor,
  type RawAnswer,
  type RawCall,
  sendRaw,
  unlikeContract,
  type Visitor,
} from '../support/visitor.ts';

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
}
interface Operation {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}
/** As much of JSON Schema 2020-12 as the document uses. */
interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

const runsPerOperation = 8;
const seed = 31;

let stack: Stack;
let database: Database;
let staff: Visitor;
let served: Document;
/** Things that exist, so that requests get past the first look-up. */
const known = { caseIds: [] as string[], references: [] as string[], codes: [] as string[] };
const cookies = { account: '' };
/** A walk that has come to each step, so that the step's own call is reached. */
const walks = new Map<string, Visitor>();

beforeAll(async () => {
  stack = await startStack({ demo: true });
  database = openDatabase({ url: stack.ownerUrl, keys: stack.keys, connections: 3, name: 'contract' });
  staff = await signedIn(stack, 'supervisor');
  await changePolicy(staff, withoutLimits);
  served = (await openVisitor(stack.apiUrl).does(readOpenApi)) as unknown as Document;
  await prepare();
}, 150_000);

afterAll(async () => {
  await database?.close();
  await stack?.stop();
}, 60_000);

async function prepare(): Promise<void> {
  const claim = applicant('fuzz');
  const { accessCode, reference } = await hasCode(stack, staff, database, claim);
  const { visitor } = await activates(stack, { accessCode, claim, username: 'fuzz.account' });
  await visitor.does(signIn, { params, body: { login: 'fuzz.account', password: goodPassword } });
  cookies.account = headerOf(visitor);
  await Promise.all(
    stepOf.map(([name, stepsBefore], number) => walkTo(name, stepsBefore, applicant('fuzzstep', number))),
  );
  known.codes.push(accessCode);
  known.references.push(reference, (await applies(stack, applicant('fuzz', 3))).reference);
  const { data } = await staff.does(listCases, { query: { perPage: 25 } });
  known.caseIds.push(...data.map(({ id }) => id));
}

const stepOf = [
  ['confirmIdentity', 0],
  ['confirmEmail', 1],
  ['sendMailboxCode', 1],
  ['checkMailboxCode', 1],
  ['chooseCredentials', 2],
  ['chooseNotifications', 3],
  ['completeActivation', 4],
  ['readActivation', 4],
] as const;

async function walkTo(name: string, stepsBefore: number, claim: Claim): Promise<void> {
  const { accessCode } = await hasCode(stack, staff, database, claim);
  known.codes.push(accessCode);
  const visitor = openVisitor(stack.apiUrl);
  const { dateOfBirth, email } = claim;
  const steps = [
    () => visitor.does(activations.confirmIdentity, { params, body: { dateOfBirth } }),
    () => visitor.does(activations.confirmEmail, { params, body: { email } }),
    () =>
      visitor.does(activations.chooseCredentials, {
        params,
        body: { username: email.split('@')[0] ?? '', password: goodPassword },
      }),
    () => visitor.does(activations.chooseNotifications, { params, body: { optIn: true } }),
  ];
  await visitor.does(activations.startActivation, { params, body: { accessCode } });
  for (const step of steps.slice(0, stepsBefore)) await step();
  walks.set(name, visitor);
}

describe('the published document', () => {
  it('is OpenAPI 3.1, and the one the code makes', () => {
    expect(served.openapi).toMatch(/^3\.1\.\d+$/);
    expect(served).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
    const operations = Object.values(served.paths).flatMap((methods) => Object.values(methods));
    expect(operations).toHaveLength(routes.length);
  });

  it('holds only schemas that JSON Schema 2020-12 takes', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const [name, schema] of Object.entries(served.components.schemas)) {
      expect({ name, isValid: ajv.validateSchema(schema) }).toEqual({ name, isValid: true });
    }
  });
});

describe('random requests', () => {
  // Streams do not end; the sign-out would take the session away that the others need; uploads are large by nature.
  const left = new Set(['followEvents', 'staffSignOut', 'signOut']);
  const fuzzed = routes.filter(({ name }) => !left.has(name));

  it.each(fuzzed.map(({ name }) => name))(
    '%s keeps to its contract and never answers with a fault',
    async (name) => {
      const route = routes.find((one) => one.name === name);
      if (!route) throw new Error('a route has its name');
      await fc.assert(
        fc.asyncProperty(requestTo(route), async (call) => {
          const answer = await sendRaw(stack.apiUrl, call);
          if (answer.status >= 500) throw new Error(`${answer.status} to ${told(call)}: ${answer.text}`);
          const wrong = unlikeContract(route, answer).filter((line) => !isFramework(line, answer));
          if (wrong.length > 0) throw new Error(`${wrong.join('; ')} to ${told(call)}: ${answer.text.slice(0, 500)}`);
        }),
        { numRuns: runsPerOperation, seed, endOnFailure: true },
      );
    },
    60_000,
  );
});

/** A path that matches no route is answered before the contract of one is known. */
const isFramework = (line: string, { status }: RawAnswer): boolean =>
  status === 404 && line.startsWith('not_found is not');

const told = ({ method, path, body }: RawCall): string => `${method} ${path} ${String(body ?? '').slice(0, 2_000)}`;

function requestTo(route: RouteDescriptor): fc.Arbitrary<RawCall> {
  const operation = operationOf(route);
  const inPath = (operation.parameters ?? []).filter((one) => one.in === 'path');
  const inQuery = (operation.parameters ?? []).filter((one) => one.in === 'query');
  const body = operation.requestBody?.content['application/json'].schema;
  return fc
    .record({
      params: fc.record(Object.fromEntries(inPath.map((one) => [one.name, pathValue(one)]))),
      query: fc.record(Object.fromEntries(inQuery.map((one) => [one.name, queryValue(one)])), { requiredKeys: [] }),
      body: body
        ? fc.oneof({ weight: 5, arbitrary: anyOfSchema(body) }, { weight: 1, arbitrary: anything })
        : fc.constant(undefined),
      key: fc.oneof(fc.constant(undefined), fc.string({ maxLength: 8 })),
      cookie: fc.oneof(
        { weight: 6, arbitrary: fc.constant(cookieFor(route)) },
        { weight: 1, arbitrary: fc.constant('') },
      ),
    })
    .map(({ params, query, body, key, cookie }) => ({
      method: route.method.toUpperCase(),
      path: `${apiBase}${route.path.replace(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))}${searchOf(query)}`,
      headers: {
        ...(route.method !== 'get' && {
          'x-gatehouse': '1',
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/json',
        }),
        ...(route.idempotent && { 'idempotency-key': key && /^[!-~]+$/.test(key) ? key : randomUUID() }),
        ...(cookie !== '' && { cookie }),
      },
      ...(route.method !== 'get' && route.method !== 'delete' && { body: JSON.stringify(body ?? {}) }),
    }));
}

function operationOf(route: RouteDescriptor): Operation {
  const path = served.paths[route.path.replace(/:([A-Za-z]+)/g, '{$1}')];
  const operation = path?.[route.method];
  if (operation?.operationId !== route.name) throw new Error(`${route.name} is not in the document`);
  return operation;
}

function cookieFor({ access, name }: RouteDescriptor): string {
  if (access === 'staff') return headerOf(staff);
  const walk = walks.get(name);
  return access === 'account' ? cookies.account : access === 'activation' && walk ? headerOf(walk) : '';
}

const headerOf = ({ cookies }: Visitor): string => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

function searchOf(query: Record<string, string | string[] | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value ?? []].flat()) search.append(name, one);
  }
  return search.size > 0 ? `?${search}` : '';
}

const nasty = [
  '',
  ' ',
  '0',
  '-1',
  'null',
  "'",
  '%',
  '\u0000',
  '\ud800',
  '../..',
  '__proto__',
  '💥',
  'x'.repeat(3_000),
  '1e309',
  '2026-02-31',
];

function pathValue({ name, schema }: Parameter): fc.Arbitrary<string> {
  const usual: fc.Arbitrary<string> =
    name === 'portal'
      ? fc.constantFrom('harborview', 'summit', 'maplestreet')
      : name === 'caseId'
        ? fc.constantFrom(...known.caseIds)
        : anyOfSchema(schema).map(String);
  const odd = fc.constantFrom(...nasty.filter((text) => text !== '' && text !== '\ud800' && text !== '../..'));
  return fc
    .oneof({ weight: 6, arbitrary: usual }, { weight: 1, arbitrary: odd })
    .map((text) => wellFormed(text) || '-');
}

function queryValue({ schema }: Parameter): fc.Arbitrary<string | string[]> {
  const one = fc.oneof(
    {
      weight: 5,
      arbitrary: anyOfSchema(schema).map((value) =>
        typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom(...nasty).map(wellFormed) },
  );
  return fc.oneof(
    { weight: 4, arbitrary: one.map(wellFormed) },
    { weight: 1, arbitrary: fc.array(one.map(wellFormed), { maxLength: 3 }) },
  );
}

const wellFormed = (text: string): string => text.replace(/[\ud800-\udfff]/g, '?');

const anything = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' });

/** Mostly what the schema takes, now and then what it does not. */
function anyOfSchema(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
  if (depth > 6) return fc.constant(null);
  if (schema.$ref !== undefined)
    return anyOfSchema(served.components.schemas[schema.$ref.split('/').pop() ?? ''] ?? {}, depth + 1);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((one) => anyOfSchema(one, depth + 1)));
  if (schema.allOf) return anyOfSchema(schema.allOf[0] ?? {}, depth + 1);
  const types = [schema.type ?? 'any'].flat();
  return fc.oneof(...types.map((type) => typed(type, schema, depth)));
}

function typed(type: string, schema: Schema, depth: number): fc.Arbitrary<unknown> {
  switch (type) {
    case 'object':
      return objectOf(schema, depth);
    case 'array': {
      const lengths = { minLength: Math.min(schema.minItems ?? 0, 3), maxLength: Math.min(schema.maxItems ?? 3, 4) };
      return fc.array(anyOfSchema(schema.items ?? {}, depth + 1), lengths);
    }
    case 'string':
      return textOf(schema);
    case 'integer':
    case 'number':
      return fc.oneof(
        {
          weight: 4,
          arbitrary: fc.integer({
            min: Math.max(schema.minimum ?? -5, -1_000),
            max: Math.min(schema.maximum ?? 1_000, 1_000),
          }),
        },
        { weight: 1, arbitrary: fc.constantFrom(-1, 0, 1.5, 2 ** 31, 2 ** 53, 1e300) },
      );
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return anything;
  }
}

function objectOf({ properties = {}, required = [] }: Schema, depth: number): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, one]) => [name, anyOfSchema(one, depth + 1)]),
  );
  const usual = fc.record(fields, { requiredKeys: required.filter((name) => name in fields) });
  const odd = fc.tuple(usual, fc.constantFrom('extra', 'constructor', 'toString', ...Object.keys(fields)), anything);
  return fc.oneof(
    { weight: 5, arbitrary: usual },
    { weight: 1, arbitrary: odd.map(([value, name, other]) => ({ ...value, [name]: other })) },
  );
}

function textOf({ format, pattern, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> {
  const plain = fc.string({
    minLength: Math.min(minLength, 100),
    maxLength: Math.max(minLength, Math.min(maxLength, 60)),
  });
  return fc.oneof(
    { weight: 4, arbitrary: usualText(format, pattern) ?? plain },
    { weight: 2, arbitrary: plain },
    { weight: 1, arbitrary: fc.constantFrom(...known.references, ...known.codes, ...known.caseIds.slice(0, 2)) },
    { weight: 1, arbitrary: fc.constantFrom(...nasty) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  );
}

function usualText(format: string | undefined, pattern: string | undefined): fc.Arbitrary<string> | undefined {
  switch (format) {
    case 'uuid':
      return fc.oneof(fc.uuid(), fc.constantFrom(...known.caseIds));
    case 'date':
      return fc
        .date({ min: new Date('1900-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
        .map((at) => at.toISOString().slice(0, 10));
    case 'date-time':
      return fc
        .date({ min: new Date('2020-01-01'), max: new Date('2099-01-01'), noInvalidDate: true })
        .map((at) => at.toISOString());
    case 'email':
      return fc.integer({ min: 1, max: 999_999 }).map((number) => `fuzz.${number}@mail.example`);
    default:
      return pattern === undefined ? undefined : matching(pattern);
  }
}

/** Some patterns are beyond the generator of matching texts; plain ones do there. */
function matching(pattern: string): fc.Arbitrary<string> | undefined {
  try {
    return fc.stringMatching(new RegExp(pattern)).map((text) => text.slice(0, 200));
  } catch {
    return undefined;
  }
}
