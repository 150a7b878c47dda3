// Two projects, so that the pure rooms (`npx jest domain`) run without a database: jest performs a project's globalSetup
// only when one of its tests is chosen.
import { existsSync } from 'node:fs';

const pureRooms = [
  'domain',
  'contract',
  'mail',
  'workflows',
  'engine',
  'dev',
  'bench',
  'docs',
  'admin-ui',
  'portal-ui',
];
const roomsWithDatabase = ['prisma', 'store', 'activities', 'worker', 'api'];

const standing = [...pureRooms, ...roomsWithDatabase, 'test'].filter((room) =>
  existsSync(new URL(room, import.meta.url)),
);

const testsOf = (rooms) => rooms.map((room) => `<rootDir>/${room}/**/*.test.ts`);

const shared = {
  // Listed one by one, which keeps jest out of dist/ and of the data folders of running servers; each must exist.
  roots: standing.map((room) => `<rootDir>/${room}`),
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json', 'node'],
  transform: {
    '\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
          target: 'es2023',
        },
        sourceMaps: 'inline',
        swcrc: false,
      },
    ],
  },
};

export default {
  projects: [
    { ...shared, displayName: 'pure', testMatch: [...testsOf(pureRooms), '<rootDir>/test/*.test.ts'] },
    {
      ...shared,
      displayName: 'database',
      testMatch: [...testsOf(roomsWithDatabase), '<rootDir>/test/*/**/*.test.ts'],
      globalSetup: '<rootDir>/test/global-setup.ts',
      globalTeardown: '<rootDir>/test/global-teardown.ts',
    },
  ],
  testTimeout: 30_000,
  maxWorkers: 2,
};
