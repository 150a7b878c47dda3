import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, posix, relative, sep } from 'node:path';
import { parseSync } from '@swc/core';
import {
  exceptions,
  generated,
  mayReadEnvironment,
  type Room,
  type RoomName,
  roomNames,
  rooms,
  sandboxPackages,
} from './import-rules.ts';

/** One line that breaks a rule; `file` is relative to the root, `line` counts from 1. */
export interface Violation {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** What one file says about others. `specifier` as written; `isType` when nothing of it is left at run time. */
interface Import {
  readonly specifier: string;
  readonly isType: boolean;
  readonly line: number;
}

interface SourceFile {
  readonly path: string;
  readonly room: RoomName;
  readonly imports: readonly Import[];
  /** Surroundings it takes instead of being given them: `process.env`, `Date.now`, … */
  readonly takes: readonly { readonly what: string; readonly line: number }[];
}

/** Holds every TypeScript file below `root` against the table in `import-rules.ts`. Empty when all is in order. */
export function checkImports(root: string): Violation[] {
  const files = readRooms(root);
  const byPath = new Map(files.map((file) => [file.path, file]));
  const declared = declaredPackages(root);
  return [
    ...homeless(root),
    ...files.flatMap((file) => [
      ...file.imports.flatMap((imported) => violationsOf(root, file, imported, declared)),
      ...surroundings(file),
    ]),
    ...sandboxViolations(files, byPath),
  ];
}

/** How many files the check looked at: a check that saw nothing proves nothing. */
export function countFiles(root: string): number {
  return readRooms(root).length;
}

function readRooms(root: string): SourceFile[] {
  return roomNames.flatMap((room) =>
    sourcesBelow(root, join(root, room))
      .filter((path) => !generated.test(path))
      .map((path) => readSource(root, room, path)),
  );
}

function sourcesBelow(root: string, folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sourcesBelow(root, path);
    return /\.tsx?$/.test(entry.name) ? [relative(root, path).split(sep).join('/')] : [];
  });
}

function readSource(root: string, room: RoomName, path: string): SourceFile {
  const text = readFileSync(join(root, path));
  const imports: Import[] = [];
  const takes: { what: string; line: number }[] = [];
  const module = parseSync(text.toString(), { syntax: 'typescript', tsx: path.endsWith('x'), target: 'es2022' });
  walk(module, (node) => {
    const line = lineOf(text, node);
    const imported = importOf(node);
    if (imported) imports.push({ ...imported, line });
    const what = taken(node);
    if (what) takes.push({ what, line });
  });
  return { path, room, imports, takes };
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** Visits every node; written without the names of node kinds, so that new syntax is seen too. */
function walk(value: unknown, visit: (node: Node) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (isNode(value)) visit(value);
  for (const child of Object.values(value)) walk(child, visit);
}

/** Spans count UTF-8 bytes from 1. */
function lineOf(text: Buffer, node: Node): number {
  const span = node.span;
  if (typeof span !== 'object' || span === null || !('start' in span) || typeof span.start !== 'number') return 1;
  let line = 1;
  for (let at = text.indexOf(10); at !== -1 && at < span.start - 1; at = text.indexOf(10, at + 1)) line += 1;
  return line;
}

/** Static, dynamic, re-exporting, `require` and `import('…').Type`; a computed specifier is the text "computed". */
function importOf(node: Node): Omit<Import, 'line'> | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration': {
      const specifier = literal(node.source);
      return specifier === undefined ? undefined : { specifier, isType: node.typeOnly === true };
    }
    case 'TsImportType':
      return { specifier: literal(node.argument) ?? 'computed', isType: true };
    case 'TsImportEqualsDeclaration': {
      const reference = node.moduleRef;
      if (!isNode(reference) || reference.type !== 'TsExternalModuleReference') return undefined;
      return { specifier: literal(reference.expression) ?? 'computed', isType: node.isTypeOnly === true };
    }
    case 'CallExpression': {
      if (!isNode(node.callee) || (node.callee.type !== 'Import' && !isIdentifier(node.callee, 'require')))
        return undefined;
      const first: unknown = Array.isArray(node.arguments) ? node.arguments[0] : undefined;
      const expression =
        typeof first === 'object' && first !== null && 'expression' in first ? first.expression : undefined;
      return { specifier: literal(expression) ?? 'computed', isType: false };
    }
    default:
      return undefined;
  }
}

