import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkImports } from './check-imports.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gatehouse-imports-'));
  write('package.json', JSON.stringify({ dependencies: packages, devDependencies: { '@types/pg': '1', jest: '1' } }));
  write('domain/case.ts', 'export const open = 1; export type State = string;');
  write('activities/application.ts', 'export const issue = 1; export type Activities = object;');
  write('store/cases.ts', 'export const lock = 1;');
  write('test/support/database.ts', 'export const clone = 1;');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const packages = {
  zod: '1',
  pg: '1',
  nodemailer: '1',
  express: '1',
  '@temporalio/workflow': '1',
  '@prisma/client': '1',
};

function write(path: string, text: string): void {
  mkdirSync(join(root, dirname(path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const refusals = (): string[] => checkImports(root).map(({ file, line, message }) => `${file}:${line} ${message}`);

describe('what the rooms allow passes', () => {
  it.each([
    [
      'types of activities in a workflow',
      'workflows/a.ts',
      "import type { Activities } from '../activities/application.ts';",
    ],
    [
      'the workflow SDK and the domain in a workflow',
      'workflows/a.ts',
      "import '@temporalio/workflow'; import { open } from '../domain/case.ts';",
    ],
    ['zod in the settings of a process', 'api/settings.ts', "import { z } from 'zod'; z.parse(process.env);"],
    [
      'the store in demonstration data',
      'prisma/demonstration/cases.ts',
      "import { lock } from '../../store/cases.ts';",
    ],
    [
      'test support beside a file',
      'store/cases.test.ts',
      "import { clone } from '../test/support/database.ts'; import 'jest';",
    ],
    [
      'an import in a comment or a text',
      'domain/a.ts',
      "// import fs from 'node:fs'\nexport const text = \"import 'zod'\";",
    ],
    ['an instant that is given', 'domain/a.ts', 'export const next = (at: Date) => new Date(at.getTime() + 1);'],
  ])('%s', (_name, path, text) => {
    write(path, text);
    expect(refusals()).toEqual([]);
  });
});

describe('what they do not allow is refused', () => {
  it.each([
    [
      'values of activities in a workflow',
      'workflows/a.ts',
      "\nimport { issue } from '../activities/application.ts';",
      'workflows/a.ts:2 workflows/ may not import activities/ (activities/application.ts)',
    ],
    [
      'an inline type, which still loads the file',
      'workflows/a.ts',
      "import { type Activities } from '../activities/application.ts';",
      'workflows/a.ts:1 workflows/ may not import activities/ (activities/application.ts)',
    ],
    [
      'a type from a room that is none of its business',
      'domain/a.ts',
      "import type { x } from '../store/cases.ts';",
      'domain/a.ts:1 domain/ may not import even types of store/ (store/cases.ts)',
    ],
    [
      'a type spelled as an import',
      'domain/a.ts',
      "export type X = import('../store/cases.ts').X;",
      'domain/a.ts:1 domain/ may not import even types of store/ (store/cases.ts)',
    ],
    [
      'a re-export',
      'mail/a.ts',
      "// é\nexport * from '../store/cases.ts';",
      'mail/a.ts:2 mail/ may not import store/ (store/cases.ts)',
    ],
    [
      'a dynamic import',
      'engine/a.ts',
      "await import('../store/cases.ts');",
      'engine/a.ts:1 engine/ may not import store/ (store/cases.ts)',
    ],
    [
      'a dynamic import with a template',
      'engine/a.ts',
      'await import(`../store/cases.ts`);',
      'engine/a.ts:1 engine/ may not import store/ (store/cases.ts)',
    ],
    [
      'a computed import',
      'engine/a.ts',
      "await import('../store/' + name);",
      'engine/a.ts:1 an import must name its file or package as a plain text',
    ],
    ['a require', 'mail/a.ts', "require('express');", 'mail/a.ts:1 mail/ may not import the package express'],
    [
      "Node's modules in the domain",
      'domain/a.ts',
      "import 'node:fs';",
      "domain/a.ts:1 domain/ may not import Node's node:fs",
    ],
    [
      "Node's modules without their prefix",
      'domain/a.ts',
      "import 'fs/promises';",
      "domain/a.ts:1 domain/ may not import Node's fs/promises",
    ],
    [
      'zod in the domain',
      'domain/a.ts',
      "import type { z } from 'zod';",
      'domain/a.ts:1 domain/ may not import even types of the package zod',
    ],
    [
      'zod in the API outside its settings',
      'api/routes/a.ts',
      "import { z } from 'zod';",
      'api/routes/a.ts:1 api/ may not import the package zod',
    ],
    [
      'Prisma outside the store',
      'api/a.ts',
      "import '@prisma/client';",
      'api/a.ts:1 api/ may not import the package @prisma/client',
    ],
    [
      'nodemailer outside mail',
      'activities/a.ts',
      "import 'nodemailer';",
      'activities/a.ts:1 activities/ may not import the package nodemailer',
    ],
    [
      'a package that is not declared',
      'mail/a.ts',
      "import 'nodemailer'; import 'left-pad';",
      'mail/a.ts:1 mail/ may not import the package left-pad',
    ],
    [
      'test support in the product',
      'store/a.ts',
      "import { clone } from '../test/support/database.ts';",
      'store/a.ts:1 store/ may not import test/ (test/support/database.ts)',
    ],
    ['a file that is not there', 'store/a.ts', "import './b.ts';", 'store/a.ts:1 ./b.ts is not there'],
    [
      'the environment outside settings',
      'api/a.ts',
      'export const port = process.env.PORT;',
      'api/a.ts:1 process.env is read in the settings.ts of a process, nowhere else',
    ],
    [
      'the environment by taking it apart',
      'api/a.ts',
      'const { env } = process;',
      'api/a.ts:1 process.env is read in the settings.ts of a process, nowhere else',
    ],
    [
      'the environment by its quoted name',
      'api/a.ts',
      "globalThis.process['env'];",
      'api/a.ts:1 process.env is read in the settings.ts of a process, nowhere else',
    ],
    [
      'a clock in the domain',
      'domain/a.ts',
      'export const now = () => Date.now();',
      'domain/a.ts:1 domain/ is given clock, chance and surroundings, it does not take Date.now',
    ],
    [
      'a new date of now in the domain',
      'domain/a.ts',
      'export const now = new Date();',
      'domain/a.ts:1 domain/ is given clock, chance and surroundings, it does not take new Date()',
    ],
    [
      'a folder that is no room',
      'helpers/a.ts',
      'export {};',
      'helpers/a.ts:1 helpers/ is no room: name it in test/import-rules.ts',
    ],
  ])('%s', (_name, path, text, refusal) => {
    write(path, text);
    expect(refusals()).toEqual([refusal]);
  });

  it('a package that package.json does not declare, or only for tests', () => {
    write('api/a.ts', "import 'helmet';\nimport type { Pool } from 'pg';");
    write('api/a.test.ts', "import 'supertest'; import 'jest';");
    expect(refusals()).toEqual([
      'api/a.test.ts:1 the package supertest is missing from the dependencies in package.json',
      'api/a.ts:1 the package helmet is missing from the run-time dependencies in package.json',
    ]);
  });

  it('what a workflow reaches through the engine may not load Node', () => {
    write('workflows/a.ts', "import '../engine/ids.ts';");
    write('engine/ids.ts', "import './codec.ts'; import type { KeyObject } from 'node:crypto';");
    write('engine/codec.ts', "import 'node:crypto';");
    expect(refusals()).toEqual(['engine/codec.ts:1 runs in the workflow sandbox, where node:crypto may not be loaded']);
  });
});
