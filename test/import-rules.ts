/**
 * Who may import what: the rooms table of the architecture as data. `check-imports.ts` holds every file against it, and
 * `npm test` fails on the first line that does not fit. A new room or package starts here.
 */
export interface Room {
  /** Rooms of ours it may import, besides itself. */
  readonly rooms: readonly RoomName[] | 'any';
  /** Rooms of which it may import types, and nothing that runs. */
  readonly typesOfRooms?: readonly RoomName[];
  /** Packages it may import; `@scope/*` stands for a whole scope. */
  readonly packages: readonly string[] | 'any';
  /** Packages of which it may import types, and nothing that runs. */
  readonly typesOfPackages?: readonly string[];
  /** Whether it may import Node's own modules. */
  readonly node: boolean;
  /** Clock, randomness and surroundings it must be given rather than take: `Date.now`, `new Date()`, `process`, … */
  readonly isPure?: true;
}

export const roomNames = [
  'domain',
  'contract',
  'prisma',
  'store',
  'mail',
  'workflows',
  'engine',
  'activities',
  'worker',
  'api',
  'admin-ui',
  'portal-ui',
  'dev',
  'test',
  'bench',
  'docs',
] as const;

export type RoomName = (typeof roomNames)[number];

export const rooms: Readonly<Record<RoomName, Room>> = {
  domain: { rooms: [], packages: ['temporal-polyfill'], node: false, isPure: true },
  contract: { rooms: ['domain'], packages: ['zod', '@asteasolutions/zod-to-openapi'], node: false },
  prisma: {
    rooms: ['domain'],
    packages: ['pg', '@prisma/adapter-pg', '@prisma/driver-adapter-utils', '@prisma/schema-engine-wasm'],
    typesOfPackages: ['@prisma/*'],
    node: true,
  },
  store: {
    rooms: ['domain'],
    packages: ['pg', '@prisma/client', '@prisma/adapter-pg', 'canonicalize', 'uuid'],
    typesOfPackages: ['pino'],
    node: true,
  },
  mail: { rooms: ['domain'], packages: ['nodemailer'], typesOfPackages: ['pino'], node: true },
  workflows: {
    rooms: ['domain', 'engine'],
    typesOfRooms: ['activities'],
    packages: ['@temporalio/workflow'],
    typesOfPackages: ['@temporalio/common'],
    node: false,
  },
  engine: {
    rooms: ['domain'],
    packages: [
      '@temporalio/client',
      '@temporalio/common',
      '@temporalio/envconfig',
      '@temporalio/proto',
      '@temporalio/worker',
    ],
    typesOfPackages: ['pino'],
    node: true,
  },
  activities: {
    rooms: ['domain', 'store', 'mail'],
    packages: ['@temporalio/activity', '@temporalio/common'],
    typesOfPackages: ['pino'],
    node: true,
  },
  worker: {
    rooms: ['domain', 'workflows', 'activities', 'engine', 'store', 'mail'],
    packages: [
      '@temporalio/activity',
      '@temporalio/client',
      '@temporalio/common',
      '@temporalio/worker',
      'express',
      'pg',
      'pino',
      'prom-client',
    ],
    node: true,
  },
  api: {
    rooms: ['domain', 'contract', 'store', 'engine', 'mail', 'portal-ui'],
    packages: [
      '@node-rs/argon2',
      '@temporalio/client',
      '@temporalio/common',
      '@zxcvbn-ts/*',
      'cookie',
      'express',
      'helmet',
      'pg',
      'pino',
      'prom-client',
    ],
    node: true,
  },
  'admin-ui': { rooms: ['contract'], typesOfRooms: ['domain'], packages: 'any', node: false },
  'portal-ui': { rooms: ['contract'], typesOfRooms: ['domain'], packages: 'any', node: false },
  dev: { rooms: 'any', packages: 'any', node: true },
  test: { rooms: 'any', packages: 'any', node: true },
  bench: { rooms: 'any', packages: 'any', node: true },
  docs: { rooms: ['domain', 'prisma'], packages: [], node: true },
};

/** Parts of a room that may do more than the room: the first match adds to what its room allows. */
export const exceptions: readonly {
  readonly files: RegExp;
  readonly rooms?: readonly RoomName[];
  readonly packages?: readonly string[];
  readonly why: string;
}[] = [
  { files: /^[^/]+\/settings\.ts$/, packages: ['zod'], why: 'settings are parsed once, at start' },
  {
    files: /^prisma\/demonstration/,
    rooms: ['store'],
    why: 'the moves of demonstration data go through the one door',
  },
  {
    files: /^prisma\/(?:first-steps|settings|demonstration)/,
    rooms: ['store'],
    why: 'the first portal and supervisor are written with their audit entries, and commands read their settings',
  },
  { files: /^prisma\/password-hash\.ts$/, packages: ['@node-rs/argon2'], why: 'members are made with passwords' },
  { files: /^prisma\/new-migration\.ts$/, rooms: ['dev'], why: 'the command that writes a migration needs a server' },
];

/** The only files that may read `process.env`: settings and the edges. */
export const mayReadEnvironment = /^(?:[^/]+\/settings\.ts|(?:dev|test|bench)\/.*)$/;

/** What code that runs in the workflow sandbox may load, however far away it is imported. */
export const sandboxPackages: readonly string[] = ['@temporalio/workflow', 'temporal-polyfill'];

/** Generated code is not ours to judge; its packages count as those of its room. */
export const generated = /^store\/generated\//;