function literal(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'StringLiteral' && typeof node.value === 'string') return node.value;
  const quasi: unknown =
    node.type === 'TemplateLiteral' && Array.isArray(node.quasis) && node.quasis.length === 1
      ? node.quasis[0]
      : undefined;
  return isNode(quasi) && typeof quasi.raw === 'string' ? quasi.raw : undefined;
}

const isIdentifier = (node: unknown, name: string): boolean =>
  isNode(node) && node.type === 'Identifier' && node.value === name;

/** Members of globals that stand for a clock, for chance or for the surroundings. */
const takenMembers: Readonly<Record<string, readonly string[] | 'all'>> = {
  process: 'all',
  Date: ['now'],
  Math: ['random'],
  performance: 'all',
  crypto: 'all',
};
const takenCalls = ['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'];

function taken(node: Node): string | undefined {
  if (node.type === 'MemberExpression') {
    for (const [name, members] of Object.entries(takenMembers)) {
      const object = isIdentifier(node.object, name) || isMemberOfGlobalThis(node.object, name);
      if (!object) continue;
      const member = memberName(node.property);
      if (members === 'all' || (member !== undefined && members.includes(member))) return `${name}.${member ?? '[…]'}`;
    }
  }
  if (
    node.type === 'VariableDeclarator' &&
    isNode(node.id) &&
    node.id.type === 'ObjectPattern' &&
    isIdentifier(node.init, 'process')
  ) {
    const properties = Array.isArray(node.id.properties) ? node.id.properties : [];
    const names = properties.map((property: unknown) => (isNode(property) ? memberName(property.key) : undefined));
    return names.includes('env') ? 'process.env' : 'process.[…]';
  }
  if (node.type === 'NewExpression' && isIdentifier(node.callee, 'Date')) {
    return Array.isArray(node.arguments) && node.arguments.length > 0 ? undefined : 'new Date()';
  }
  if (node.type === 'CallExpression') return takenCalls.find((name) => isIdentifier(node.callee, name));
  return undefined;
}

const isMemberOfGlobalThis = (node: unknown, name: string): boolean =>
  isNode(node) &&
  node.type === 'MemberExpression' &&
  isIdentifier(node.object, 'globalThis') &&
  memberName(node.property) === name;

function memberName(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'Computed') return literal(node.expression);
  return typeof node.value === 'string' ? node.value : undefined;
}

function surroundings(file: SourceFile): Violation[] {
  return file.takes.flatMap(({ what, line }) => {
    const at = { file: file.path, line };
    if (isTest(file.path)) return [];
    if (what === 'process.env' && !mayReadEnvironment.test(file.path)) {
      return [{ ...at, message: 'process.env is read in the settings.ts of a process, nowhere else' }];
    }
    return rooms[file.room].isPure
      ? [{ ...at, message: `${file.room}/ is given clock, chance and surroundings, it does not take ${what}` }]
      : [];
  });
}

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);

function violationsOf(root: string, file: SourceFile, imported: Import, declared: Declared): Violation[] {
  const refuse = (message: string): Violation[] => [{ file: file.path, line: imported.line, message }];
  const { specifier, isType } = imported;
  if (isEdge(file.room) && specifier === 'computed') return [];
  if (specifier === 'computed') return refuse('an import must name its file or package as a plain text');
  if (specifier.startsWith('.') || specifier.startsWith('/')) return ownViolation(root, file, imported, refuse);

  if (isBuiltin(specifier)) {
    return rooms[file.room].node || isTest(file.path) ? [] : refuse(`${file.room}/ may not import Node's ${specifier}`);
  }
  const name = packageName(specifier);
  if (!mayImportPackage(file, name, isType))
    return refuse(`${file.room}/ may not import ${isType ? 'even types of ' : ''}the package ${name}`);
  // The interfaces are bundled when they are built, and the launcher builds: neither stands on a production machine.
  const notAtRunTime = ['test', 'bench', 'dev', 'admin-ui', 'portal-ui'];
  const isDeveloping = isTest(file.path) || notAtRunTime.includes(file.room);
  const known = declared.run.has(name) || ((isDeveloping || isType) && declared.develop.has(name));
  return known || (isType && declared.develop.has(typesPackage(name)))
    ? []
    : refuse(
        `the package ${name} is missing from ${isDeveloping ? 'the' : 'the run-time'} dependencies in package.json`,
      );
}

const isEdge = (room: RoomName): boolean => rooms[room].rooms === 'any';

function ownViolation(
  root: string,
  file: SourceFile,
  imported: Import,
  refuse: (message: string) => Violation[],
): Violation[] {
  const target = resolved(file.path, imported.specifier);
  if (target.startsWith('../')) return refuse(`${imported.specifier} leads out of the repository`);
  const exists = existsSync(join(root, target));
  if (!exists && !generated.test(target)) return refuse(`${imported.specifier} is not there`);
  const room = roomNames.find((name) => target.startsWith(`${name}/`));
  if (room === undefined) return isEdge(file.room) ? [] : refuse(`${target} stands in no room`);
  return mayImportRoom(file, room, imported.isType)
    ? []
    : refuse(`${file.room}/ may not import ${imported.isType ? 'even types of ' : ''}${room}/ (${target})`);
}

const resolved = (from: string, specifier: string): string => posix.join(posix.dirname(from), specifier);

function mayImportRoom(file: SourceFile, target: RoomName, isType: boolean): boolean {
  const room: Room = rooms[file.room];
  if (target === file.room || room.rooms === 'any' || room.rooms.includes(target)) return true;
  if (isType && room.typesOfRooms?.includes(target)) return true;
  if (isTest(file.path) && (target === 'test' || target === 'dev')) return true;
  return exceptions.some(({ files, rooms: more }) => files.test(file.path) && more?.includes(target));
}

function mayImportPackage(file: SourceFile, name: string, isType: boolean): boolean {
  const room: Room = rooms[file.room];
  if (isTest(file.path) || room.packages === 'any' || isListed(room.packages, name)) return true;
  if (isType && isListed(room.typesOfPackages ?? [], name)) return true;
  return exceptions.some(({ files, packages }) => files.test(file.path) && isListed(packages ?? [], name));
}

const isListed = (list: readonly string[], name: string): boolean =>
  list.some((entry) => entry === name || (entry.endsWith('/*') && name.startsWith(entry.slice(0, -1))));

const packageName = (specifier: string): string => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

const typesPackage = (name: string): string => `@types/${name.replace(/^@/, '').replace('/', '__')}`;

/** Whatever a workflow reaches by value is bundled into its sandbox: one `node:` or zod far away is one in every workflow. */
function sandboxViolations(files: readonly SourceFile[], byPath: ReadonlyMap<string, SourceFile>): Violation[] {
  const reached = new Set<string>();
  const open = files.filter((file) => file.room === 'workflows' && !isTest(file.path));
  const found: Violation[] = [];
  for (let file = open.pop(); file; file = open.pop()) {
    if (reached.has(file.path)) continue;
    reached.add(file.path);
    for (const { specifier, isType, line } of file.imports) {
      if (isType) continue;
      const own = specifier.startsWith('.') ? byPath.get(resolved(file.path, specifier)) : undefined;
      if (own) open.push(own);
      else if (!specifier.startsWith('.') && !isListed(sandboxPackages, packageName(specifier))) {
        found.push({
          file: file.path,
          line,
          message: `runs in the workflow sandbox, where ${specifier} may not be loaded`,
        });
      }
    }
  }
  return found.filter(({ file }) => !file.startsWith('workflows/'));
}

/** TypeScript in a folder that the table does not know would escape every rule. */
function homeless(root: string): Violation[] {
  const known = new Set<string>([...roomNames, 'node_modules', 'dist', 'coverage', 'docs']);
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !known.has(entry.name))
    .flatMap((entry) => sourcesBelow(root, join(root, entry.name)).slice(0, 1))
    .map((file) => ({ file, line: 1, message: `${dirname(file)}/ is no room: name it in test/import-rules.ts` }));
}

interface Declared {
  readonly run: ReadonlySet<string>;
  readonly develop: ReadonlySet<string>;
}

function declaredPackages(root: string): Declared {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const names = (field: string): ReadonlySet<string> => {
    const value = Object.entries(Object(manifest)).find(([key]) => key === field)?.[1];
    return new Set(Object.keys(Object(value)));
  };
  return { run: names('dependencies'), develop: names('devDependencies') };
}
